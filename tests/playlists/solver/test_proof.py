"""The proof finds faults that the search should never make."""

from dataclasses import replace

import pytest
from fakes.tracks import track

from playlists.routes import load_routes
from playlists.solver.constraints import Rules
from playlists.solver.layout import Placed, lay_out, slots_of
from playlists.solver.proof import boundary_error_s, repeats, ungated_tracks
from soundscape.units import Seconds

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)[:2]
A, B, C = (track(name, duration_s=800.0) for name in "abc")
NOTHING = Rules()


@pytest.fixture
def placed() -> tuple[Placed, ...]:
    """Return a sound beginning of a session."""
    found = lay_out(SLOTS, [[A, B], [C]])
    assert found is not None
    return found


def test_a_sound_sequence_has_no_fault(placed: tuple[Placed, ...]) -> None:
    assert boundary_error_s(SLOTS, placed) == 0.0
    assert (repeats(placed), ungated_tracks(SLOTS, placed, NOTHING)) == (0, 0)


def test_a_phase_that_starts_late_is_found(placed: tuple[Placed, ...]) -> None:
    late = replace(placed[2], start_s=Seconds(placed[2].start_s + 20.0))

    assert boundary_error_s(SLOTS, (*placed[:2], late)) == 20.0


def test_a_gap_between_cues_is_found(placed: tuple[Placed, ...]) -> None:
    short = replace(placed[0], source_length_s=Seconds(700.0))

    assert boundary_error_s(SLOTS, (short, *placed[1:])) == pytest.approx(100.0)


def test_music_that_ends_before_its_phase_is_found(placed: tuple[Placed, ...]) -> None:
    short = replace(placed[2], source_length_s=Seconds(700.0))

    assert boundary_error_s(SLOTS, (*placed[:2], short)) == pytest.approx(41.0)


def test_a_phase_without_music_is_found(placed: tuple[Placed, ...]) -> None:
    assert boundary_error_s(SLOTS, placed[:2]) == 720.0


def test_a_repeat_and_a_track_that_a_gate_shuts_out_are_counted(
    placed: tuple[Placed, ...],
) -> None:
    sung = replace(placed[2], track=track("d", duration_s=800.0, instrumental=False))

    assert repeats((*placed, placed[0])) == 1
    assert ungated_tracks(SLOTS, (*placed, sung), NOTHING) == 1
