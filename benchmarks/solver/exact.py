"""The best plan there is, by another method: a network in time, solved as a mixed-integer program.

A node is a track begun at one moment of one phase; it costs what the track costs there. An arc
leads from it to each track that can begin where it ends, and costs the join. A plan is a path
through all phases that passes no track twice. HiGHS (Huangfu & Hall, Mathematical Programming
Computation 10, 2018) proves that none is cheaper. Of the solver only the rules of the layout and
the definition of the cost are used, none of its search.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from playlists.models import Track
from playlists.solver.constraints import may_sound_in, music_length_s
from playlists.solver.cost import Taste, cue_cost_s, join_cost_s
from playlists.solver.layout import CUE_FADE_S, Placed, Slot, latest_next_s
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


def least_cost_s(slots: Sequence[Slot], tracks: Sequence[Track], limit_s: float) -> float | None:
    """Return what the best plan costs; None if there is none, or it is not proven in time."""
    network = _network(slots, tracks)
    arcs = np.array(network.arcs)
    flows = _incidence(arcs[:, 1], len(network.nodes)) - _incidence(arcs[:, 0], len(network.nodes))
    wanted = np.zeros(len(network.nodes))
    wanted[:2] = -1.0, 1.0
    indices = {track.content_hash: index for index, track in enumerate(tracks)}
    played = [-1 if node is None else indices[node.track.content_hash] for node in network.nodes]
    into = np.array(played)[arcs[:, 1]]
    once = _incidence(into, len(tracks))
    found = milp(
        np.array(network.costs_s),
        integrality=np.ones(len(arcs)),
        bounds=Bounds(0.0, 1.0),
        constraints=[
            LinearConstraint(flows, wanted, wanted),
            LinearConstraint(once, 0.0, 1.0),
        ],
        options={"time_limit": limit_s, "mip_rel_gap": 1e-6},
    )
    return float(found.fun) if found.status == 0 else None


def _incidence(rows: NDArray[np.int64], count: int) -> csr_array:
    columns = np.flatnonzero(rows >= 0)
    return coo_array((np.ones(columns.size), (rows[columns], columns)), (count, rows.size)).tocsr()


def _network(slots: Sequence[Slot], tracks: Sequence[Track]) -> Network:
    """Return every place that a track can have, and how they may follow each other."""
    network = Network([None, None], [], [])
    waiting: dict[tuple[int, float], list[int]] = {(0, float(slots[0].start_s)): [0]}
    while waiting:
        slot, start_s = min(waiting)
        before = waiting.pop((slot, start_s))
        for track in tracks:
            placed = _placed(slots[slot], slot, track, start_s)
            if placed is None:
                continue
            node = len(network.nodes)
            network.nodes.append(placed)
            cost_s = cue_cost_s(slots[slot], placed, Taste())
            for leaving in before:
                _connect(network, leaving, node, cost_s)
            if placed.end_s < slots[slot].end_s:
                waiting.setdefault((slot, float(placed.end_s)), []).append(node)
            elif slot + 1 < len(slots):
                waiting.setdefault((slot + 1, float(placed.end_s)), []).append(node)
            else:
                network.arcs.append((node, 1))
                network.costs_s.append(0.0)
    return network


def _connect(network: Network, leaving: int, node: int, cost_s: float) -> None:
    before, after = network.nodes[leaving], network.nodes[node]
    if before is not None and after is not None:
        if before.track is after.track:
            return
        cost_s += join_cost_s(before, after)
    network.arcs.append((leaving, node))
    network.costs_s.append(cost_s)


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
    return Placed(track, index, *times_s, length_s, CUE_FADE_S)
