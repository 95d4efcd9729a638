"""Each term of the cost against sums worked out another way."""

from dataclasses import replace

import numpy as np
import pytest
from fakes.tracks import track
from hypothesis import given
from hypothesis import strategies as st

from playlists.models import Track
from playlists.routes import load_routes
from playlists.solver.cost import (
    BRIGHTNESS_WEIGHT,
    CUT_S,
    KNOWN_WEIGHT,
    TEMPO_WEIGHT,
    Taste,
    cue_cost_s,
    cut_s,
    energy_error_s,
    is_disliked,
    join_cost_s,
    rate,
    target_at,
    tempo_miss,
    total_cost_s,
)
from playlists.solver.layout import USUAL_JOIN, Placed, slots_of
from soundscape.units import Seconds

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)
SETTLE, RETURN, RECOVER = SLOTS[0], SLOTS[3], SLOTS[5]


def heard(one: Track, start_s: float, end_s: float, slot: int = 3) -> Placed:
    """Return a track that is heard from one moment to another."""
    return Placed(one, slot, Seconds(start_s), Seconds(end_s), Seconds(1e4), USUAL_JOIN)


@given(
    energy=st.floats(0.0, 1.0),
    first=st.floats(0.0, 0.9),
    share=st.floats(0.05, 1.0),
)
def test_the_energy_error_is_the_area_between_track_and_target(
    energy: float, first: float, share: float
) -> None:
    start_s = RETURN.start_s + RETURN.length_s * first
    end_s = start_s + (RETURN.end_s - start_s) * share
    one = track(energy=energy, duration_s=1300.0)
    steps = 4000
    times_s = start_s + (np.arange(steps) + 0.5) * (end_s - start_s) / steps
    misses = [abs(energy - target_at(RETURN, time_s)) for time_s in times_s]

    error_s = energy_error_s(RETURN, heard(one, start_s, end_s))

    assert error_s == pytest.approx(float(np.mean(misses)) * (end_s - start_s), abs=0.06)


def test_a_track_that_falls_with_the_line_misses_less_than_one_that_stays() -> None:
    falling = tuple((10.0 * n, max(0.3, 0.5 - 0.2 * n / 30.0)) for n in range(40))
    follows = track("falls", duration_s=300.0, energy=0.4, energy_curve=falling)
    stays = track("stays", duration_s=300.0, energy=0.4)

    errors_s = [
        energy_error_s(RETURN, heard(one, RETURN.start_s, RETURN.start_s + 300.0))
        for one in (follows, stays)
    ]

    assert errors_s[0] < 0.1 * errors_s[1]


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
    one = track(tempo_bpm=tempo_bpm, tempo_confidence=confidence)

    assert tempo_miss(one, SETTLE.phase) == pytest.approx(miss)


def test_a_phase_without_a_tempo_likes_any() -> None:
    assert tempo_miss(track(tempo_bpm=170.0, tempo_confidence=1.0), RECOVER.phase) == 0.0


def test_tempo_weighs_no_more_than_the_design_allows() -> None:
    assert TEMPO_WEIGHT <= 0.15


def test_brightness_and_what_the_patient_knows_cost_by_the_second() -> None:
    dark = replace(RECOVER, brightness_hz=(100.0, 1000.0))
    one = track(brightness_hz=1000.0 * 2.0**0.5)

    assert rate(one, RECOVER, Taste()) == 0.0
    assert rate(one, dark, Taste()) == pytest.approx(0.5 * BRIGHTNESS_WEIGHT)
    assert rate(one, RECOVER, Taste(known=frozenset({one.content_hash}))) == KNOWN_WEIGHT


def test_a_track_costs_more_the_less_of_it_is_heard() -> None:
    costs_s = cut_s(np.array([100.0, 50.0, 25.0]), np.array([100.0, 100.0, 100.0]))

    assert costs_s.tolist() == [0.0, 0.5 * CUT_S, 0.75 * CUT_S]


def test_liked_tags_matter_only_where_some_are_asked_for() -> None:
    tagged = track(tags=frozenset({"Warm"}))

    assert not is_disliked(tagged, frozenset())
    assert not is_disliked(tagged, frozenset({"warm", "low"}))
    assert is_disliked(tagged, frozenset({"bright"}))


def test_a_sequence_costs_its_cues_and_its_joins() -> None:
    first, second = track("a", duration_s=600.0), track("b", brightness_hz=5000.0)
    placed = (
        heard(first, RETURN.start_s, RETURN.start_s + 592.0),
        heard(second, RETURN.start_s + 592.0, RETURN.end_s),
    )

    cues_s = sum(cue_cost_s(RETURN, cue, Taste()) for cue in placed)

    assert join_cost_s(*placed) > 0.0
    slots = (RETURN,) * 4
    assert total_cost_s(slots, placed, Taste()) == pytest.approx(cues_s + join_cost_s(*placed))
