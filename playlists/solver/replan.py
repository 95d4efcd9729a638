"""A session that is under way, planned anew from its next join on; pure, and fast enough for that.

What sounds stays until it hands over, what was heard is not heard again, and artists are kept
apart from what was heard, too. What is planned so far stays where it costs no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from playlists.models import Track
from playlists.solver.attempt import Task
from playlists.solver.cost import Taste, cue_cost_s, joins_cost_s
from playlists.solver.improve import NARROW_BEAM
from playlists.solver.layout import (
    SHORTEST_LAST_S,
    USUAL_JOIN,
    Placed,
    Slot,
    lay_out,
    rest_of,
)
from playlists.solver.pool import pool_of
from playlists.solver.proof import crowded, repeats
from playlists.solver.search import Heard, Held, search
from soundscape.session.plan import Join

Planned = Mapping[int, Sequence[tuple[Track, Join]]]
"""Tracks as they were planned to follow, by phase, each with the join into it."""


def replan(
    task: Task,
    before: Sequence[Placed],
    tracks: Sequence[Track],
    planned: Planned | None = None,
) -> tuple[Placed, ...]:
    """Return what follows, in order; empty if it cannot be filled, or nothing is left to fill.

    Parameters
    ----------
    task : Task
        All phases as they are scheduled now, with what is liked; locks are left out of account.
    before : Sequence[Placed]
        What was heard and, as the last, what sounds, with the moment it hands over as its end.
    tracks : Sequence[Track]
        What may be played: passed by the gates, and at hand.
    planned : Planned | None
        What was to follow until now; None is nothing.
    """
    at_s = before[-1].end_s
    left = [slot for slot in task.slots if slot.end_s - max(at_s, slot.start_s) >= SHORTEST_LAST_S]
    if not left:
        return ()
    goes_on = left[0].start_s < at_s
    slots = (rest_of(left[0], at_s) if goes_on else left[0], *left[1:])
    numbers = [task.slots.index(slot) for slot in left]
    ways = (
        _kept(slots, numbers, before, planned or {}),
        _sought(task, slots, before, tracks),
    )
    found = [_numbered(numbers, way) for way in ways if way]
    if not found:
        return ()
    best = min(found, key=lambda way: _cost_s(task.slots, before, way, task.wishes.taste))
    return (replace(best[0], join=USUAL_JOIN), *best[1:]) if goes_on else best


def _sought(
    task: Task, slots: tuple[Slot, ...], before: Sequence[Placed], tracks: Sequence[Track]
) -> tuple[Placed, ...]:
    """Return the best order found; empty where there is none."""
    heard = {cue.track.content_hash: cue.track for cue in before}
    pool = pool_of(
        slots, tuple(({t.content_hash: t for t in tracks} | heard).values()), task.wishes
    )
    indices = {track.content_hash: index for index, track in enumerate(pool.tracks)}
    cues = (Heard(indices[cue.track.content_hash], cue.start_s, cue.end_s) for cue in before)
    path = search(pool, Held(before=tuple(cues)), NARROW_BEAM)
    if path is None:
        return ()
    picks = [[pool.tracks[index] for index in phase] for phase in path.done]
    return lay_out(slots, picks) or ()


def _kept(
    slots: tuple[Slot, ...], numbers: Sequence[int], before: Sequence[Placed], planned: Planned
) -> tuple[Placed, ...]:
    """Return what was planned as it now falls in time; empty where that breaks a rule."""
    phases = [planned.get(number, ()) for number in numbers]
    joins = {
        (phase, place): join
        for phase, cues in enumerate(phases)
        for place, (_, join) in enumerate(cues)
    }
    placed = lay_out(slots, [[track for track, _ in cues] for cues in phases], joins) or ()
    # Phases need not have the same numbers here; only how many rules are broken is compared.
    heard = [replace(cue, slot=0) for cue in before]
    breaks = crowded(slots, (*heard, *placed)) > crowded(slots, heard)
    return () if breaks or repeats((*before, *placed)) > repeats(before) else placed


def _numbered(numbers: Sequence[int], placed: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """Return tracks with the numbers of their phases in the whole session."""
    return tuple(replace(cue, slot=numbers[cue.slot]) for cue in placed)


def _cost_s(
    slots: Sequence[Slot], before: Sequence[Placed], placed: Sequence[Placed], taste: Taste
) -> float:
    """Return what an order costs, with the join to what sounds."""
    cues_s = sum(cue_cost_s(slots[cue.slot], cue, taste) for cue in placed)
    return cues_s + joins_cost_s((before[-1], *placed))
