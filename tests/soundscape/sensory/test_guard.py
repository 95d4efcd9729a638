"""Whatever is asked of a light: it never jumps, and nothing of it flickers."""

import numpy as np
import pytest
from fakes.flicker import flicker
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.sensory.guard import FLICKER_FLOOR, REST_S, SlewGuard
from soundscape.sensory.scene import SLEW_LIMIT_PER_S

RATE_HZ = 40
LONGEST_STEP_S = 0.1


def shown(asked: NDArray[np.float64], rate_hz: float = RATE_HZ) -> NDArray[np.float64]:
    """Return what a guard lets through of one level that is asked for, shape (times,)."""
    guard = SlewGuard(LONGEST_STEP_S)
    seen = []
    for index, target in enumerate(asked):
        levels = guard.toward(np.array([target]), index / rate_hz)
        guard.shown(levels, index / rate_hz)
        seen.append(float(levels[0]))
    return np.array(seen)


def test_the_measure_of_flicker_reads_a_sine() -> None:
    time_s = np.arange(2000) / 100.0

    assert flicker(0.1 * np.sin(2 * np.pi * 10.0 * time_s), 100.0) == pytest.approx(
        0.1 / np.sqrt(2.0), rel=0.01
    )
    assert flicker(0.1 * np.sin(2 * np.pi * 0.5 * time_s), 100.0) < 1e-4


@pytest.mark.parametrize("asked_hz", [0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 19.0])
def test_a_light_that_is_asked_to_flash_does_not(asked_hz: float) -> None:
    time_s = np.arange(60 * RATE_HZ) / RATE_HZ
    levels = shown((np.sin(2 * np.pi * asked_hz * time_s) > 0.0).astype(np.float64))

    assert flicker(levels[RATE_HZ:], RATE_HZ) <= FLICKER_FLOOR
    assert np.abs(np.diff(levels)).max() <= SLEW_LIMIT_PER_S / RATE_HZ + 1e-9


@given(
    st.lists(st.tuples(st.floats(0.0, 1.0), st.integers(1, RATE_HZ)), min_size=20, max_size=120)
)
@settings(max_examples=60, derandomize=True)
def test_no_sequence_of_levels_jumps_or_flickers(asked: list[tuple[float, int]]) -> None:
    targets = np.repeat([level for level, _ in asked], [times for _, times in asked])
    levels = shown(np.asarray(targets, np.float64))

    assert np.abs(np.diff(levels)).max() <= SLEW_LIMIT_PER_S / RATE_HZ + 1e-9
    assert flicker(levels, RATE_HZ) <= FLICKER_FLOOR


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=2, max_size=50))
@settings(max_examples=60, derandomize=True)
def test_what_is_no_level_is_shown_as_one(asked: list[float]) -> None:
    levels = shown(np.array([0.5, *asked]))

    assert np.all((levels >= 0.0) & (levels <= 1.0))


def test_after_a_stall_the_step_is_as_small_as_ever() -> None:
    guard = SlewGuard(LONGEST_STEP_S)
    guard.shown(guard.toward(np.array([0.2]), 0.0), 0.0)

    late = guard.toward(np.array([1.0]), 60.0)

    assert late[0] == pytest.approx(0.2 + SLEW_LIMIT_PER_S * LONGEST_STEP_S)


def test_a_level_rests_before_it_turns_round() -> None:
    asked = np.concatenate([np.full(40, 0.5), np.full(20, 0.6), np.full(60, 0.0)])
    levels = shown(asked)
    falls = np.flatnonzero(np.diff(levels) < 0.0)
    rises = np.flatnonzero(np.diff(levels) > 0.0)

    assert (falls[0] - rises[-1]) / RATE_HZ == pytest.approx(REST_S, abs=1.5 / RATE_HZ)


def test_what_was_not_shown_does_not_count() -> None:
    guard = SlewGuard(LONGEST_STEP_S)
    guard.shown(np.array([0.2]), 0.0)

    guard.toward(np.array([1.0]), 0.1)
    again = guard.toward(np.array([1.0]), 0.1)

    assert again[0] == pytest.approx(0.21)
