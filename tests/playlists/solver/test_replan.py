"""From any moment of a session on, what follows keeps what sounds and repeats nothing."""

from dataclasses import replace

from fakes.tracks import library
from hypothesis import given, settings
from hypothesis import strategies as st

from playlists.arcs import load_arcs, scaled
from playlists.routes import load_routes
from playlists.solver.attempt import Task, attempted
from playlists.solver.cost import Taste, target_at
from playlists.solver.layout import rest_of, slots_of
from playlists.solver.pool import Wishes
from playlists.solver.proof import boundary_error_s, crowded, repeats
from playlists.solver.replan import replan
from soundscape.units import Seconds

IV = load_routes()["iv"]
SLOTS = slots_of(scaled(IV, load_arcs()["gentle"]), IV.delivery_s)
TASK = Task(SLOTS, Wishes(Taste(), 1), thorough=False)
TRACKS = library(60)
PLACED = attempted(TASK, TRACKS).placed


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    place=st.integers(0, len(PLACED) - 2), cut=st.floats(0.3, 1.0), moved_min=st.integers(0, 20)
)
def test_wherever_a_session_is_the_rest_is_filled_by_the_rules(
    place: int, cut: float, moved_min: int
) -> None:
    delivery_s = Seconds(IV.delivery_s + 60.0 * moved_min)
    task = replace(TASK, slots=slots_of(scaled(IV, load_arcs()["gentle"]), delivery_s))
    sounding = PLACED[place]
    at_s = Seconds(sounding.start_s + cut * (sounding.end_s - sounding.start_s))
    before = (*PLACED[:place], replace(sounding, end_s=at_s))

    after = replan(task, before, TRACKS)

    assert after
    left_out_s = after[0].start_s - at_s
    assert 0.0 <= left_out_s < 85.0
    assert after[-1].end_s == task.slots[-1].end_s
    assert repeats((*before, *after)) == 0
    assert crowded(task.slots, (*before, *after)) == 0
    whole = [slot for slot in task.slots if slot.start_s > at_s]
    numbered = [replace(cue, slot=cue.slot - len(task.slots) + len(whole)) for cue in after]
    assert boundary_error_s(whole, [cue for cue in numbered if cue.slot >= 0]) < 1e-6


def test_after_the_last_phase_there_is_nothing_to_fill() -> None:
    assert replan(TASK, PLACED, TRACKS) == ()


def test_too_few_tracks_fill_nothing() -> None:
    assert replan(TASK, PLACED[:2], TRACKS[:3]) == ()


def test_the_rest_of_a_phase_keeps_its_line() -> None:
    deepen = SLOTS[2]

    rest = rest_of(deepen, Seconds(deepen.start_s + 400.0))

    for share in (0.0, 0.3, 1.0):
        time_s = rest.start_s + share * rest.length_s
        assert abs(target_at(rest, time_s) - target_at(deepen, time_s)) < 1e-9
