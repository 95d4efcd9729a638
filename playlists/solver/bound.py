"""A lower bound on the cost of any plan: no order of these tracks can cost less.

Each phase is solved on its own from its end to its start, with every track to choose from at
each start; joins, and that artists are kept apart, are left out, as they only add. That no track
is played twice is kept by prices (Lagrangian relaxation: Held & Karp, Operations Research 18,
1970): a track that the phases want more than once costs more in the next round, and what was
paid for all tracks is taken off again, so that each round's sum is a bound; the highest counts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.solver.cost import cut_s, targets_at
from playlists.solver.curve import BIN_S, bin_middles_s
from playlists.solver.layout import CUE_FADE_S, latest_next_s
from playlists.solver.pool import Pool, Room

STEP_S = 5.0
"""Starts this near to each other are taken together, as cheap as the cheapest of them."""

ROUNDS = 24
"""Rounds of prices; each takes about as long as the first."""

_CLOSE = 0.01


@dataclass(frozen=True, slots=True)
class _Choices:
    """What each member of a room costs at least from each step on; arrays (steps, members).

    Attributes
    ----------
    last_s, handed_s : NDArray[np.float64]
        As the phase's last track, and as one that hands over; infinite where it cannot be that.
    nexts : NDArray[np.int64]
        The first of the two steps in which the track after it can start.
    members : NDArray[np.int64]
        Their indices in the pool; shape (members,).
    """

    last_s: NDArray[np.float64]
    handed_s: NDArray[np.float64]
    nexts: NDArray[np.int64]
    members: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What is known of all plans where nothing but prices keeps a track from being played twice.

    Attributes
    ----------
    least_s : float
        What any plan costs at least, in seconds of full error; infinite if there is none.
    prices_s : NDArray[np.float64], shape (tracks,)
        What each track costs beside, so that few are wanted twice.
    aheads_s : tuple[NDArray[np.float64], ...]
        For each phase what the rest of it costs at least from each step on, prices included;
        each of shape (steps + 1,).
    """

    least_s: float
    prices_s: NDArray[np.float64]
    aheads_s: tuple[NDArray[np.float64], ...]


def relaxed(pool: Pool, known_s: float) -> Relaxed:
    """Return the prices under which plans cost most at least, and what follows from them.

    Parameters
    ----------
    pool : Pool
        All tracks that passed the gates.
    known_s : float
        What a plan that is known costs; there is no looking for a bound much nearer than that.
    """
    if any(room.members.size == 0 for room in pool.rooms):
        return Relaxed(float("inf"), np.zeros(len(pool.tracks)), ())
    rooms = [_choices(room) for room in pool.rooms]
    prices_s = np.zeros(len(pool.tracks))
    best = Relaxed(0.0, prices_s, tuple(np.zeros(len(room.nexts) + 1) for room in rooms))
    for _ in range(ROUNDS):
        uses = np.zeros(len(pool.tracks))
        aheads_s = tuple(_aheads_s(room, prices_s, uses) for room in rooms)
        total_s = sum(float(ahead_s[0]) for ahead_s in aheads_s) - float(prices_s.sum())
        if total_s > best.least_s:
            best = Relaxed(total_s, prices_s, aheads_s)
        wanted = np.where(prices_s > 0.0, uses - 1.0, np.maximum(uses - 1.0, 0.0))
        if best.least_s >= known_s * (1.0 - _CLOSE) or not wanted.any():
            break
        stride_s = (known_s - total_s) / float(wanted @ wanted)
        prices_s = np.maximum(prices_s + stride_s * wanted, 0.0)
    return best


