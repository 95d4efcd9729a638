"""One attempt at a plan: the best sequence found for some tracks, with its reserve."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from playlists.models import Track
from playlists.solver.bound import least_cost_s
from playlists.solver.improve import improved
from playlists.solver.layout import Placed, Slot, lay_out
from playlists.solver.pool import Pool, Wishes, pool_of
from playlists.solver.reserve import (
    RESERVE_AT_LEAST_S,
    chosen_reserve,
    spare_tracks,
    total_length_s,
)
from playlists.solver.search import Held, search
from playlists.solver.shortlist import Shortlist, shortlisted

WIDEST = 3000
"""How many tracks are searched, where a shortlist holds no plan."""

Locks = Mapping[tuple[int, int], str]
"""Content hashes of tracks that have to stand at a place, by phase and place in it, from 0."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be filled, and how it is wanted.

    Attributes
    ----------
    slots : tuple[Slot, ...]
        The phases.
    wishes : Wishes
        What is liked, and the seed.
    locks : Locks
        What the therapist has put in its place.
    thorough : bool
        Whether what is found is improved; else it is only known that it can be done.
    """

    slots: tuple[Slot, ...]
    wishes: Wishes
    locks: Locks = field(default_factory=dict)
    thorough: bool = True

    @property
    def length_s(self) -> float:
        """How long all phases last."""
        return self.slots[-1].end_s - self.slots[0].start_s


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it.

    Attributes
    ----------
    placed : tuple[Placed, ...]
        The tracks in their places; empty if some phase could not be filled.
    reserve : tuple[Track, ...]
        Spare tracks.
    pool : Pool | None
        Among what was searched.
    least_s : float | None
        What any plan costs at least where that is known without asking ``bound``.
    """

    placed: tuple[Placed, ...] = ()
    reserve: tuple[Track, ...] = ()
    pool: Pool | None = None
    least_s: float | None = None

    @property
    def reserve_s(self) -> float:
        """How long the reserve lasts."""
        return total_length_s(self.reserve)


def bound_s(attempt: Attempt, cost_s: float) -> float:
    """Return what any plan costs at least, in seconds of full error, one being known."""
    if attempt.least_s is not None or attempt.pool is None:
        return attempt.least_s or 0.0
    return least_cost_s(attempt.pool, cost_s)


def attempted(task: Task, passed: tuple[Track, ...]) -> Attempt:
    """Return the best sequence found for tracks that passed the gates.

    The calm tracks are saved for the phases that need them only where the reserve lacks them
    otherwise, as that makes the plan a little worse.
    """
    best = Attempt()
    for thrifty in (False, True):
        found = _found(replace(task, wishes=replace(task.wishes, thrifty=thrifty)), passed)
        if found.placed and (not best.placed or found.reserve_s > best.reserve_s):
            best = found
        if best.reserve_s >= RESERVE_AT_LEAST_S or not task.thorough:
            break
    return best


def _found(task: Task, passed: tuple[Track, ...]) -> Attempt:
    for shortlist in _shortlists(task, passed) if passed else ():
        pool = pool_of(task.slots, shortlist.tracks, task.wishes)
        placed = _placed(task, pool)
        if placed:
            used = frozenset(cue.track.content_hash for cue in placed)
            reserve = chosen_reserve(spare_tracks(task.slots, passed, used))
            return Attempt(placed, reserve, pool, shortlist.bound_s)
    return Attempt()


def _shortlists(task: Task, passed: tuple[Track, ...]) -> Iterator[Shortlist]:
    """Yield what to search among: first the best, and if they will not do, very many."""
    locked = frozenset(task.locks.values())
    first = shortlisted(task.slots, passed, task.wishes, locked)
    yield first
    if len(first.tracks) < len(passed):
        stride = -(-len(passed) // WIDEST)
        wide = {one.content_hash: one for one in (*first.tracks, *passed[::stride])}
        yield Shortlist(tuple(wide.values()), first.bound_s)


def _placed(task: Task, pool: Pool) -> tuple[Placed, ...]:
    indices = {track.content_hash: index for index, track in enumerate(pool.tracks)}
    if not set(task.locks.values()) <= set(indices):
        return ()
    held = Held(locks={at: indices[locked] for at, locked in task.locks.items()})
    path = search(pool, held)
    if path is None:
        return ()
    if task.thorough:
        path = improved(pool, path, held)
    picks = [[pool.tracks[index] for index in phase] for phase in path.done]
    return lay_out(task.slots, picks) or ()
