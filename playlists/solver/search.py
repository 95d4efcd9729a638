"""The best order of tracks that can be found in bounded work, the same for the same seed.

A beam search fills phase after phase, guided by the cost so far and the least error still ahead
in the phase; ``improve`` then exchanges tracks. Work is bounded by counts, never by a clock, so
that a plan does not depend on how busy the machine is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.solver.constraints import ARTIST_APART_S
from playlists.solver.cost import cut_s, jump_s
from playlists.solver.improve import improved
from playlists.solver.layout import CUE_FADE_S, latest_next_s
from playlists.solver.pool import Picks, Pool

BEAM = 24
BRANCHES = 10


@dataclass(frozen=True, slots=True)
class _Path:
    """A beginning of a session: its tracks so far, and where the next one starts."""

    cost_s: float
    start_s: float
    done: Picks
    picks: tuple[int, ...]
    heard: tuple[tuple[int, float], ...]

    @property
    def used(self) -> list[int]:
        return [index for picks in (*self.done, self.picks) for index in picks]


def search(pool: Pool) -> Picks | None:
    """Return the best tracks found for every phase; None if some phase could not be filled."""
    paths = [_Path(0.0, pool.slots[0].start_s, (), (), ())]
    for slot in range(len(pool.slots)):
        paths = _fill(pool, slot, paths)
        if not paths:
            return None
    return improved(pool, paths[0].done)


def _fill(pool: Pool, slot: int, paths: list[_Path]) -> list[_Path]:
    """Return the best ways to fill one phase after each of some beginnings."""
    finished: list[_Path] = []
    while paths:
        ranked: list[tuple[float, _Path]] = []
        for path in paths:
            for guess_s, following in _branches(pool, slot, path):
                if len(following.done) > slot:
                    finished.append(following)
                else:
                    ranked.append((guess_s, following))
        ranked.sort(key=lambda item: item[0])
        paths = [path for _, path in ranked[:BEAM]]
    finished.sort(key=lambda path: path.cost_s)
    return finished[:BEAM]


def _branches(pool: Pool, slot: int, path: _Path) -> Iterator[tuple[float, _Path]]:
    """Yield the best next tracks after a beginning, each with a guess of the whole's cost."""
    free = _free(pool, slot, path)
    if free.size == 0:
        return
    room = pool.slots[slot]
    start_s = path.start_s
    lengths_s = pool.lengths_s[free]
    is_last = start_s + lengths_s >= room.sounds_until_s
    next_s = np.minimum(start_s + lengths_s - CUE_FADE_S, latest_next_s(room, start_s))
    ends_s = np.where(is_last, room.end_s, next_s)
    costs_s = path.cost_s + _costs(pool, slot, path, (free, ends_s))
    ahead_s = pool.ahead_s[slot]
    steps = np.minimum(np.rint(ends_s - room.start_s).astype(int), ahead_s.size - 1)
    guesses_s = costs_s + ahead_s[steps]
    for place in np.argsort(guesses_s, kind="stable")[:BRANCHES]:
        index, end_s = int(free[place]), float(ends_s[place])
        picks = (*path.picks, index)
        artist = int(pool.artists[index])
        following = _Path(
            cost_s=float(costs_s[place]),
            start_s=end_s,
            done=(*path.done, picks) if is_last[place] else path.done,
            picks=() if is_last[place] else picks,
            heard=path.heard if artist < 0 else (*path.heard, (artist, end_s)),
        )
        yield float(guesses_s[place]), following


def _free(pool: Pool, slot: int, path: _Path) -> NDArray[np.intp]:
    """Return the tracks that may come next."""
    allowed = pool.allowed[slot].copy()
    allowed[path.used] = False
    for artist, end_s in path.heard:
        if path.start_s - end_s < ARTIST_APART_S:
            allowed &= pool.artists != artist
    return np.flatnonzero(allowed)


def _costs(
    pool: Pool,
    slot: int,
    path: _Path,
    ahead: tuple[NDArray[np.intp], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Return what each next track costs until its end, its join included."""
    free, ends_s = ahead
    room = pool.slots[slot]
    sums_s = pool.errors_s[slot]
    first = min(round(path.start_s - room.start_s), sums_s.shape[1] - 1)
    last = np.minimum(np.rint(ends_s - room.start_s).astype(int), sums_s.shape[1] - 1)
    levels = pool.levels[free]
    heard_s = ends_s - path.start_s
    costs_s = sums_s[levels, last] - sums_s[levels, first] + pool.rates[slot, free] * heard_s
    costs_s += cut_s(heard_s, pool.lengths_s[free])
    used = path.used
    if used:
        costs_s += jump_s(pool.octaves[used[-1]], pool.octaves[free])
    return np.asarray(costs_s, np.float64)
