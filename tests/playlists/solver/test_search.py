"""The search and its improvement against sums worked out another way."""

import itertools

from fakes.tracks import library, track

from playlists.arcs import load_arcs, scaled
from playlists.routes import load_routes
from playlists.solver.cost import total_cost_s
from playlists.solver.improve import improved
from playlists.solver.layout import lay_out, slots_of
from playlists.solver.pool import Picks, Wishes, pool_of
from playlists.solver.search import search

IV = load_routes()["iv"]
SLOTS = slots_of(scaled(IV, load_arcs()["gentle"]), IV.delivery_s)
WISHES = Wishes(frozenset(), seed=1)


def cost_s(tracks: tuple[object, ...], picks: Picks) -> float:
    placed = lay_out(SLOTS, [[tracks[index] for index in phase] for phase in picks])  # type: ignore[misc]
    assert placed is not None
    return total_cost_s(SLOTS, placed, frozenset())


def test_one_track_a_phase_is_matched_as_well_as_trying_every_order() -> None:
    energies = (0.21, 0.24, 0.41, 0.29, 0.26, 0.18)
    tracks = tuple(
        track(str(n), duration_s=1600.0, energy=energy) for n, energy in enumerate(energies)
    )

    picks = search(pool_of(SLOTS, tracks, WISHES))

    assert picks is not None
    every = (tuple((i,) for i in order) for order in itertools.permutations(range(6)))
    best_s = min(cost_s(tracks, order) for order in every)
    assert cost_s(tracks, picks) <= best_s * 1.02


def test_improving_undoes_a_bad_exchange() -> None:
    tracks = library(80, duration_s=300.0)
    pool = pool_of(SLOTS, tracks, WISHES)
    picks = search(pool)
    assert picks is not None
    good_s = cost_s(tracks, picks)
    worst = min(range(len(tracks)), key=lambda index: tracks[index].energy)
    spoiled = tuple(
        tuple(worst if (slot, place) == (2, 0) else index for place, index in enumerate(phase))
        for slot, phase in enumerate(picks)
    )
    spoiled_s = cost_s(tracks, spoiled)

    mended_s = cost_s(tracks, improved(pool, spoiled))

    assert spoiled_s - mended_s > 0.5 * (spoiled_s - good_s) > 0.0


def test_a_search_without_enough_music_finds_nothing() -> None:
    assert search(pool_of(SLOTS, library(5), WISHES)) is None
