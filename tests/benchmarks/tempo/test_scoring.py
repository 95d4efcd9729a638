"""The scores count what they say."""

import numpy as np
import pytest

from benchmarks.tempo.scoring import area_under_curve, interval, octave_right, right


def test_four_percent_is_right_and_an_octave_only_for_the_second_accuracy() -> None:
    found_bpm = np.array([103.9, 104.2, 200.0, 33.4, 150.0, np.nan])
    true_bpm = np.full(6, 100.0)

    assert right(found_bpm, true_bpm).tolist() == [True, False, False, False, False, False]
    assert octave_right(found_bpm, true_bpm).tolist() == [True, False, True, True, False, False]


def test_the_interval_holds_the_mean_and_narrows_with_more() -> None:
    few, many = np.arange(20) % 4 > 0, np.arange(2_000) % 4 > 0

    (low, high), (lower, higher) = interval(few), interval(many)

    assert low < 0.75 < high
    assert lower < 0.75 < higher
    assert higher - lower < (high - low) / 5


def test_the_area_under_the_curve_counts_pairs() -> None:
    area = area_under_curve(np.array([0.9, 0.5]), np.array([0.1, 0.5, 0.7]))

    assert area == pytest.approx((3 + 1.5) / 6)
