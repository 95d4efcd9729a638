"""The lower bound against costs worked out another way."""

import pytest
from fakes.tracks import library, track
from hypothesis import given, settings
from hypothesis import strategies as st

from playlists.routes import load_routes
from playlists.solver.bound import least_cost_s
from playlists.solver.cost import least_energy_error, total_cost_s
from playlists.solver.layout import lay_out, slots_of

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)
RISE, RETURN = SLOTS[1], SLOTS[3]


def test_one_track_that_fills_a_phase_is_the_bound_itself() -> None:
    only = track(energy=0.22, duration_s=760.0)
    placed = lay_out((RISE,), [[only]])
    assert placed is not None

    cost_s = total_cost_s((RISE,), placed, frozenset())

    assert least_cost_s(RISE, [only], frozenset()) == pytest.approx(cost_s, rel=0.02)
    assert least_cost_s(RISE, [only], frozenset()) <= cost_s


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 1000),
    chosen=st.lists(st.integers(0, 19), min_size=1, max_size=9, unique=True),
    liked=st.booleans(),
)
def test_no_order_costs_less_than_the_bound(seed: int, chosen: list[int], *, liked: bool) -> None:
    tracks = library(20, seed=seed)
    tags = frozenset({"warm"}) if liked else frozenset()
    orders = (lay_out((RISE,), [[tracks[i] for i in chosen[:n]]]) for n in range(1, 10))

    costs_s = [total_cost_s((RISE,), placed, tags) for placed in orders if placed]

    assert least_cost_s(RISE, tracks, tags) <= min(costs_s, default=float("inf"))


def test_the_bound_is_no_weaker_than_energy_alone() -> None:
    tracks = library(40)

    energy_s = float(least_energy_error(RETURN, tracks).sum())

    assert least_cost_s(RETURN, tracks, frozenset()) > energy_s


def test_with_nothing_to_choose_from_all_is_lost() -> None:
    assert least_cost_s(RETURN, [track(loudness_range_lu=9.0)], frozenset()) == 1200.0
