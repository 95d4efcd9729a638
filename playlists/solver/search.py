"""The best order of tracks that can be found in bounded work, the same for the same seed.

A beam search fills phase after phase, guided by the cost so far and a guess of what is ahead in
the phase; ``improve`` then fills phases anew. Work is bounded by counts, never by a clock, so
that a plan does not depend on how busy the machine is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from playlists.solver.join import join_s
from playlists.solver.pool import Laid, Picks, Pool, Room

BEAM = 24
BRANCHES = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """A track in its place, by its index."""

    index: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Held:
    """What a search has to leave as it is.

    Attributes
    ----------
    before : tuple[Heard, ...]
        What sounds before the first phase that is filled.
    after : tuple[Heard, ...]
        What sounds after the last one; its cost is not counted, its join is.
    locks : dict[tuple[int, int], int]
        Tracks that must stand at a place, by phase and place in it.
    """

    before: tuple[Heard, ...] = ()
    after: tuple[Heard, ...] = ()
    locks: dict[tuple[int, int], int] | None = None

    def lock(self, slot: int, place: int) -> int | None:
        """Return the track that is locked to a place."""
        return (self.locks or {}).get((slot, place))

    def places(self, slot: int) -> int:
        """Return how many tracks a phase must have at least."""
        return max((place + 1 for at, place in self.locks or {} if at == slot), default=0)

    def reserved(self) -> set[int]:
        """Return the tracks that only stand where they are held."""
        return {*(self.locks or {}).values(), *(one.index for one in self.after)}


NOTHING_HELD = Held()


@dataclass(frozen=True, slots=True)
class Path:
    """A beginning of a session: its tracks so far, and where the next one starts.

    Attributes
    ----------
    cost_s : float
        What it costs, joins included.
    start_s : float
        Where the next track starts.
    done : Picks
        Phases that are full.
    picks : tuple[int, ...]
        Tracks of the phase that is not.
    heard : tuple[Heard, ...]
        All of them in their places, and what sounded before.
    toll_s : float
        What its tracks are worth elsewhere.
    """

    cost_s: float
    start_s: float
    done: Picks
    picks: tuple[int, ...]
    heard: tuple[Heard, ...]
    toll_s: float = 0.0

    @property
    def rank_s(self) -> float:
        """What it costs with the tolls, by which one beginning goes before another."""
        return self.cost_s + self.toll_s


def search(pool: Pool, held: Held = NOTHING_HELD, beam: int = BEAM) -> Path | None:
    """Return the best way found to fill every phase; None if some phase could not be filled."""
    paths = [Path(0.0, pool.slots[0].start_s, (), (), held.before)]
    for slot in range(len(pool.slots)):
        paths = fill(pool, slot, paths, held, beam)
    return min(paths, key=lambda path: path.cost_s, default=None)


def fill(pool: Pool, slot: int, paths: list[Path], held: Held, beam: int = BEAM) -> list[Path]:
    """Return the best ways to fill one phase after each of some beginnings, the best first."""
    start_s = pool.slots[slot].start_s
    paths = [replace(path, start_s=start_s) for path in paths]
    finished: list[Path] = []
    while paths:
        ranked: list[tuple[float, Path]] = []
        for path in paths:
            branches = islice(_branches(pool, slot, path, held), max(BRANCHES, beam // 6))
            for guess_s, following in branches:
                if len(following.done) > slot:
                    finished.append(following)
                else:
                    ranked.append((guess_s, following))
        ranked.sort(key=lambda item: item[0])
        paths = _different([path for _, path in ranked], beam)
    finished.sort(key=lambda path: path.rank_s)
    return _different(finished, beam)


def _different(paths: list[Path], count: int) -> list[Path]:
    """Return the first few that are not the tracks of an earlier one in another order.

    What may follow is much the same for such two, but for the join to it.
    """
    found: dict[tuple[frozenset[int], int], Path] = {}
    for path in paths:
        if len(found) == count:
            break
        heard = frozenset(one.index for one in path.heard)
        found.setdefault((heard, path.heard[-1].index), path)
    return list(found.values())


def append(pool: Pool, slot: int, path: Path, picks: tuple[int, ...]) -> Path | None:
    """Return a beginning with one more phase filled by given tracks; None if they cannot be."""
    path = replace(path, start_s=pool.slots[slot].start_s)
    room = pool.rooms[slot]
    for place, index in enumerate(picks):
        at = int(np.searchsorted(room.members, index))
        if at >= room.members.size or room.members[at] != index:
            return None
        laid = room.laid(path.start_s)
        free = allowed(pool, path, (room, laid), NOTHING_HELD)
        if not free[at] or bool(laid.lasts[at]) is not (place == len(picks) - 1):
            return None
        cost_s = path.cost_s + float(laid.costs_s[at])
        if path.heard:
            cost_s += float(join_s(_exit(pool, path.heard[-1]), pool.entries[index]))
        reached = (cost_s, float(laid.ends_s[at]), path.toll_s)
        path = _followed(path, index, reached, last=bool(laid.lasts[at]))
    return path


def _branches(pool: Pool, slot: int, path: Path, held: Held) -> Iterator[tuple[float, Path]]:
    """Yield the best next tracks after a beginning, each with a guess of the phase's cost."""
    room = pool.rooms[slot]
    if room.members.size == 0:
        return
    laid = room.laid(path.start_s)
    place = len(path.picks)
    free = allowed(pool, path, (room, laid), held)
    lock = held.lock(slot, place)
    if lock is not None:
        free = (room.members == lock) & allowed(pool, path, (room, laid), Held(after=held.after))
    if place + 1 < held.places(slot):
        free &= ~laid.lasts
    rows = np.flatnonzero(free)
    if rows.size == 0:
        return
    costs_s = path.cost_s + laid.costs_s[rows] + _joins_s(pool, path, room.members[rows])
    tolls_s = path.toll_s + (np.zeros(rows.size) if room.tolls_s is None else room.tolls_s[rows])
    aheads_s = np.where(laid.lasts[rows], 0.0, room.guess_s(laid.ends_s[rows]))
    guesses_s = costs_s + tolls_s + aheads_s
    for best in np.argsort(guesses_s, kind="stable"):
        row = int(rows[best])
        last = bool(laid.lasts[row])
        reached = (float(costs_s[best]), float(laid.ends_s[row]), float(tolls_s[best]))
        yield float(guesses_s[best]), _followed(path, int(room.members[row]), reached, last=last)


