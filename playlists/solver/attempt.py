"""One attempt at a plan: the best sequence found for some tracks, with its reserve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from playlists.models import Track
from playlists.solver.bound import relaxed
from playlists.solver.constraints import (
    ARTIST_APART_S,
    artist_of,
    may_sound_in,
    music_length_s,
)
from playlists.solver.cost import mean_energy_error
from playlists.solver.guide import guided
from playlists.solver.improve import beam_for, improved
from playlists.solver.layout import Placed, Slot, lay_out
from playlists.solver.pool import Pool, Wishes, pool_of
from playlists.solver.reserve import (
    RESERVE_AT_LEAST_S,
    chosen_reserve,
    spare_tracks,
    total_length_s,
)
from playlists.solver.search import Held, Path, search
from playlists.solver.shortlist import Shortlist, shortlisted
from playlists.stock import Complete

WIDEST = 3000
"""How many tracks are searched, where a shortlist holds no plan."""

HOPELESS = 0.16
"""A mean energy error (0-1) that is not improved: that takes off some percent, never half."""

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
    complete : Complete
        Reads of some tracks what only joins ask for.
    """

    slots: tuple[Slot, ...]
    wishes: Wishes
    locks: Locks = field(default_factory=dict)
    thorough: bool = True
    complete: Complete = tuple

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
    least_s : float
        What any plan costs at least, as far as is known, in seconds of full error.
    """

    placed: tuple[Placed, ...] = ()
    reserve: tuple[Track, ...] = ()
    least_s: float = 0.0

    @property
    def reserve_s(self) -> float:
        """How long the reserve lasts."""
        return total_length_s(self.reserve)


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
        if best.reserve_s >= RESERVE_AT_LEAST_S or is_hopeless(task.slots, best.placed):
            break
    return best


def tried(task: Task, passed: tuple[Track, ...]) -> Attempt:
    """Return what is found at once, without improving it and whatever its reserve."""
    return _found(replace(task, thorough=False), passed)


def is_hopeless(slots: Sequence[Slot], placed: Sequence[Placed]) -> bool:
    """Return whether a sequence is so far from the arc that improving it makes no plan."""
    error = mean_energy_error(slots, placed)
    return error is not None and error > HOPELESS


def _found(task: Task, passed: tuple[Track, ...]) -> Attempt:
    for shortlist in _shortlists(task, passed) if _may_be_filled(task, passed) else ():
        pool = pool_of(task.slots, task.complete(shortlist.tracks), task.wishes)
        path, least_s = _path(task, pool, shortlist.bound_s)
        placed = lay_out(task.slots, _picks(pool, path)) if path else None
        if placed:
            used = frozenset(cue.track.content_hash for cue in placed)
            reserve = chosen_reserve(spare_tracks(task.slots, passed, used))
            return Attempt(placed, reserve, least_s)
    return Attempt()


def _may_be_filled(task: Task, passed: tuple[Track, ...]) -> bool:
    """Return whether a first look does not show that some phase must stay empty."""
    names = {slot.phase.name for slot in task.slots}
    if not all(any(may_sound_in(track, name) for track in passed) for name in names):
        return False
    return not task.wishes.spaced or _artists_suffice(passed, task.length_s)


def _artists_suffice(passed: tuple[Track, ...], length_s: float) -> bool:
    """Return whether a session might be filled though no artist comes back too soon."""
    times = 1 + int(length_s / ARTIST_APART_S)
    longest_s: dict[str, float] = {}
    total_s = 0.0
    for track in passed:
        artist = artist_of(track)
        longer_s = music_length_s(track) - longest_s.get(artist, 0.0)
        if longer_s > 0.0:
            longest_s[artist] = music_length_s(track)
            total_s += longer_s
        if not artist or times * total_s >= length_s:
            return True
    return False


def _picks(pool: Pool, path: Path) -> list[list[Track]]:
    return [[pool.tracks[index] for index in phase] for phase in path.done]


def _shortlists(task: Task, passed: tuple[Track, ...]) -> Iterator[Shortlist]:
    """Yield what to search among: first the best, and if they will not do, very many."""
    locked = frozenset(task.locks.values())
    first = shortlisted(task.slots, passed, task.wishes, locked)
    yield first
    if len(first.tracks) < len(passed):
        stride = -(-len(passed) // WIDEST)
        wide = {one.content_hash: one for one in (*first.tracks, *passed[::stride])}
        yield Shortlist(tuple(wide.values()), first.bound_s)


def _path(task: Task, pool: Pool, bound_s: float | None) -> tuple[Path | None, float]:
    """Return the best way found to fill the phases, and what any costs at least.

    The bound is given where tracks were left out; else it is sought, and guides a second search.
    """
    indices = {track.content_hash: index for index, track in enumerate(pool.tracks)}
    if not set(task.locks.values()) <= set(indices):
        return None, 0.0
    held = Held(locks={at: indices[locked] for at, locked in task.locks.items()})
    path = search(pool, held)
    if path is None or not task.thorough:
        return path, bound_s or 0.0
    if is_hopeless(task.slots, lay_out(task.slots, _picks(pool, path)) or ()):
        return path, relaxed(pool, path.cost_s).least_s if bound_s is None else bound_s
    if bound_s is not None:
        return improved(pool, path, held), bound_s
    known = relaxed(pool, path.cost_s)
    guide = guided(pool, known)
    other = search(guide, held, beam_for(pool)) or path
    return improved(guide, min(path, other, key=lambda one: one.cost_s), held), known.least_s
