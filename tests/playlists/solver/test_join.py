"""A join costs by what is heard of it, at the place where it is."""

import numpy as np
import pytest
from fakes.tracks import track

from playlists.solver.join import (
    BRIGHTNESS,
    ENERGY,
    LIMIT,
    LOUDNESS,
    TEMPO,
    UNNOTICED,
    WEIGHT_S,
    entry_of,
    exit_of,
    join_s,
    join_terms_s,
)

NAMELESS = np.array([10.0, -26.0, 0.3, 6.0])


@pytest.mark.parametrize("term", [BRIGHTNESS, LOUDNESS, ENERGY, TEMPO])
def test_each_difference_counts_beyond_what_is_unnoticed_and_up_to_its_limit(term: int) -> None:
    apart = np.array([0.0, UNNOTICED[term], (UNNOTICED[term] + LIMIT[term]) / 2.0, LIMIT[term]])
    entering = np.tile(NAMELESS, (4, 1))
    entering[:, term] += apart

    terms_s = join_terms_s(NAMELESS, entering)[:, term]

    assert terms_s == pytest.approx(np.array([0.0, 0.0, 0.5, 1.0]) * WEIGHT_S[term])


def test_a_beat_twice_as_fast_is_the_same_beat_and_none_is_no_fault() -> None:
    double, none = NAMELESS.copy(), NAMELESS.copy()
    double[TEMPO] += 1.0
    none[TEMPO] = np.nan

    assert join_s(NAMELESS, np.array([double, none])).tolist() == [0.0, 0.0]


def test_a_track_goes_with_the_energy_and_loudness_of_the_second_it_is_left_at() -> None:
    rising = tuple((10.0 * n, 0.02 * n) for n in range(30))
    louder = tuple(-30.0 + n / 30.0 for n in range(300))
    one = track(energy_curve=rising, loudness_curve=louder, energy=0.29, integrated_lufs=-26.0)

    early, late = exit_of(one, 100.0), exit_of(one, 280.0)

    assert late[ENERGY] - early[ENERGY] == pytest.approx(0.36, abs=0.03)
    assert late[LOUDNESS] - early[LOUDNESS] == pytest.approx(6.0)
    assert entry_of(one)[ENERGY] == pytest.approx(0.03)


def test_loudness_is_compared_as_it_is_played() -> None:
    loud = track("loud", integrated_lufs=-14.0, loudness_curve=(-14.0,) * 300)
    soft = track(
        "soft", integrated_lufs=-24.0, loudness_curve=(-24.0,) * 300, true_peak_dbtp=-12.0
    )

    assert entry_of(loud)[LOUDNESS] == pytest.approx(entry_of(soft)[LOUDNESS])


def test_the_silence_after_a_fade_is_no_level_to_jump_from() -> None:
    faded = track(integrated_lufs=-20.0, loudness_curve=(*(-20.0,) * 290, *(-70.0,) * 10))

    assert exit_of(faded, 299.0)[LOUDNESS] >= entry_of(faded)[LOUDNESS] - LIMIT[LOUDNESS]
