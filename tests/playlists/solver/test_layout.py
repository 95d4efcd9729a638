"""Tracks laid end to end fill a phase, and nothing is begun just before it is left."""

from dataclasses import replace
from itertools import pairwise

import pytest
from fakes.tracks import track
from hypothesis import given
from hypothesis import strategies as st

from playlists.models import Track
from playlists.routes import load_routes
from playlists.solver.layout import CUE_FADE_S, SHORTEST_LAST_S, Slot, lay_out, slots_of
from soundscape.units import Seconds

IV = load_routes()["iv"]
SETTLE, RISE = slots_of(IV.phases, IV.delivery_s)[:2]
LENGTHS_S = st.floats(120.0, 900.0)


def filled(slot: Slot, lengths_s: list[float]) -> list[Track]:
    """Return as many of the tracks as it takes to fill a slot when laid as the plan asks."""
    tracks = [track(str(n), duration_s=length_s) for n, length_s in enumerate(lengths_s)]
    for count in range(1, len(tracks) + 1):
        if lay_out((slot,), [tracks[:count]]):
            return tracks[:count]
    return []


def test_slots_overlap_by_the_next_phases_fade_and_a_second() -> None:
    assert (SETTLE.start_s, SETTLE.end_s, SETTLE.sounds_until_s) == (0.0, 900.0, 921.0)


def test_the_last_slot_needs_no_music_beyond_its_end() -> None:
    last = slots_of(IV.phases, IV.delivery_s)[-1]

    assert last.end_s == last.sounds_until_s == 115 * 60.0


def test_one_long_track_fills_a_phase() -> None:
    placed = lay_out((SETTLE,), [[track(duration_s=921.0)]])

    assert placed is not None
    assert [(cue.start_s, cue.end_s, cue.join.fade_s) for cue in placed] == [(0.0, 900.0, 10.0)]


def test_the_next_cue_starts_its_crossfade_before_the_end_of_the_one_before() -> None:
    placed = lay_out((SETTLE,), [[track("a", duration_s=300.0), track("b", duration_s=700.0)]])

    assert placed is not None
    assert [(cue.start_s, cue.end_s) for cue in placed] == [(0.0, 292.0), (292.0, 900.0)]


def test_a_track_that_would_end_just_before_the_phase_is_cut_for_the_last() -> None:
    placed = lay_out((SETTLE,), [[track("a", duration_s=890.0), track("b", duration_s=120.0)]])

    assert placed is not None
    assert placed[1].start_s == SETTLE.end_s - SHORTEST_LAST_S
    assert placed[0].source_length_s == placed[1].start_s + CUE_FADE_S


@pytest.mark.parametrize("lengths_s", [[], [900.0], [921.0, 300.0]])
def test_too_few_or_too_many_tracks_are_no_layout(lengths_s: list[float]) -> None:
    tracks = [track(str(n), duration_s=length_s) for n, length_s in enumerate(lengths_s)]

    assert lay_out((SETTLE,), [tracks]) is None


@given(
    length_s=st.floats(180.0, 3600.0),
    fade_s=st.floats(0.0, 30.0),
    lengths_s=st.lists(LENGTHS_S, min_size=40, max_size=40),
)
def test_music_never_runs_out_and_no_cue_is_a_snippet(
    length_s: float, fade_s: float, lengths_s: list[float]
) -> None:
    slot = replace(
        RISE,
        start_s=Seconds(100.0),
        end_s=Seconds(100.0 + length_s),
        sounds_until_s=Seconds(101.0 + length_s + fade_s),
    )

    placed = lay_out((slot,), [filled(slot, lengths_s)])

    assert placed is not None
    assert placed[0].start_s == slot.start_s
    assert placed[-1].end_s == slot.end_s
    assert placed[-1].start_s + placed[-1].source_length_s >= slot.sounds_until_s
    for before, after in pairwise(placed):
        assert before.end_s == after.start_s
        assert before.start_s + before.source_length_s == pytest.approx(after.start_s + CUE_FADE_S)
    assert all(cue.end_s - cue.start_s >= 40.0 for cue in placed)
