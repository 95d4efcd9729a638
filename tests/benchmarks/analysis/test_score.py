"""The benchmark's own arithmetic is right."""

import numpy as np
import pytest

from benchmarks.analysis.score import (
    area_under_curve,
    estimate_area,
    estimate_mean,
    is_accurate,
    is_accurate_but_for_octave,
)


@pytest.mark.parametrize(("bpm", "right"), [(104.0, True), (104.1, False), (96.0, True)])
def test_a_tempo_is_right_within_four_percent(bpm: float, right: bool) -> None:  # noqa: FBT001
    assert is_accurate(bpm, 100.0) == right


@pytest.mark.parametrize("bpm", [30.0, 45.0, 90.0, 180.0, 270.0])
def test_an_octave_or_its_like_counts_for_the_second_accuracy_alone(bpm: float) -> None:
    assert is_accurate_but_for_octave(bpm, 90.0)
    assert is_accurate(bpm, 90.0) == (bpm == 90.0)


@pytest.mark.parametrize("bpm", [60.0, 67.5, 135.0, 360.0])
def test_no_other_ratio_counts(bpm: float) -> None:
    assert not is_accurate_but_for_octave(bpm, 90.0)


def test_no_tempo_is_never_right() -> None:
    assert not is_accurate(None, 90.0)
    assert not is_accurate_but_for_octave(None, 90.0)


def test_a_perfect_ranking_has_the_whole_area_and_a_reversed_one_none() -> None:
    assert area_under_curve([3.0, 4.0], [1.0, 2.0]) == 1.0
    assert area_under_curve([1.0, 2.0], [3.0, 4.0]) == 0.0


def test_ties_count_half() -> None:
    assert area_under_curve([1.0, 1.0], [1.0]) == 0.5
    assert area_under_curve([2.0, 1.0], [1.0, 0.0]) == 0.875


def test_an_empty_group_has_no_area() -> None:
    with pytest.raises(ValueError, match="not empty"):
        area_under_curve([], [1.0])


def test_the_interval_of_a_mean_is_as_wide_as_the_normal_law_says() -> None:
    values = np.random.default_rng(7).normal(5.0, 2.0, 400)

    found = estimate_mean(values.tolist())

    half_width = 1.96 * values.std() / np.sqrt(len(values))
    assert found.value == pytest.approx(values.mean())
    assert found.high - found.value == pytest.approx(half_width, rel=0.1)
    assert found.value - found.low == pytest.approx(half_width, rel=0.1)


def test_the_interval_of_an_area_holds_the_true_one_and_is_the_same_each_time() -> None:
    random = np.random.default_rng(3)
    high, low = random.normal(1.0, 1.0, 60).tolist(), random.normal(0.0, 1.0, 60).tolist()

    found = estimate_area(high, low)

    true_area = 0.760  # the normal law at 1 / sqrt(2)
    assert found.low < true_area < found.high
    assert found == estimate_area(high, low)
    assert 0.1 < found.high - found.low < 0.25
