"""Local improvement of a solution: fill one phase or two anew while that lowers the cost."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from playlists.solver.pool import Pool
from playlists.solver.search import Heard, Held, Path, append, fill, join_after_s

PASSES = 3
NARROW_BEAM = 6
_WIDE_BEAM = 120
_WORK = 1400
_GAIN_S = 1e-6


def improved(pool: Pool, path: Path, held: Held) -> Path:
    """Return a solution at least as good; what is held stays as it is.

    Each phase in turn, then each two of them, are filled anew, with what the others leave.
    """
    for _ in range(PASSES):
        before_s = path.cost_s
        for free in _neighborhoods(len(pool.slots)):
            other = refilled(pool, path, free, held)
            if other is not None and other.cost_s < path.cost_s - _GAIN_S:
                path = other
        if path.cost_s >= before_s - _GAIN_S:
            break
    return path


def beam_for(pool: Pool) -> int:
    """Return how many beginnings are followed.

    Where tracks are few, a good one that is missed costs much, and looking wider costs little.
    """
    return min(_WIDE_BEAM, max(NARROW_BEAM, _WORK // len(pool.tracks)))


def _neighborhoods(slots: int) -> Iterator[tuple[int, ...]]:
    for count in (1, 2):
        yield from combinations(range(slots), count)


def refilled(pool: Pool, path: Path, free: tuple[int, ...], held: Held) -> Path | None:
    """Return a solution with some phases filled anew and the others as they were.

    None if that cannot be, as when the beam misses the only ways there are.
    """
    by_phase = _by_phase(path, held)
    beam = beam_for(pool)
    paths = _appended(pool, [_begun(pool, held)], path, (0, free[0]))
    for slot in range(free[0], free[-1] + 1):
        fixed = [by_phase[later] for later in range(slot + 1, len(by_phase)) if later not in free]
        if slot in free:
            after = tuple(one for phase in fixed for one in phase)
            paths = fill(pool, slot, paths, replace(held, after=after), beam)
        else:
            paths = _appended(pool, paths, path, (slot, slot + 1))
    if not paths:
        return None
    rest = tuple(one for phase in by_phase[free[-1] + 1 :] for one in phase)
    best = min(paths, key=lambda one: one.cost_s + join_after_s(pool, one, rest))
    return next(iter(_appended(pool, [best], path, (free[-1] + 1, len(pool.slots)))), None)


def _begun(pool: Pool, held: Held) -> Path:
    return Path(0.0, pool.slots[0].start_s, (), (), held.before)


def _appended(pool: Pool, paths: list[Path], path: Path, span: tuple[int, int]) -> list[Path]:
    """Return beginnings with some more phases as a solution has them, where they may follow."""
    for slot in range(*span):
        longer = (append(pool, slot, one, path.done[slot]) for one in paths)
        paths = [one for one in longer if one is not None]
    return paths


def _by_phase(path: Path, held: Held) -> list[tuple[Heard, ...]]:
    """Return a solution's tracks in their places, phase by phase."""
    left = list(path.heard[len(held.before) :])
    found = []
    for picks in path.done:
        found.append(tuple(left[: len(picks)]))
        del left[: len(picks)]
    return found
