"""The reference is the place of a score among tracks that all count the same."""

import numpy as np
import pytest

from benchmarks.energy.reference import knots


def test_the_reference_of_evenly_spread_tracks_is_a_straight_line() -> None:
    scores = np.linspace(0.0, 10.0, 1_001)

    found = knots([scores.tolist()], [scores.tolist()])

    assert found[:, 0] == pytest.approx(10.0 * found[:, 1], abs=0.02)


def test_a_long_track_counts_as_much_as_a_short_one() -> None:
    found = knots([[2.0] * 99, [1.0]], [[0.0]])

    median = float(np.interp(0.5, found[:, 1], found[:, 0]))
    assert median == pytest.approx(1.0, abs=0.5)


def test_starter_pieces_are_a_third() -> None:
    found = knots([[1.0 + n / 10] for n in range(10)], [[n / 100] for n in range(50)])

    assert float(np.interp(0.5, found[:, 0], found[:, 1])) == pytest.approx(0.33, abs=0.05)
