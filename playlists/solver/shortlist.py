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
from playlists.solver.curve import Curves, curves_of
from playlists.solver.layout import CUE_FADE_S, Slot, latest_next_s
from playlists.solver.pool import Room, Wishes, room_of

WHOLE = 300
"""Up to so many tracks all are searched."""

MINUTE_S = 60.0
_BINS = 6
_ROUGH, _CLOSE = 32, 10
"""How many tracks are looked at closely, and how many taken, for each minute of the session."""


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
    """Tracks in blocks of a minute.

    Attributes
    ----------
    means, scatters : NDArray[np.float32], shape (all blocks,)
        Mean energy of each minute, and the mean distance from its median.
    firsts, counts : NDArray[np.int64], shape (tracks,)
        Where a track's blocks begin, and how many they are.
    lengths_s : NDArray[np.float64], shape (tracks,)
        Music's length.
    """

    means: NDArray[np.float32]
    scatters: NDArray[np.float32]
    firsts: NDArray[np.int64]
    counts: NDArray[np.int64]
    lengths_s: NDArray[np.float64]


def shortlisted(
    slots: Sequence[Slot], tracks: Sequence[Track], wishes: Wishes, wanted: frozenset[str]
) -> Shortlist:
    """Return the tracks to search among; those wanted by content hash are never left out."""
    if len(tracks) <= WHOLE:
        return Shortlist(tuple(tracks), None)
    curves = curves_of(tracks)
    blocks = _blocks_of(tracks, curves)
    calm = np.array([is_calm(track) for track in tracks])
    chosen = np.array([track.content_hash in wanted for track in tracks])
    bound_s = 0.0
    for slot in slots:
        members = np.flatnonzero(calm) if slot.phase.name in CALM_PHASES else np.arange(calm.size)
        rates, least_s = _looked_over(slot, _of(blocks, members))
        bound_s += least_s
        nearest = members[_nearest(rates)]
        chosen[_closest(room_of(slot, tracks, curves, (nearest, wishes)), len(rates))] = True
    return Shortlist(
        tuple(one for one, taken in zip(tracks, chosen, strict=True) if taken), bound_s
    )


def _blocks_of(tracks: Sequence[Track], curves: Curves) -> _Blocks:
    counts = -(-curves.counts // _BINS)
    firsts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(tracks)), counts)
    begins = _BINS * (np.arange(owners.size) - firsts[owners])
    places = np.minimum(
        begins[:, np.newaxis] + np.arange(_BINS), curves.counts[owners, np.newaxis] - 1
    )
    energies = curves.energies[curves.firsts[owners, np.newaxis] + places].astype(np.float32)
    energies.sort(axis=1)
    half = _BINS // 2
    return _Blocks(
        means=energies.mean(axis=1),
        scatters=(energies[:, half:].sum(axis=1) - energies[:, :half].sum(axis=1)) / _BINS,
        firsts=firsts,
        counts=counts,
        lengths_s=np.array([music_length_s(track) for track in tracks]),
    )


def _of(blocks: _Blocks, members: NDArray[np.int64]) -> _Blocks:
    """Return the blocks of some tracks."""
    if members.size == blocks.counts.size:
        return blocks
    counts = blocks.counts[members]
    firsts = np.cumsum(counts) - counts
    places = np.arange(counts.sum()) + np.repeat(blocks.firsts[members] - firsts, counts)
    return _Blocks(
        blocks.means[places], blocks.scatters[places], firsts, counts, blocks.lengths_s[members]
    )


def _looked_over(slot: Slot, blocks: _Blocks) -> tuple[NDArray[np.float32], float]:
    """Return what a second of each track costs at least, and what the phase costs at least.

    Tracks are begun somewhere within each minute.

    Returns
    -------
    tuple[NDArray[np.float32], float]
        Shares of full error, shape (minutes, tracks); seconds of full error.
    """
    minutes = max(1, int(np.ceil(slot.length_s / MINUTE_S)))
    ahead_s = np.concatenate([np.zeros(minutes), [np.inf, np.inf]])
    rates = np.empty((minutes, blocks.counts.size), np.float32)
    for minute in range(minutes - 1, -1, -1):
        start_s = slot.start_s + minute * MINUTE_S
        costs_s, heard_s = _least_costs_s(slot, blocks, start_s)
        rates[minute] = np.min(costs_s / np.maximum(heard_s, 1.0), axis=0)
        nexts = ((start_s + heard_s[1] - slot.start_s) // MINUTE_S).astype(np.int64)
        onward_s = costs_s[1] + np.minimum(ahead_s[nexts], ahead_s[nexts + 1])
        ahead_s[minute] = np.minimum(costs_s[0], onward_s).min(initial=np.inf)
    return rates, float(ahead_s[0])


def _least_costs_s(
    slot: Slot, blocks: _Blocks, start_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what tracks begun within a minute cost at least, and how long they sound at most.

    Returns
    -------
    tuple[NDArray[np.float64], NDArray[np.float64]]
        Both of shape (2, tracks): as the phase's last track, and as one that hands over;
        infinite where it cannot be that.
    """
    lengths_s, end_s = blocks.lengths_s, start_s + MINUTE_S
    sums_s = _block_sums_s(slot, blocks, start_s)
    heard_s = np.array(
        [
            [
                np.full(lengths_s.size, slot.end_s - at_s),
                np.minimum(lengths_s - CUE_FADE_S, latest_next_s(slot, at_s) - at_s),
            ]
            for at_s in (min(end_s, slot.end_s), start_s)
        ]
    )
    full = np.minimum((heard_s[0] // MINUTE_S).astype(np.int64), blocks.counts)
    costs_s = sums_s[blocks.firsts + full] - sums_s[blocks.firsts]
    costs_s += cut_s(heard_s[1], lengths_s)
    costs_s[0, end_s + lengths_s < slot.sounds_until_s] = np.inf
    costs_s[1, start_s + lengths_s >= slot.sounds_until_s] = np.inf
    return costs_s, heard_s[1]


def _block_sums_s(slot: Slot, blocks: _Blocks, start_s: float) -> NDArray[np.float64]:
    """Return running sums of the least energy error of each block."""
    places = np.arange(blocks.means.size) - np.repeat(blocks.firsts, blocks.counts)
    lows, highs = _target_ranges(slot, start_s, int(blocks.counts.max(initial=1)))
    errors = np.maximum(lows[places] - blocks.means, blocks.means - highs[places])
    # Energies scatter about no level by less than about their median.
    errors = np.maximum(errors, blocks.scatters - (highs - lows)[places] / 2.0)
    return np.concatenate([[0.0], np.cumsum(MINUTE_S * np.maximum(errors, 0.0), dtype=np.float64)])


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


def _nearest(rates: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the tracks that may cost least in some minute."""
    if rates.shape[1] <= _ROUGH:
        return np.arange(rates.shape[1])
    return np.unique(np.argpartition(rates, _ROUGH, axis=1)[:, :_ROUGH])


def _closest(room: Room, minutes: int) -> NDArray[np.int64]:
    """Return the tracks that cost least in some minute, looked at closely."""
    if room.members.size == 0:
        return room.members
    chosen = []
    for minute in range(minutes):
        start_s = min(room.slot.start_s + minute * MINUTE_S, room.slot.end_s - 1.0)
        laid = room.laid(start_s)
        rates = laid.costs_s / (laid.ends_s - start_s)
        chosen.append(np.argsort(rates, kind="stable")[:_CLOSE])
    return room.members[np.unique(np.concatenate(chosen))]
