"""One attempt: what cannot be is seen at once, and what is hopeless is not improved."""

from dataclasses import replace

from fakes.tracks import library

from playlists.arcs import load_arcs, scaled
from playlists.routes import load_routes
from playlists.solver.attempt import HOPELESS, Task, attempted, is_hopeless, tried
from playlists.solver.cost import Taste
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes, pool_of
from playlists.solver.proof import ENERGY_ERROR_AT_MOST
from playlists.solver.search import search

IV = load_routes()["iv"]
SLOTS = slots_of(scaled(IV, load_arcs()["gentle"]), IV.delivery_s)
TASK = Task(SLOTS, Wishes(Taste(), 1))


def test_a_phase_in_which_nothing_may_sound_is_not_filled() -> None:
    restless = library(40, loudness_range_lu=10.0)

    assert attempted(TASK, restless).placed == ()
    assert search(pool_of(SLOTS, restless, TASK.wishes)) is None


def test_one_artist_fills_no_session_but_where_nobody_is_kept_apart() -> None:
    alone = library(60, artist="Mara")
    together = replace(TASK, wishes=replace(TASK.wishes, spaced=False))

    assert tried(TASK, alone).placed == ()
    assert tried(together, alone).placed != ()


def test_lively_music_alone_is_hopeless_and_is_found_the_same_however_thoroughly() -> None:
    lively = library(60, energy=0.9, energy_curve=((0.0, 0.9),))

    found = attempted(TASK, lively)

    assert is_hopeless(SLOTS, found.placed)
    assert found.placed == attempted(replace(TASK, thorough=False), lively).placed
    assert found.least_s > 0.0


def test_what_is_hopeless_is_far_from_what_a_plan_may_miss() -> None:
    assert HOPELESS >= 2.0 * ENERGY_ERROR_AT_MOST
    assert not is_hopeless(SLOTS, ())
