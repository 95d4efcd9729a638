"""What a therapist puts in its place stays there, and is proved as everything else is."""

from dataclasses import replace
from itertools import groupby

import pytest
from fakes.clock import FakeClock
from fakes.tracks import library, track

from playlists.arcs import load_arcs, scaled
from playlists.routes import load_routes
from playlists.solver.arrange import DOES_NOT_HOLD, Arrangement, arranged, swaps
from playlists.solver.attempt import Task
from playlists.solver.cost import Taste
from playlists.solver.layout import CUE_FADE_S, FADE_RANGE_S, slots_of
from playlists.solver.pool import Wishes
from playlists.solver.solve import Found, Order, solve
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


@pytest.mark.parametrize("fade_s", [2.0, 14.0])
def test_a_crossfade_is_as_long_as_it_is_asked_for(found: Found, fade_s: float) -> None:
    place = second_place(found)
    arrangement = arrangement_of(found).with_fade(place, fade_s)

    changed = arranged(ORDER, arrangement, FakeClock())

    cues = [cue for cue in changed.placed if cue.slot == place[0]]
    assert changed.proof.ok
    assert [cue.fade_s for cue in cues[1:]] == [fade_s, *[CUE_FADE_S] * (len(cues) - 2)]
    assert cues[0].start_s + cues[0].source_length_s == pytest.approx(cues[1].start_s + fade_s)


@pytest.mark.parametrize(("asked_s", "kept_s"), [(0.0, FADE_RANGE_S[0]), (99.0, FADE_RANGE_S[1])])
def test_a_crossfade_is_kept_within_what_is_allowed(asked_s: float, kept_s: Seconds) -> None:
    assert Arrangement((("a", "b"),)).with_fade((0, 1), asked_s).fades == {(0, 1): kept_s}


def test_an_arrangement_that_does_not_follow_the_arc_is_refused(found: Found) -> None:
    loud = track("loud", energy=1.0, duration_s=Seconds(540.0))
    order = replace(ORDER, tracks=(*ORDER.tracks, loud))
    arrangement = arrangement_of(found)
    whole = replace(arrangement, picks=tuple((loud.content_hash,) for _ in arrangement.picks))

    changed = arranged(order, whole, FakeClock())

    assert changed.proof.missing == (DOES_NOT_HOLD,)


def test_a_track_that_may_not_be_used_is_no_part_of_a_plan(found: Found) -> None:
    arrangement = arrangement_of(found).with_track((0, 0), "nobody")

    assert not arranged(ORDER, arrangement, FakeClock()).proof.ok
    assert swaps(ORDER, arrangement, (0, 0)) == ()
