"""A render is laid on its recording whatever gaps lie between."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.fades.long import compared
from soundscape.units import frames_in

RENDER = np.random.default_rng(4).uniform(0.1, 0.2, (48_000, 2)).astype(np.float32)
BLOCKS = np.split(RENDER, 5)
BEFORE = np.zeros((1234, 2), np.float32)


def with_gap(at: int, gap_s: float) -> NDArray[np.float32]:
    gap = np.zeros((frames_in(gap_s), 2), np.float32)
    return np.concatenate([BEFORE, RENDER[:at], gap, RENDER[at:]])


def test_the_same_samples_do_not_differ() -> None:
    found = compared(np.concatenate([BEFORE, RENDER, BEFORE]), BLOCKS)

    assert (found.frames, found.differing, found.gaps) == (48_000, 0, 0)


def test_sound_that_goes_on_behind_a_gap_differs_in_the_gap_alone() -> None:
    found = compared(with_gap(20_000, 0.25), BLOCKS)

    assert (found.differing, found.gaps, found.gaps_ms) == (0, 1, 250.0)


def test_a_gap_on_the_edge_of_a_block_is_one_gap() -> None:
    found = compared(with_gap(9600, 0.01), BLOCKS)

    assert (found.differing, found.gaps, found.gaps_ms) == (0, 1, 10.0)


def test_a_wrong_frame_is_no_gap() -> None:
    recorded = RENDER.copy()
    recorded[30_000] = 0.0

    found = compared(recorded, BLOCKS)

    assert (found.differing, found.gaps) == (1, 0)


def test_what_was_not_recorded_differs() -> None:
    found = compared(RENDER[:-100], BLOCKS)

    assert (found.differing, found.gaps) == (100, 0)
