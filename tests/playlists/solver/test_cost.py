"""Each term of the cost against sums worked out another way."""

import numpy as np
import pytest
from fakes.tracks import library, track
from hypothesis import given
from hypothesis import strategies as st

from playlists.routes import load_routes
from playlists.solver.cost import (
    CUT_S,
    JUMP_S,
    TEMPO_WEIGHT,
    cue_cost_s,
    cut_s,
    energy_error_s,
    is_disliked,
    jump_s,
    least_energy_error,
    target_at,
    tempo_miss,
)
from playlists.solver.layout import Placed, slots_of
from soundscape.units import Seconds

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)
SETTLE, RETURN, RECOVER = SLOTS[0], SLOTS[3], SLOTS[5]


@given(
    energy=st.floats(0.0, 1.0),
    first=st.floats(0.0, 1.0),
    second=st.floats(0.0, 1.0),
)
def test_the_energy_error_is_the_area_between_track_and_target(
    energy: float, first: float, second: float
) -> None:
    start_s, end_s = (RETURN.start_s + RETURN.length_s * x for x in sorted((first, second)))
    steps = 4000
    times_s = start_s + (np.arange(steps) + 0.5) * (end_s - start_s) / steps
    misses = [abs(energy - target_at(RETURN, time_s)) for time_s in times_s]

    exact_s = energy_error_s(RETURN, energy, start_s, end_s)

    assert exact_s == pytest.approx(float(np.mean(misses)) * (end_s - start_s), abs=1e-3)


def test_the_target_turns_five_minutes_into_return() -> None:
    times_s = [RETURN.start_s + 60.0 * minute for minute in (0, 5, 20)]

    assert [target_at(RETURN, time_s) for time_s in times_s] == pytest.approx([0.5, 0.3, 0.2])


@pytest.mark.parametrize(
    ("tempo_bpm", "confidence", "miss"),
    [
        (None, 0.0, 0.0),
        (70.0, 0.9, 0.0),
        (140.0, 0.9, 0.0),
        (35.0, 0.9, 0.0),
        (100.0, 0.2, 0.0),
        (100.0, 0.9, np.log2(60.0 / 50.0)),
    ],
)
def test_tempo_counts_only_where_it_is_sure_and_at_no_octave_fits(
    tempo_bpm: float | None, confidence: float, miss: float
) -> None:
    heard = track(tempo_bpm=tempo_bpm, tempo_confidence=confidence)

    assert tempo_miss(heard, SETTLE.phase) == pytest.approx(miss)


def test_a_phase_without_a_tempo_likes_any() -> None:
    assert tempo_miss(track(tempo_bpm=170.0, tempo_confidence=1.0), RECOVER.phase) == 0.0


def test_tempo_weighs_no_more_than_the_design_allows() -> None:
    assert TEMPO_WEIGHT <= 0.15


def test_a_jump_of_brightness_counts_beyond_an_octave_and_up_to_a_limit() -> None:
    octaves = np.array([10.0, 10.9, 11.5, 14.0, 8.5])

    assert jump_s(10.0, octaves) == pytest.approx(np.array([0.0, 0.0, 0.5, 1.0, 0.5]) * JUMP_S)


def test_a_track_costs_more_the_less_of_it_is_heard() -> None:
    assert [float(cut_s(heard_s, 100.0)) for heard_s in (100.0, 50.0, 25.0)] == [
        0.0,
        0.5 * CUT_S,
        0.75 * CUT_S,
    ]


def test_liked_tags_matter_only_where_some_are_asked_for() -> None:
    tagged = track(tags=frozenset({"Warm"}))

    assert not is_disliked(tagged, frozenset())
    assert not is_disliked(tagged, frozenset({"warm", "low"}))
    assert is_disliked(tagged, frozenset({"bright"}))


def test_no_track_can_cost_less_than_the_lower_bound() -> None:
    tracks = library(30)
    bound_s = float(least_energy_error(RETURN, tracks).sum())

    for one in tracks:
        placed = Placed(one, 3, RETURN.start_s, RETURN.end_s, Seconds(1e4), Seconds(8.0))
        assert cue_cost_s(RETURN, placed, frozenset()) >= bound_s


def test_with_nothing_to_choose_from_every_second_is_lost() -> None:
    lively = [track(loudness_range_lu=10.0)]

    assert least_energy_error(RETURN, lively).tolist() == [1.0] * int(RETURN.length_s)
