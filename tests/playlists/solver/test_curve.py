"""What is heard of a track's energy, against means taken one by one."""

from dataclasses import replace

import numpy as np
import pytest
from fakes.tracks import track

from playlists.models import Rating
from playlists.solver.curve import bin_weights, curves_of, heard_bins, mean_energy
from soundscape.units import Seconds

WAVY = tuple((10.0 * n, 0.3 + 0.1 * (n % 3)) for n in range(30))


def test_each_bin_is_the_mean_of_the_minute_around_it() -> None:
    one = track(energy_curve=WAVY, energy=0.4)
    energies = [energy for _, energy in WAVY]

    bins = heard_bins(one)

    means = [np.mean(energies[max(0, n - 3) : n + 4]) for n in range(30)]
    assert bins == pytest.approx(np.array(means))


def test_silence_before_the_music_is_left_out() -> None:
    curve = ((0.0, 0.0), (10.0, 0.0), *((10.0 * n, 0.5) for n in range(2, 30)))
    one = track(energy_curve=curve, energy=0.5, lead_silence_s=18.0)

    assert heard_bins(one) == pytest.approx(np.full(29, 0.5))


def test_what_the_therapist_says_moves_the_whole_curve() -> None:
    measured = track(energy_curve=WAVY, energy=0.4)
    rated = track("b", energy_curve=WAVY, energy=0.4)
    rated = replace(rated, rating=Rating(energy=0.2))

    assert heard_bins(measured) - heard_bins(rated) == pytest.approx(np.full(30, 0.2))


def test_many_tracks_are_read_as_each_alone() -> None:
    tracks = (track("a"), track("b", energy_curve=WAVY, duration_s=155.0), track("c", energy=0.1))

    together = curves_of(tracks)

    for index, one in enumerate(tracks):
        assert together.of(index) == pytest.approx(heard_bins(one))


def test_only_what_is_heard_counts() -> None:
    halves = tuple((10.0 * n, 0.2 if n < 15 else 0.6) for n in range(30))

    assert mean_energy(track(energy_curve=halves), Seconds(100.0)) == pytest.approx(0.2)
    assert bin_weights(25.0, 4).tolist() == [10.0, 10.0, 5.0, 0.0]
