"""A session that is under way, planned anew from its next join on; pure, and fast enough for that.

What sounds stays until it hands over, what was heard is not heard again, and artists are kept
apart from what was heard, too.
"""

from collections.abc import Sequence
from dataclasses import replace

from playlists.models import Track
from playlists.solver.attempt import Task
from playlists.solver.improve import NARROW_BEAM
from playlists.solver.layout import (
    CUE_FADE_S,
    SHORTEST_LAST_S,
    Placed,
    Slot,
    lay_out,
    rest_of,
)
from playlists.solver.pool import pool_of
from playlists.solver.search import Heard, Held, search


def replan(task: Task, before: Sequence[Placed], tracks: Sequence[Track]) -> tuple[Placed, ...]:
    """Return what follows, in order; empty if it cannot be filled, or nothing is left to fill.

    Parameters
    ----------
    task : Task
        All phases as they are scheduled now, with what is liked; locks are left out of account.
    before : Sequence[Placed]
        What was heard and, as the last, what sounds, with the moment it hands over as its end.
    tracks : Sequence[Track]
        What may be played: passed by the gates, and at hand.
    """
    at_s = before[-1].end_s
    left = [slot for slot in task.slots if slot.end_s - max(at_s, slot.start_s) >= SHORTEST_LAST_S]
    if not left:
        return ()
    goes_on = left[0].start_s < at_s
    slots = (rest_of(left[0], at_s) if goes_on else left[0], *left[1:])
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
    return _numbered(task.slots, left, lay_out(slots, picks) or (), goes_on=goes_on)


def _numbered(
    slots: Sequence[Slot], left: Sequence[Slot], placed: tuple[Placed, ...], *, goes_on: bool
) -> tuple[Placed, ...]:
    """Return tracks with the numbers of their phases in the whole session."""
    numbers = [slots.index(slot) for slot in left]
    found = [replace(cue, slot=numbers[cue.slot]) for cue in placed]
    if found and goes_on:
        found[0] = replace(found[0], fade_s=CUE_FADE_S)
    return tuple(found)
