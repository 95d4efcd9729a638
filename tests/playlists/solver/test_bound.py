"""The lower bounds against costs worked out another way."""

import pytest
from fakes.tracks import library, track
from hypothesis import given, settings
from hypothesis import strategies as st

from playlists.routes import load_routes
from playlists.solver.bound import relaxed
from playlists.solver.cost import Taste, total_cost_s
from playlists.solver.layout import lay_out, slots_of
from playlists.solver.pool import Wishes, pool_of
from playlists.solver.shortlist import WHOLE, shortlisted

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)
RISE, RETURN = SLOTS[1], SLOTS[3]


def test_one_track_that_fills_a_phase_is_the_bound_itself() -> None:
    only = track(energy=0.22, duration_s=760.0)
    placed = lay_out((RISE,), [[only]])
    assert placed is not None
    cost_s = total_cost_s((RISE,), placed, Taste())

    bound_s = relaxed(pool_of((RISE,), [only], Wishes(Taste(), 1)), cost_s).least_s

    assert bound_s == pytest.approx(cost_s, rel=0.03)
    assert bound_s <= cost_s


@settings(max_examples=6, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 1000),
    chosen=st.lists(st.integers(0, 19), min_size=1, max_size=9, unique=True),
    liked=st.booleans(),
)
def test_no_order_costs_less_than_the_bound(seed: int, chosen: list[int], *, liked: bool) -> None:
    tracks = library(20, seed=seed)
    taste = Taste(frozenset({"warm"}) if liked else frozenset())
    orders = (lay_out((RISE,), [[tracks[i] for i in chosen[:n]]]) for n in range(1, 10))

    costs_s = [total_cost_s((RISE,), placed, taste) for placed in orders if placed]

    least_s = min(costs_s, default=1e3)
    assert relaxed(pool_of((RISE,), tracks, Wishes(taste, 1)), least_s).least_s <= least_s


@settings(max_examples=2, deadline=None, derandomize=True)
@given(seed=st.integers(0, 1000), chosen=st.permutations(range(WHOLE + 40)))
def test_no_order_of_a_large_library_costs_less_than_its_bound(
    seed: int, chosen: list[int]
) -> None:
    tracks = library(WHOLE + 40, seed=seed)
    orders = (lay_out((RISE,), [[tracks[i] for i in chosen[:n]]]) for n in range(1, 10))

    found = shortlisted((RISE,), tracks, Wishes(Taste(), 1), frozenset())

    costs_s = [total_cost_s((RISE,), placed, Taste()) for placed in orders if placed]
    assert found.bound_s is not None
    assert 0.0 <= found.bound_s <= min(costs_s, default=1e3)


def test_prices_for_tracks_that_all_phases_want_raise_the_bound() -> None:
    scarce = [track(str(n), energy=0.25 if n < 2 else 0.05, duration_s=640.0) for n in range(9)]
    pool = pool_of((RISE, RISE, RETURN), scarce, Wishes(Taste(), 1))

    unpriced_s = relaxed(pool, 1e-9).least_s

    assert relaxed(pool, 400.0).least_s > 1.2 * unpriced_s


def test_with_nothing_to_choose_from_there_is_no_plan_at_any_cost() -> None:
    lively = pool_of((RETURN,), [track(loudness_range_lu=9.0)], Wishes(Taste(), 1))

    assert relaxed(lively, 100.0).least_s == float("inf")
