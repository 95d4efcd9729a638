"""From a large library to the few hundred tracks among which a plan is searched.

At every minute of the session each track is looked at in blocks of a minute, for what it would
cost there at least; the best are then looked at closely. The same figures give a lower bound on
the cost of any plan from the whole library, though one that is further off than ``bound`` is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from playlists.solver.constraints import CALM_PHASES, is_calm, music_length_s
from playlists.solver.cost import cut_s, targets_at
from playlists.solver.curve import curves_of
from playlists.solver.layout import CUE_FADE_S, Slot, latest_next_s
from playlists.solver.pool import Wishes, room_of

WHOLE = 300
"""Up to so many tracks all are searched."""

MINUTE_S = 60.0
_BINS = 6
_ROUGH, _CLOSE = 32, 10
"""How many tracks are looked at closely, and how many taken, for each minute of the session."""

_AT_ONCE = 2_000
"""So many tracks' curves are held at a time: their arrays stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What is searched, and what holds for the whole library.

    Attributes
    ----------
    tracks : tuple[Track, ...]
        In the order of the library.
    bound_s : float | None
        What any plan costs at least, in seconds of full error; None where nothing is left out.
    """

    tracks: tuple[Track, ...]
    bound_s: float | None


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Tracks in blocks of a minute, the longest track first.

    So those that last into their n-th minute are the first so many, and what holds of that minute
    is worked out for all of them without looking anything up.

    Attributes
    ----------
    indices : NDArray[np.int64], shape (tracks,)
        Which track of the library each is.
    lengths_s : NDArray[np.float64], shape (tracks,)
        Music's length, falling.
    handed : NDArray[np.int64], shape (tracks,)
        How many whole minutes each is heard that is left by a crossfade at its end.
    means, scatters : tuple[NDArray[np.float32], ...]
        For each minute, of the tracks that last so long: mean energy, and the mean distance from
        its median.
    """

    indices: NDArray[np.int64]
    lengths_s: NDArray[np.float64]
    handed: NDArray[np.int64]
    means: tuple[NDArray[np.float32], ...]
    scatters: tuple[NDArray[np.float32], ...]

    def only(self, wanted: NDArray[np.bool_]) -> "_Blocks":
        """Return some of them; what is wanted is of shape (tracks of the library,)."""
        kept = wanted[self.indices]
        return _Blocks(
            self.indices[kept],
            self.lengths_s[kept],
            self.handed[kept],
            tuple(part[kept[: part.size]] for part in self.means),
            tuple(part[kept[: part.size]] for part in self.scatters),
        )


def shortlisted(
    slots: Sequence[Slot], tracks: Sequence[Track], wishes: Wishes, wanted: frozenset[str]
) -> Shortlist:
    """Return the tracks to search among; those wanted by content hash are never left out."""
    if len(tracks) <= WHOLE:
        return Shortlist(tuple(tracks), None)
    everywhere = _blocks_of(tracks)
    calm = everywhere.only(np.array([is_calm(track) for track in tracks]))
    chosen = {index for index, track in enumerate(tracks) if track.content_hash in wanted}
    bound_s = 0.0
    for slot in slots:
        blocks = calm if slot.phase.name in CALM_PHASES else everywhere
        nearest, least_s = _looked_over(slot, blocks)
        bound_s += least_s
        near = [tracks[index] for index in nearest]
        chosen.update(nearest[_closest(slot, near, wishes)].tolist())
    return Shortlist(tuple(tracks[index] for index in sorted(chosen)), bound_s)


def _blocks_of(tracks: Sequence[Track]) -> _Blocks:
    parts = [
        _measured(tracks[first : first + _AT_ONCE]) for first in range(0, len(tracks), _AT_ONCE)
    ]
    means, scatters, counts = (np.concatenate(part) for part in zip(*parts, strict=True))
    lengths_s = np.array([music_length_s(track) for track in tracks])
    indices = np.argsort(-lengths_s, kind="stable")
    firsts, counts = (np.cumsum(counts) - counts)[indices], counts[indices]
    lasting = [firsts[: np.count_nonzero(counts > minute)] + minute for minute in range(counts[0])]
    return _Blocks(
        indices=indices,
        lengths_s=lengths_s[indices],
        handed=((lengths_s[indices] - CUE_FADE_S) / MINUTE_S).astype(np.int64),
        means=tuple(means[places] for places in lasting),
        scatters=tuple(scatters[places] for places in lasting),
    )


