"""The best plan there is, by another method: a network in time, solved as a mixed-integer program.

A node is a track begun at one moment of one phase; it costs what the track costs there. An arc
leads from it to each track that can begin where it ends, and costs the join. A plan is a path
through all phases that passes no track twice. HiGHS (Huangfu & Hall, Mathematical Programming
Computation 10, 2018) proves that none is cheaper. Of the solver only the rules of the layout and
the definition of the cost are used, none of its search; but arcs that no plan as cheap as the one
it found can have are left out beforehand (``pruning``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from benchmarks.solver.pruning import Arcs, pruned
from playlists.models import Track
from playlists.solver.constraints import may_sound_in, music_length_s
from playlists.solver.cost import Taste, cue_cost_s
from playlists.solver.join import entry_of, exit_of, join_s
from playlists.solver.layout import CUE_FADE_S, USUAL_JOIN, Placed, Slot, latest_next_s
from soundscape.units import Seconds


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and arcs; the first node is the beginning, the second the end.

    Attributes
    ----------
    nodes : list[Placed | None]
        Tracks in their places.
    arcs : list[tuple[int, int]]
        From one node to the next.
    costs_s : list[float]
        Of each arc with the node that it leads to.
    """

    nodes: list[Placed | None]
    arcs: list[tuple[int, int]]
    costs_s: list[float]


def least_cost_s(
    slots: Sequence[Slot], tracks: Sequence[Track], known_s: float, limit_s: float
) -> float | None:
    """Return what the best plan costs; None if it is not proven in time.

    Parameters
    ----------
    slots : Sequence[Slot]
        The phases.
    tracks : Sequence[Track]
        What there is to choose from.
    known_s : float
        What some plan costs; the best is looked for among those that cost no more.
    limit_s : float
        Time that the proof may take.
    """
    network = _network(slots, tracks)
    arcs = pruned(_arcs(network, tracks), known_s)
    sources, targets = arcs.ends.T
    count = len(network.nodes)
    wanted = np.zeros(count)
    wanted[:2] = -1.0, 1.0
    flows = _incidence(targets, count) - _incidence(sources, count)
    once = _incidence(arcs.tracks, len(tracks))
    found = milp(
        arcs.costs_s,
        integrality=np.ones(arcs.costs_s.size),
        bounds=Bounds(0.0, 1.0),
        constraints=[
            LinearConstraint(flows, wanted, wanted),
            LinearConstraint(once, 0.0, 1.0),
        ],
        options={"time_limit": limit_s, "mip_rel_gap": 1e-6},
    )
    return float(found.fun) if found.status == 0 else None


def _arcs(network: Network, tracks: Sequence[Track]) -> Arcs:
    indices = {track.content_hash: index for index, track in enumerate(tracks)}
    played = [-1 if node is None else indices[node.track.content_hash] for node in network.nodes]
    ends = np.array(network.arcs)
    return Arcs(ends, np.array(network.costs_s), np.array(played)[ends[:, 1]])


def _incidence(rows: NDArray[np.int64], count: int) -> csr_array:
    columns = np.flatnonzero(rows >= 0)
    return coo_array((np.ones(columns.size), (rows[columns], columns)), (count, rows.size)).tocsr()


def _network(slots: Sequence[Slot], tracks: Sequence[Track]) -> Network:
    """Return every place that a track can have, and how they may follow each other."""
    network = Network([None, None], [], [])
    waiting: dict[tuple[int, float], list[int]] = {(0, float(slots[0].start_s)): [0]}
    entries = np.array([entry_of(track) for track in tracks])
    while waiting:
        slot, start_s = min(waiting)
        before = [
            (node, _joins_s(network.nodes[node], entries)) for node in waiting.pop((slot, start_s))
        ]
        for place, track in enumerate(tracks):
            placed = _placed(slots[slot], slot, track, start_s)
            if placed is None:
                continue
            node = len(network.nodes)
            network.nodes.append(placed)
            cost_s = cue_cost_s(slots[slot], placed, Taste())
            for leaving, joins_s in before:
                earlier = network.nodes[leaving]
                if earlier is None or earlier.track is not track:
                    network.arcs.append((leaving, node))
                    network.costs_s.append(cost_s + float(joins_s[place]))
            if placed.end_s < slots[slot].end_s:
                waiting.setdefault((slot, float(placed.end_s)), []).append(node)
            elif slot + 1 < len(slots):
                waiting.setdefault((slot + 1, float(placed.end_s)), []).append(node)
            else:
                network.arcs.append((node, 1))
                network.costs_s.append(0.0)
    return network


def _joins_s(leaving: Placed | None, entries: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the joins from a cue to each track cost; shape (tracks,)."""
    if leaving is None:
        return np.zeros(len(entries))
    return join_s(exit_of(leaving.track, leaving.end_s - leaving.start_s), entries)


def _placed(slot: Slot, index: int, track: Track, start_s: float) -> Placed | None:
    """Return a track begun at a moment, until the next begins; None if it may not be there."""
    if not may_sound_in(track, slot.phase.name):
        return None
    length_s = music_length_s(track)
    if start_s + length_s >= slot.sounds_until_s:
        end_s = float(slot.end_s)
    else:
        end_s = min(start_s + length_s - CUE_FADE_S, latest_next_s(slot, start_s))
    times_s = (Seconds(start_s), Seconds(round(end_s, 6)))
    return Placed(track, index, *times_s, length_s, USUAL_JOIN)
