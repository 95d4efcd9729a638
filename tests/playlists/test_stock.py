"""Plans from tracks without their long curves are those from tracks with all that is known."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

import numpy as np
from fakes.clock import FakeClock
from fakes.tracks import library

from playlists.arcs import load_arcs, scaled
from playlists.models import Track
from playlists.routes import load_routes
from playlists.solver.arrange import Arrangement, arranged, swaps
from playlists.solver.attempt import Task
from playlists.solver.cost import Taste
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes
from playlists.solver.shortlist import WHOLE
from playlists.solver.solve import Order, solve

IM = load_routes()["im"]
SLOTS = slots_of(scaled(IM, load_arcs()["gentle"]), IM.delivery_s)


def with_curve(one: Track, curve: tuple[float, ...]) -> Track:
    return replace(one, analysis=replace(one.analysis, loudness_curve=curve))


def test_what_is_read_late_changes_no_plan_no_swap_and_no_arrangement() -> None:
    rng = np.random.default_rng(1)
    full = [
        with_curve(one, tuple(rng.uniform(-30.0, -12.0, 300).tolist()))
        for one in library(WHOLE + 20)
    ]
    known = {one.content_hash: one for one in full}
    read: list[Track] = []

    def complete(tracks: Iterable[Track]) -> tuple[Track, ...]:
        found = tuple(known[one.content_hash] for one in tracks)
        read.extend(found)
        return found

    task = Task(SLOTS, Wishes(Taste(), 1))
    usual = Order("im", task, tuple(full))
    short = tuple(with_curve(one, ()) for one in full)
    late = replace(usual, task=replace(task, complete=complete), tracks=short)

    found = solve(late, FakeClock())

    assert 0 < len({one.content_hash for one in read}) < len(full)
    assert found.placed == solve(usual, FakeClock()).placed
    assert found.proof == solve(usual, FakeClock()).proof
    assert found.proof.cost != solve(replace(usual, tracks=short), FakeClock()).proof.cost
    rows = groupby(found.placed, lambda cue: cue.slot)
    picks = Arrangement(tuple(tuple(cue.track.content_hash for cue in row) for _, row in rows))
    assert swaps(late, picks, (0, 0)) == swaps(usual, picks, (0, 0))
    late_again, again = (arranged(order, picks, FakeClock()) for order in (late, usual))
    assert (late_again.placed, late_again.proof) == (again.placed, again.proof)
