"""Other tracks that could stand in a place, the best first, each with what it would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playlists.models import Track
from playlists.solver.attempt import Task
from playlists.solver.cost import total_cost_s
from playlists.solver.explain import why
from playlists.solver.layout import Placed, lay_out
from playlists.solver.proof import crowded
from playlists.solver.shortlist import shortlisted

_LITTLE = 0.001


@dataclass(frozen=True, slots=True)
class Alternative:
    """A track for a place.

    Attributes
    ----------
    track : Track
        Which.
    cost : float
        By how much the whole plan's cost would rise; below 0 it would fall.
    why : str
        What there is to say for and against it, in one sentence.
    """

    track: Track
    cost: float
    why: str


def alternatives(
    task: Task, placed: Sequence[Placed], place: int, passed: Sequence[Track]
) -> tuple[Alternative, ...]:
    """Return the tracks that could stand in place of one, and leave all others where they are.

    Parameters
    ----------
    task : Task
        What is filled.
    placed : Sequence[Placed]
        The plan's tracks.
    place : int
        Which of them, from 0.
    passed : Sequence[Track]
        All that passed the gates.
    """
    now_s = total_cost_s(task.slots, placed, task.wishes.taste)
    found = []
    for track, others in _exchanged(task, placed, place, passed):
        rise = (total_cost_s(task.slots, others, task.wishes.taste) - now_s) / task.length_s
        cue = others[place]
        words = why(task.slots[cue.slot], cue, before=others[place - 1] if place else None)
        found.append(Alternative(track, rise, f"{_change(rise)} {words}"))
    return tuple(sorted(found, key=lambda one: (one.cost, one.track.content_hash)))


def _change(rise: float) -> str:
    if abs(rise) < _LITTLE:
        return "As good as the one that is there."
    return "The plan would be better." if rise < 0.0 else "The plan would follow the arc less."


def _exchanged(
    task: Task, placed: Sequence[Placed], place: int, passed: Sequence[Track]
) -> Iterator[tuple[Track, tuple[Placed, ...]]]:
    """Yield each track that may be there, with what the plan is then."""
    used = {cue.track.content_hash for cue in placed}
    here = placed[place].slot
    first = sum(cue.slot < here for cue in placed)
    shortlist = shortlisted(task.slots, passed, task.wishes, frozenset())
    for track in task.complete(shortlist.tracks):
        picks = [[cue.track for cue in placed if cue.slot == n] for n in range(len(task.slots))]
        picks[here][place - first] = track
        others = lay_out(task.slots, picks)
        if others and track.content_hash not in used and not crowded(task.slots, others):
            yield track, others
