"""What a therapist puts in its place stays there, and is proved as everything else is."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

import pytest
from fakes.clock import FakeClock
from fakes.tracks import library, track

from playlists.arcs import load_arcs, scaled
from playlists.routes import load_routes
from playlists.solver.arrange import (
    DO_NOT_FILL,
    MAY_NOT_BE_USED,
    NOT_CALM,
    OFF_THE_ARC,
    TOO_SOON,
    Arrangement,
    arranged,
    swaps,
)
from playlists.solver.attempt import Task
from playlists.solver.cost import Taste
from playlists.solver.layout import USUAL_JOIN, slots_of
from playlists.solver.pool import Wishes
from playlists.solver.solve import Found, Order, solve
from soundscape.session.cues import Shape
from soundscape.session.plan import Join
from soundscape.units import Seconds

IM = load_routes()["im"]
SLOTS = slots_of(scaled(IM, load_arcs()["gentle"]), IM.delivery_s)
ORDER = Order("im", Task(SLOTS, Wishes(Taste(), 1)), library(80))


@pytest.fixture(scope="module")
def found() -> Found:
    return solve(ORDER, FakeClock())


def arrangement_of(found: Found) -> Arrangement:
    rows = groupby(found.placed, lambda cue: cue.slot)
    return Arrangement(tuple(tuple(cue.track.content_hash for cue in row) for _, row in rows))


def second_place(found: Found) -> tuple[int, int]:
    """Return a place that is not a phase's first."""
    return next(
        (cue.slot, 1)
        for cue in found.placed
        if sum(one.slot == cue.slot for one in found.placed) > 1
    )


def test_the_arrangement_of_a_plan_is_that_plan(found: Found) -> None:
    again = arranged(ORDER, arrangement_of(found), FakeClock())

    assert again.placed == found.placed
    assert again.proof == replace(found.proof, lower_bound=None, seconds=0.0)


def test_another_track_leaves_all_others_where_they_are(found: Found) -> None:
    arrangement = arrangement_of(found)
    place = second_place(found)
    other = swaps(ORDER, arrangement, place)[0].track

    changed = arranged(ORDER, arrangement.with_track(place, other.content_hash), FakeClock())

    now = [cue.track.content_hash for cue in changed.placed]
    before = [cue.track.content_hash for cue in found.placed]
    assert changed.proof.ok
    assert [one for one in now if one not in before] == [other.content_hash]
    assert len(now) == len(before)


JOINS = (
    Join(Seconds(2.0)),
    Join(Seconds(14.0), Shape.LINEAR),
    Join(Seconds(6.0), Shape.EQUAL_POWER, Seconds(3.0)),
)


@pytest.mark.parametrize("join", JOINS)
def test_a_join_is_as_it_is_asked_for(found: Found, join: Join) -> None:
    place = second_place(found)
    arrangement = arrangement_of(found).with_join(place, join)

    changed = arranged(ORDER, arrangement, FakeClock())

    cues = [cue for cue in changed.placed if cue.slot == place[0]]
    runs_out_s = cues[0].start_s + cues[0].source_length_s
    assert changed.proof.ok
    assert [cue.join for cue in cues[1:]] == [join, *[USUAL_JOIN] * (len(cues) - 2)]
    assert runs_out_s == pytest.approx(cues[1].start_s + (-join.gap_s or join.fade_s))


def test_where_a_phase_begins_the_shape_changes_and_the_length_is_the_phases_own(
    found: Found,
) -> None:
    asked = Join(Seconds(3.0), Shape.LINEAR, Seconds(2.0))

    changed = arranged(ORDER, arrangement_of(found).with_join((1, 0), asked), FakeClock())

    first = next(cue for cue in changed.placed if cue.slot == 1)
    assert changed.proof.ok
    assert first.join == Join(SLOTS[1].phase.fade_s, Shape.LINEAR)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ((0.0, 0.0), (2.0, 0.0)),
        ((99.0, 0.0), (20.0, 0.0)),
        ((2.0, 0.2), (4.0, 1.0)),
        ((99.0, 60.0), (20.0, 5.0)),
    ],
)
def test_a_join_is_kept_within_what_is_allowed(
    asked: tuple[float, float], kept: tuple[float, float]
) -> None:
    asked_join, kept_join = (
        Join(Seconds(fade_s), Shape.LINEAR, Seconds(gap_s)) for fade_s, gap_s in (asked, kept)
    )

    arrangement = Arrangement((("a", "b"),)).with_join((0, 1), asked_join)

    assert arrangement.joins == {(0, 1): kept_join}


def told(found: Found, exchanged: Mapping[int, Mapping[str, object]]) -> tuple[str, ...]:
    """Return what is said when some of the tracks, by number, are others of the same length."""
    arrangement, others = arrangement_of(found), []
    for number, facts in exchanged.items():
        cue = found.placed[number]
        same = {"duration_s": cue.track.analysis.duration_s, "energy": cue.track.energy}
        others.append(track(f"other {number}", **{**same, **facts}))
        place = number - sum(one.slot < cue.slot for one in found.placed)
        arrangement = arrangement.with_track((cue.slot, place), others[-1].content_hash)
    order = replace(ORDER, tracks=(*ORDER.tracks, *others))
    return arranged(order, arrangement, FakeClock()).proof.missing


def test_an_arrangement_that_does_not_follow_the_arc_is_refused(found: Found) -> None:
    driving = {number: {"energy": 1.0} for number in range(len(found.placed))}

    assert told(found, driving) == (OFF_THE_ARC,)


def test_tracks_that_do_not_fill_their_phase_are_refused(found: Found) -> None:
    assert told(found, {0: {"duration_s": Seconds(3600.0)}}) == (DO_NOT_FILL,)


def test_a_wide_range_is_refused_in_the_return(found: Found) -> None:
    back = next(n for n, cue in enumerate(found.placed) if SLOTS[cue.slot].phase.name == "return")

    assert told(found, {back: {"loudness_range_lu": 10.0}}) == (NOT_CALM,)


def test_an_artist_twice_in_a_row_is_refused(found: Found) -> None:
    assert told(found, {0: {"artist": "Mara"}, 1: {"artist": "Mara"}}) == (TOO_SOON,)


def test_another_track_as_good_as_the_one_before_is_taken(found: Found) -> None:
    assert told(found, {0: {"artist": "Mara"}}) == ()


def test_a_track_that_may_not_be_used_is_no_part_of_a_plan(found: Found) -> None:
    arrangement = arrangement_of(found).with_track((0, 0), "nobody")

    assert told(found, {0: {"avoid": True}}) == (MAY_NOT_BE_USED,)
    assert arranged(ORDER, arrangement, FakeClock()).proof.missing == (MAY_NOT_BE_USED,)
    assert swaps(ORDER, arrangement, (0, 0)) == ()