def _measured(
    tracks: Sequence[Track],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]:
    """Return the mean and scatter of each block of some tracks, and how many blocks each has."""
    curves = curves_of(tracks)
    counts = -(-curves.counts // _BINS)
    owners = np.repeat(np.arange(len(tracks)), counts)
    begins = _BINS * (np.arange(owners.size) - (np.cumsum(counts) - counts)[owners])
    places = np.minimum(
        begins[:, np.newaxis] + np.arange(_BINS), curves.counts[owners, np.newaxis] - 1
    )
    energies = curves.energies[curves.firsts[owners, np.newaxis] + places].astype(np.float32)
    energies.sort(axis=1)
    half = _BINS // 2
    scatters = (energies[:, half:].sum(axis=1) - energies[:, :half].sum(axis=1)) / _BINS
    return energies.mean(axis=1), scatters, counts


def _looked_over(slot: Slot, blocks: _Blocks) -> tuple[NDArray[np.int64], float]:
    """Return the tracks that may cost least in some minute, and what the phase costs at least.

    Tracks are begun somewhere within each minute.

    Returns
    -------
    tuple[NDArray[np.int64], float]
        Indices in the library, rising; seconds of full error.
    """
    minutes = max(1, int(np.ceil(slot.length_s / MINUTE_S)))
    ahead_s = np.concatenate([np.zeros(minutes), [np.inf, np.inf]])
    nearest = []
    for minute in range(minutes - 1, -1, -1):
        start_s = slot.start_s + minute * MINUTE_S
        last_s, handed_s, heard_s = _least_costs_s(slot, blocks, start_s)
        rates = np.minimum(
            last_s / max(slot.end_s - start_s, 1.0), handed_s / np.maximum(heard_s, 1.0)
        )
        nearest.append(_lowest(rates, _ROUGH))
        nexts = minute + (heard_s / MINUTE_S).astype(np.int64)
        onward_s = handed_s + np.minimum(ahead_s[:-1], ahead_s[1:])[nexts]
        ahead_s[minute] = np.minimum(last_s, onward_s).min(initial=np.inf)
    return np.sort(blocks.indices[np.unique(np.concatenate(nearest))]), float(ahead_s[0])


def _lowest(rates: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Return the places of the lowest numbers; of equal ones the first."""
    if rates.size <= count:
        return np.arange(rates.size)
    limit = np.partition(rates, count - 1)[count - 1]
    below = np.flatnonzero(rates < limit)
    return np.concatenate([below, np.flatnonzero(rates == limit)[: count - below.size]])


def _least_costs_s(
    slot: Slot, blocks: _Blocks, start_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return what tracks begun within a minute cost at least, and how long they sound at most.

    All are of shape (tracks,): the cost as the phase's last track, and as one that hands over,
    infinite where it cannot be that; and the seconds that one that hands over is heard at most.
    """
    lengths_s, end_s = blocks.lengths_s, start_s + MINUTE_S
    last_s, handed_s = _errors_s(slot, blocks, start_s)
    heard_s = np.minimum(lengths_s - CUE_FADE_S, latest_next_s(slot, start_s) - start_s)
    last_s += cut_s(np.array(slot.end_s - start_s), lengths_s)
    handed_s += cut_s(heard_s, lengths_s)
    last_s[end_s + lengths_s < slot.sounds_until_s] = np.inf
    handed_s[start_s + lengths_s >= slot.sounds_until_s] = np.inf
    return last_s, handed_s, heard_s


def _errors_s(
    slot: Slot, blocks: _Blocks, start_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least energy error of tracks begun within a minute, of shape (tracks,) each.

    As the phase's last track, and as one that hands over, as far as they are heard at least.
    """
    latest_s = min(start_s + MINUTE_S, slot.end_s)
    until_last = int((slot.end_s - latest_s) // MINUTE_S)
    until_handed = int((latest_next_s(slot, latest_s) - latest_s) // MINUTE_S)
    lows, highs = _target_ranges(slot, start_s, len(blocks.means))
    last_s, handed_s = np.zeros(blocks.lengths_s.size), np.zeros(blocks.lengths_s.size)
    for minute in range(min(until_last, len(blocks.means))):
        means, scatters = blocks.means[minute], blocks.scatters[minute]
        errors = np.maximum(lows[minute] - means, means - highs[minute])
        # Energies scatter about no level by less than about their median.
        np.maximum(errors, scatters - (highs[minute] - lows[minute]) / 2.0, out=errors)
        errors_s = MINUTE_S * np.maximum(errors, 0.0, out=errors)
        last_s[: errors.size] += errors_s
        if minute < until_handed:
            whole = np.searchsorted(-blocks.handed, -minute)
            handed_s[:whole] += errors_s[:whole]
    return last_s, handed_s


def _target_ranges(
    slot: Slot, start_s: float, count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the lowest and highest target of each minute after a start within one minute."""
    begins_s = start_s + MINUTE_S * np.arange(count)
    ends_s = begins_s + 2.0 * MINUTE_S
    knots_s = [slot.start_s + fraction * slot.length_s for fraction, _ in slot.phase.energy]
    moments = (begins_s, ends_s, *(np.clip(knot_s, begins_s, ends_s) for knot_s in knots_s))
    targets = np.array([targets_at(slot, at_s) for at_s in moments], np.float32)
    return targets.min(axis=0), targets.max(axis=0)


def _closest(slot: Slot, near: Sequence[Track], wishes: Wishes) -> NDArray[np.int64]:
    """Return the places of the tracks that cost least in some minute, looked at closely."""
    if not near:
        return np.zeros(0, np.int64)
    room = room_of(slot, near, curves_of(near), (np.arange(len(near)), wishes))
    chosen = []
    for minute in range(max(1, int(np.ceil(slot.length_s / MINUTE_S)))):
        start_s = min(slot.start_s + minute * MINUTE_S, slot.end_s - 1.0)
        laid = room.laid(start_s)
        rates = laid.costs_s / (laid.ends_s - start_s)
        chosen.append(np.argsort(rates, kind="stable")[:_CLOSE])
    return np.unique(np.concatenate(chosen))
