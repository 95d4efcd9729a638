"""Alternatives for a place are ranked by what they do to the plan, and keep its rules."""

from fakes.tracks import library

from playlists.arcs import load_arcs, scaled
from playlists.routes import load_routes
from playlists.solver.alternatives import alternatives
from playlists.solver.attempt import Task, attempted
from playlists.solver.cost import Taste
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes

IV = load_routes()["iv"]
TASK = Task(
    slots_of(scaled(IV, load_arcs()["gentle"]), IV.delivery_s), Wishes(Taste(), 1), thorough=False
)
TRACKS = library(60)


def test_alternatives_are_unused_ranked_and_explained() -> None:
    placed = attempted(TASK, TRACKS).placed

    found = alternatives(TASK, placed, 5, TRACKS)

    assert found
    used = {cue.track.content_hash for cue in placed}
    assert not used & {one.track.content_hash for one in found}
    assert [one.cost for one in found] == sorted(one.cost for one in found)
    assert all("Energy " in one.why and one.why.endswith(".") for one in found)
    assert "The plan would follow the arc less." in found[-1].why


def test_an_artist_that_is_near_is_no_alternative() -> None:
    placed = attempted(TASK, TRACKS).placed
    near = {cue.track.artist for cue in placed[4:7] if cue is not placed[5]}

    assert not near & {one.track.artist for one in alternatives(TASK, placed, 5, TRACKS)}
