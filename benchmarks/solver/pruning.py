"""Which arcs of a network the best plan can have, so that the proof need not look at the others.

An arc is of no use if even the cheapest path through it costs more than a plan that is known.
These paths may pass a track twice, but at prices: what was paid for all tracks is taken off
again, so that no plan costs less than its path (Held & Karp, Operations Research 18, 1970).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 120
_TOLERANCE_S = 1e-3
_NO_TRACK = -1


@dataclass(frozen=True, slots=True)
class Arcs:
    """A network without loops, its first node the beginning and its second the end.

    Attributes
    ----------
    ends : NDArray[np.int64], shape (arcs, 2)
        From which node to which; every node but the end has a higher number than those before it.
    costs_s : NDArray[np.float64], shape (arcs,)
        What each costs.
    tracks : NDArray[np.int64], shape (arcs,)
        Which track each leads to; -1 is none.
    """

    ends: NDArray[np.int64]
    costs_s: NDArray[np.float64]
    tracks: NDArray[np.int64]

    def only(self, kept: NDArray[np.bool_]) -> "Arcs":
        """Return some of them."""
        return Arcs(self.ends[kept], self.costs_s[kept], self.tracks[kept])


def pruned(arcs: Arcs, known_s: float) -> Arcs:
    """Return the arcs that a plan can have that costs no more than one that is known.

    Parameters
    ----------
    arcs : Arcs
        All.
    known_s : float
        What some plan costs, in seconds of full error.
    """
    prices_s = np.zeros(int(arcs.tracks.max()) + 1)
    for _ in range(_ROUNDS):
        tolls_s = np.where(arcs.tracks == _NO_TRACK, 0.0, prices_s[arcs.tracks])
        through_s, uses = _through_s(arcs, arcs.costs_s + tolls_s)
        through_s -= prices_s.sum()
        least_s = through_s.min()
        arcs = arcs.only(through_s <= known_s + _TOLERANCE_S)
        excess = np.bincount(uses, minlength=prices_s.size) - 1.0
        wanted = np.where(prices_s > 0.0, excess, np.maximum(excess, 0.0))
        if least_s >= known_s - _TOLERANCE_S or not wanted.any():
            break
        stride_s = (known_s - least_s) / float(wanted @ wanted)
        prices_s = np.maximum(prices_s + stride_s * wanted, 0.0)
    return arcs


def _through_s(
    arcs: Arcs, costs_s: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return what the cheapest path through each arc costs, and the tracks of the cheapest."""
    sources, targets = arcs.ends.T
    count = int(arcs.ends.max()) + 1
    ranks = np.where(np.arange(count) == 1, count, np.arange(count))
    from_s, to_s = np.full(count, np.inf), np.full(count, np.inf)
    from_s[0] = to_s[1] = 0.0
    leading = np.zeros(count, np.int64)
    for group in _groups(ranks[targets]):
        sums_s = from_s[sources[group]] + costs_s[group]
        best = int(sums_s.argmin())
        target = targets[group[best]]
        from_s[target], leading[target] = sums_s[best], group[best]
    for group in reversed(_groups(sources)):
        to_s[sources[group[0]]] = (to_s[targets[group]] + costs_s[group]).min()
    uses, node = [], 1
    while node != 0:
        arc = leading[node]
        uses.append(int(arcs.tracks[arc]))
        node = int(sources[arc])
    return from_s[sources] + costs_s + to_s[targets], np.array(uses[1:], np.int64)


def _groups(keys: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the places of equal keys, the lowest key first."""
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)