def _followed(path: Path, index: int, reached: tuple[float, float, float], *, last: bool) -> Path:
    cost_s, end_s, toll_s = reached
    picks = (*path.picks, index)
    return Path(
        cost_s=cost_s,
        start_s=end_s,
        done=(*path.done, picks) if last else path.done,
        picks=() if last else picks,
        heard=(*path.heard, Heard(index, path.start_s, end_s)),
        toll_s=toll_s,
    )


def _joins_s(pool: Pool, path: Path, following: NDArray[np.int64]) -> NDArray[np.float64]:
    if not path.heard:
        return np.zeros(following.size)
    return join_s(_exit(pool, path.heard[-1]), pool.entries[following])


def _exit(pool: Pool, heard: Heard) -> NDArray[np.float64]:
    return pool.exit(heard.index, heard.end_s - heard.start_s)


def join_after_s(pool: Pool, path: Path, after: tuple[Heard, ...]) -> float:
    """Return what the join from a path to what is held after it costs."""
    if not after:
        return 0.0
    return float(_joins_s(pool, path, np.array([after[0].index]))[0])


def allowed(pool: Pool, path: Path, at: tuple[Room, Laid], held: Held) -> NDArray[np.bool_]:
    """Return which members of a room may come next: none heard, none too near its like."""
    room, laid = at
    free = np.ones(len(pool.tracks), np.bool_)
    free[[one.index for one in path.heard]] = False
    free[list(held.reserved())] = False
    for spacing in pool.spacings:
        near = [one.index for one in path.heard if path.start_s - one.end_s < spacing.apart_s]
        free &= spacing.unlike(near)
    free = free[room.members]
    for spacing in pool.spacings if held.after else ():
        nexts_s = spacing.next_s([(one.index, one.start_s) for one in held.after])
        free &= nexts_s[room.members] - laid.ends_s >= spacing.apart_s
    return free
