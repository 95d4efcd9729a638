"""Local improvement of a solution: exchange tracks while that lowers the cost."""

from collections.abc import Iterator, Sequence

from playlists.solver.constraints import ARTIST_APART_S
from playlists.solver.cost import cut_s, jump_s
from playlists.solver.layout import CUE_FADE_S, latest_next_s
from playlists.solver.pool import Picks, Pool

NEAREST = 12
PASSES = 4
_GAIN_S = 1e-6


def improved(pool: Pool, picks: Picks) -> Picks:
    """Return a solution at least as good, of the same number of tracks in each phase.

    Each place in turn takes whatever exchange lowers the cost most: with one of the unused
    tracks nearest in energy, or with the track of a later place.
    """
    scorer = _Scorer(pool)
    best_s = scorer.cost_s(picks)
    for _ in range(PASSES):
        before_s = best_s
        for place in range(sum(map(len, picks))):
            scored = [(scorer.cost_s(other), other) for other in _exchanges(pool, picks, place)]
            cost_s, other = min(scored, key=lambda item: item[0], default=(best_s, picks))
            if cost_s < best_s - _GAIN_S:
                picks, best_s = other, cost_s
        if best_s >= before_s:
            break
    return picks


def _exchanges(pool: Pool, picks: Picks, place: int) -> Iterator[Picks]:
    """Yield what each exchange at one place makes of a solution."""
    flat = [index for phase in picks for index in phase]
    here = flat[place]
    unused = sorted(set(range(len(pool.tracks))) - set(flat))
    unused.sort(key=lambda other: abs(pool.levels[other] - pool.levels[here]))
    for other in unused[:NEAREST]:
        yield _regrouped(picks, [*flat[:place], other, *flat[place + 1 :]])
    for later in range(place + 1, len(flat)):
        swapped = list(flat)
        swapped[place], swapped[later] = flat[later], here
        yield _regrouped(picks, swapped)


def _regrouped(shape: Picks, flat: Sequence[int]) -> Picks:
    groups, start = [], 0
    for phase in shape:
        groups.append(tuple(flat[start : start + len(phase)]))
        start += len(phase)
    return tuple(groups)


class _Scorer:
    """Costs of whole solutions; a phase that was seen before is not computed again."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._seen: dict[tuple[int, tuple[int, ...]], tuple[float, tuple[float, ...]]] = {}

    def cost_s(self, picks: Picks) -> float:
        """Return the cost in seconds of full error; infinite if a rule is broken."""
        total_s = 0.0
        ends_s: list[float] = []
        for slot, phase in enumerate(picks):
            if (slot, phase) not in self._seen:
                self._seen[slot, phase] = self._phase(slot, phase)
            cost_s, phase_ends_s = self._seen[slot, phase]
            total_s += cost_s
            ends_s += phase_ends_s
        flat = [index for phase in picks for index in phase]
        if total_s == float("inf") or self._artist_too_soon(flat, ends_s):
            return float("inf")
        return total_s + self._joins_s(flat)

    def _joins_s(self, flat: Sequence[int]) -> float:
        octaves = self._pool.octaves[list(flat)]
        return float(jump_s(octaves[:-1], octaves[1:]).sum())

    def _artist_too_soon(self, flat: Sequence[int], ends_s: Sequence[float]) -> bool:
        last_end_s: dict[int, float] = {}
        start_s = float(self._pool.slots[0].start_s)
        for index, end_s in zip(flat, ends_s, strict=True):
            artist = int(self._pool.artists[index])
            if artist >= 0 and start_s - last_end_s.get(artist, -ARTIST_APART_S) < ARTIST_APART_S:
                return True
            last_end_s[artist] = end_s
            start_s = end_s
        return False

    def _phase(self, slot: int, phase: Sequence[int]) -> tuple[float, tuple[float, ...]]:
        """Return one phase's cost, infinite if its tracks do not fill it, and the cues' ends."""
        room, sums_s = self._pool.slots[slot], self._pool.errors_s[slot]
        start_s, total_s = float(room.start_s), 0.0
        ends_s: list[float] = []
        for place, index in enumerate(phase):
            length_s = float(self._pool.lengths_s[index])
            is_last = start_s + length_s >= room.sounds_until_s
            if is_last is not (place == len(phase) - 1) or not self._pool.allowed[slot, index]:
                return float("inf"), ()
            natural_s = min(start_s + length_s - CUE_FADE_S, latest_next_s(room, start_s))
            end_s = float(room.end_s) if is_last else natural_s
            first, last = (
                min(round(time_s - room.start_s), sums_s.shape[1] - 1)
                for time_s in (start_s, end_s)
            )
            row = sums_s[self._pool.levels[index]]
            heard_s = end_s - start_s
            total_s += float(row[last] - row[first] + self._pool.rates[slot, index] * heard_s)
            total_s += float(cut_s(heard_s, length_s))
            ends_s.append(end_s)
            start_s = end_s
        return total_s, tuple(ends_s)