def _choices(room: Room) -> _Choices:
    steps = int(np.ceil(room.slot.length_s / STEP_S))
    rows = [_row(room, room.slot.start_s + step * STEP_S) for step in range(steps)]
    last_s, handed_s, next_s = (np.array(part) for part in zip(*rows, strict=True))
    return _Choices(
        last_s=last_s,
        handed_s=handed_s,
        nexts=((next_s - room.slot.start_s) // STEP_S).astype(np.int64),
        members=room.members,
    )


def _row(
    room: Room, start_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return what members cost at least, begun within one step, and when the next may start."""
    slot, lengths_s = room.slot, room.lengths_s
    end_s = start_s + STEP_S
    sums_s = _error_sums_s(room, start_s)
    may_last = end_s + lengths_s >= slot.sounds_until_s
    may_hand = start_s + lengths_s < slot.sounds_until_s
    # One that starts later in the step is heard for less, where it has to leave early.
    last_s = _heard_cost_s(
        room,
        sums_s,
        tuple(np.full(lengths_s.size, slot.end_s - at_s) for at_s in (end_s, start_s)),
    )
    heard_s = tuple(
        np.minimum(lengths_s - CUE_FADE_S, latest_next_s(slot, at_s) - at_s)
        for at_s in (end_s, start_s)
    )
    handed_s = _heard_cost_s(room, sums_s, heard_s)
    return (
        np.where(may_last, last_s, np.inf),
        np.where(may_hand, handed_s, np.inf),
        start_s + heard_s[1],
    )


def _heard_cost_s(
    room: Room, sums_s: NDArray[np.float64], heard_s: tuple[NDArray[np.float64], ...]
) -> NDArray[np.float64]:
    """Return the cost of hearing members for at least some seconds, at most some others."""
    least_s, most_s = (np.maximum(seconds, 0.0) for seconds in heard_s)
    full = np.minimum((least_s // BIN_S).astype(np.int64), room.curves.counts)
    places = room.curves.firsts + full
    errors_s = sums_s[places] - sums_s[room.curves.firsts]
    part = np.minimum(places, sums_s.size - 2)
    errors_s += (sums_s[part + 1] - sums_s[part]) * np.where(
        full < room.curves.counts, least_s / BIN_S - full, 0.0
    )
    return np.asarray(errors_s + room.rates * least_s + cut_s(most_s, room.lengths_s))


def _error_sums_s(room: Room, start_s: float) -> NDArray[np.float64]:
    """Return running sums of the least energy error of each bin, begun within one step."""
    curves, slot = room.curves, room.slot
    low_s = bin_middles_s(start_s, int(curves.counts.max(initial=1)))
    knots_s = [slot.start_s + fraction * slot.length_s for fraction, _ in slot.phase.energy]
    moments = [np.clip(knot_s, low_s, low_s + STEP_S) for knot_s in knots_s]
    targets = np.array([targets_at(slot, at_s) for at_s in (low_s, low_s + STEP_S, *moments)])
    places = np.arange(curves.energies.size) - np.repeat(curves.firsts, curves.counts)
    below = targets.min(axis=0)[places] - curves.energies
    above = curves.energies - targets.max(axis=0)[places]
    errors_s = BIN_S * np.maximum(np.maximum(below, above), 0.0)
    return np.concatenate([[0.0], np.cumsum(errors_s)])


def _aheads_s(
    room: _Choices, prices_s: NDArray[np.float64], uses: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what a phase costs at least from each step on, and count the tracks it takes.

    Prices and uses are of shape (tracks,); the costs, of shape (steps + 1,), end at 0.
    """
    steps = len(room.nexts)
    ahead_s = np.concatenate([np.zeros(steps), [np.inf, np.inf]])
    chosen = np.zeros(steps, np.int64)
    onward = np.full(steps, steps)
    prices = prices_s[room.members]
    for step in range(steps - 1, -1, -1):
        nexts = room.nexts[step]
        handed_s = room.handed_s[step] + np.minimum(ahead_s[nexts], ahead_s[nexts + 1])
        costs_s = np.minimum(room.last_s[step], handed_s) + prices
        member = int(costs_s.argmin())
        ahead_s[step], chosen[step] = costs_s[member], member
        if handed_s[member] < room.last_s[step][member]:
            first = int(nexts[member])
            onward[step] = first + int(ahead_s[first + 1] < ahead_s[first])
    step = 0
    while step < steps:
        uses[room.members[chosen[step]]] += 1.0
        step = int(onward[step])
    return ahead_s[: steps + 1]
