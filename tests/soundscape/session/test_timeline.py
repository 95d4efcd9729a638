"""Timelines: what sounds is a pure function, never gaps, never repeats, never alters the past."""

import itertools
from dataclasses import replace

import pytest
from fakes.plans import data_folder, other_order, short_plan
from hypothesis import given
from hypothesis import strategies as st

from soundscape.session.course import LEAD, Course
from soundscape.session.cues import Cue, Shape
from soundscape.session.events import OWN, Kind, SessionEvent
from soundscape.session.plan import SessionPlan
from soundscape.session.rehearsal import with_assumed
from soundscape.session.rules import refusal
from soundscape.session.telling import after
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, frames_in, seconds_in

UNIT_S = 60.0


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> SessionPlan:
    return short_plan(data_folder(tmp_path_factory.mktemp("plan")), UNIT_S)


def unfolded(plan: SessionPlan, *events: SessionEvent, until_s: float = 1200.0) -> Timeline:
    return unfold(plan, events, until=frames_in(until_s), attended=True)


def event(at_s: float, kind: Kind, **facts: float) -> SessionEvent:
    return SessionEvent(frames_in(at_s), kind, facts)


moments = st.lists(
    st.tuples(
        st.floats(0.0, 600.0),
        st.sampled_from(
            sorted(set(Kind) - OWN - {Kind.STOP, Kind.STOP_FAST, Kind.NOTE, Kind.VITALS})
        ),
    ),
    max_size=8,
)


def possible_events(plan: SessionPlan, drawn: list[tuple[float, Kind]]) -> list[SessionEvent]:
    """Return those of some random events that are possible when they come."""
    kept: list[SessionEvent] = []
    course = Course(plan, attended=True)
    for at_s, kind in sorted(drawn):
        facts: dict[Kind, dict[str, object]] = {
            Kind.EXTEND: {"minutes": 2.0},
            Kind.VOLUME: {"lu": -3.0},
            Kind.CORRECT: {"anchor": "dose_start", "ago_min": at_s % 4.0},
            Kind.REORDER: other_order(plan),
        }
        made = SessionEvent(frames_in(at_s), kind, facts.get(kind, {}))
        if not refusal(course, made):
            course = after(course, made)
            kept.append(made)
    return kept


def test_the_planned_session_plays_its_cues_in_order_at_their_phases(plan: SessionPlan) -> None:
    timeline = unfold(plan, with_assumed(plan, ()), until=frames_in(360.0), attended=False)

    firsts = {cue.phase: cue for cue in reversed(timeline.cues)}
    late_s = [seconds_in(Frames(firsts[span.phase].start - span.start)) for span in timeline.spans]
    assert [cue.track for cue in timeline.cues] == [cue.track for cue in plan.cues]
    assert max(abs(each) for each in late_s) == 0.0
    assert timeline.cues[-1].end == frames_in(360.0)


@given(moments)
def test_whatever_is_told_something_always_sounds(
    plan: SessionPlan, drawn: list[tuple[float, Kind]]
) -> None:
    timeline = unfolded(plan, *possible_events(plan, drawn))

    reach = timeline.cues[0].end
    for cue in timeline.cues[1:]:
        assert cue.start <= reach
        reach = max(reach, cue.end)


@given(moments)
def test_no_track_but_the_bed_is_heard_twice(
    plan: SessionPlan, drawn: list[tuple[float, Kind]]
) -> None:
    timeline = unfolded(plan, *possible_events(plan, drawn))

    heard = [cue.track for cue in timeline.cues if cue.track != plan.bed]
    assert len(heard) == len(set(heard))


@given(moments)
def test_cues_stay_within_their_music_and_their_fades_within_them(
    plan: SessionPlan, drawn: list[tuple[float, Kind]]
) -> None:
    told = possible_events(plan, drawn)
    timeline = unfolded(plan, *told)

    for cue in timeline.cues:
        length = cue.end - cue.start
        music_end = frames_in(plan.tracks[cue.track].music_end_s)
        assert cue.start < cue.end
        assert cue.source_in + length <= music_end
        assert 0 <= cue.fade_in <= length or was_left_in_its_fade(cue, told)
        assert 0 <= cue.fade_out <= length


def was_left_in_its_fade(cue: Cue, told: list[SessionEvent]) -> bool:
    """Return whether an event cut a cue that was being faded in, which then fades out from there.

    What has begun of a fade is never altered.
    """
    faded = range(cue.start, cue.start + cue.fade_in)
    return cue.fade_out > 0 and any(event.frame + LEAD in faded for event in told)


@given(moments)
def test_phases_follow_each_other_without_a_hole(
    plan: SessionPlan, drawn: list[tuple[float, Kind]]
) -> None:
    spans = unfolded(plan, *possible_events(plan, drawn)).spans

    assert spans[0].start == 0
    for before, following in itertools.pairwise(spans):
        assert before.end == following.start


def before(timeline: Timeline, frame: Frames) -> list[tuple[Cue, bool]]:
    """Return what can be heard of the cues before a frame."""
    return [(cue, cue.end - cue.fade_out >= frame) for cue in timeline.cues if cue.start < frame]


@given(moments)
def test_an_event_never_alters_what_comes_before_it_takes_effect(
    plan: SessionPlan, drawn: list[tuple[float, Kind]]
) -> None:
    events = possible_events(plan, drawn)
    for count in range(len(events)):
        change = Frames(events[count].frame + LEAD)
        old = before(unfolded(plan, *events[:count]), change)
        new = before(unfolded(plan, *events[: count + 1]), change)

        assert len(old) == len(new)
        for (was, was_whole), (now, _) in zip(old, new, strict=True):
            assert (was.track, was.start, was.fade_in) == (now.track, now.start, now.fade_in)
            if not was_whole:  # its fade out had begun, so it ends as it was going to
                assert was == now


@given(moments)
def test_the_level_never_steps(plan: SessionPlan, drawn: list[tuple[float, Kind]]) -> None:
    levels = unfolded(plan, *possible_events(plan, drawn)).levels

    for left, right in itertools.pairwise(levels):
        assert right.frame >= left.frame
        if right.frame == left.frame:
            assert right.level_lu == left.level_lu


def test_laying_further_does_not_change_what_was_laid(plan: SessionPlan) -> None:
    near = unfolded(plan, event(60, Kind.DOSE_START), until_s=300)
    far = unfolded(plan, event(60, Kind.DOSE_START), until_s=3000)

    assert far.cues[: len(near.cues) - 1] == near.cues[:-1]


def test_a_hold_without_end_plays_the_reserve_and_then_the_bed_for_ever(
    plan: SessionPlan,
) -> None:
    timeline = unfolded(plan, until_s=3600.0)

    tracks = [cue.track for cue in timeline.cues]
    assert tracks[2:4] == list(plan.reserve) or set(tracks[2:4]) == set(plan.reserve)
    assert set(tracks[4:]) == {plan.bed}
    assert timeline.cues[-1].end >= frames_in(3600.0)
    assert timeline.cues[-1].shape_in is Shape.LINEAR


def test_next_track_leaves_the_cue_of_the_moment_within_seconds(plan: SessionPlan) -> None:
    timeline = unfolded(plan, event(20, Kind.NEXT_TRACK))

    assert timeline.cues[0].end <= frames_in(20.0 + 1.0 + 8.0)
    assert timeline.cues[1].start == frames_in(21.0)


def test_an_early_stop_is_heard_within_two_seconds_by_a_fade_of_the_return(
    plan: SessionPlan,
) -> None:
    timeline = unfolded(plan, event(60, Kind.DOSE_START), event(130, Kind.PUMP_STOPPED_EARLY))

    first = next(cue for cue in timeline.cues if cue.phase == 3)
    assert seconds_in(Frames(first.start - frames_in(130.0))) <= 2.0
    assert first.fade_in == frames_in(plan.phases[3].fade_s)


def test_the_pause_of_a_pump_moves_the_return_and_repeats_nothing(plan: SessionPlan) -> None:
    events = [event(60, Kind.DOSE_START)]
    paused = [*events, event(130, Kind.PUMP_PAUSED), event(730, Kind.PUMP_RESUMED)]

    span, moved = (
        next(s for s in unfolded(plan, *told).spans if s.phase == 3) for told in (events, paused)
    )

    assert seconds_in(Frames(moved.start - span.start)) == 600.0


def test_silence_as_a_preset_has_no_cue_at_all(plan: SessionPlan) -> None:
    quiet = SessionPlan(
        "iv", "Quiet", "silence", "quiet", 0, plan.delivery_s, plan.phases, (), (), "", {}
    )

    assert unfolded(quiet, event(60, Kind.DOSE_START)).cues == ()


def test_a_barred_track_that_is_still_to_come_is_replaced_and_never_begun(
    plan: SessionPlan,
) -> None:
    before = unfolded(plan, event(60.0, Kind.DOSE_START))
    due = before.cues[2]
    barred = SessionEvent(
        Frames(due.start - frames_in(30.0)), Kind.TRACK_BARRED, {"track": due.track}
    )

    timeline = unfolded(plan, event(60.0, Kind.DOSE_START), barred)

    assert timeline.cues[:2] == before.cues[:2]
    assert due.track not in {cue.track for cue in timeline.cues}
    assert timeline.cues[2].start <= due.start


def test_a_track_that_is_barred_while_it_sounds_hands_over_by_a_crossfade(
    plan: SessionPlan,
) -> None:
    before = unfolded(plan, event(60.0, Kind.DOSE_START))
    sounding = before.cues[1]
    told = Frames(sounding.start + frames_in(20.0))
    barred = SessionEvent(told, Kind.TRACK_BARRED, {"track": sounding.track})

    timeline = unfolded(plan, event(60.0, Kind.DOSE_START), barred)

    left, arriving = timeline.cues[1:3]
    assert (left.track, left.start) == (sounding.track, sounding.start)
    assert arriving.start == told + LEAD
    assert left.end == arriving.start + left.fade_out
    assert left.fade_out >= frames_in(2.0)


def energies_begun(
    plan: SessionPlan, timeline: Timeline, start_s: float, end_s: float
) -> set[float]:
    """Return the energies of the tracks that begin between two moments, the bed left out."""
    begun = (c for c in timeline.cues if frames_in(start_s) <= c.start < frames_in(end_s))
    return {plan.tracks[cue.track].energy for cue in begun if cue.track != plan.bed}


@pytest.fixture(scope="module")
def lively_plan(plan: SessionPlan) -> SessionPlan:
    """Return a plan in which every other track is too lively for a softened session."""
    lively = [replace(track, energy=0.5) for track in [*plan.tracks.values()][::2]]
    calm = {name: replace(track, energy=0.1) for name, track in plan.tracks.items()}
    return replace(plan, tracks=calm | {track.content_hash: track for track in lively})


def test_while_the_sound_is_softened_only_calm_music_is_begun(lively_plan: SessionPlan) -> None:
    told = [event(60, Kind.DOSE_START), event(70, Kind.SOFTEN), event(200, Kind.UNSOFTEN)]

    timeline = unfolded(lively_plan, *told)

    assert energies_begun(lively_plan, timeline, 0, 71) == {0.1, 0.5}
    assert energies_begun(lively_plan, timeline, 71, 201) == {0.1}
    assert energies_begun(lively_plan, timeline, 201, 1200) == {0.1, 0.5}


def test_what_sounds_when_the_sound_is_softened_plays_on_to_its_end(
    lively_plan: SessionPlan,
) -> None:
    dose = event(60, Kind.DOSE_START)
    before = unfolded(lively_plan, dose)
    sounding = next(c for c in before.cues if c.start <= frames_in(70) < c.end - c.fade_out)

    (same,) = (
        c for c in unfolded(lively_plan, dose, event(70, Kind.SOFTEN)).cues
        if c.start == sounding.start
    )  # fmt: skip

    assert (same.track, same.end) == (sounding.track, sounding.end)


def test_without_calm_music_a_softened_session_goes_on_with_the_bed(plan: SessionPlan) -> None:
    timeline = unfolded(plan, event(60, Kind.DOSE_START), event(70, Kind.SOFTEN))

    assert min(track.energy for name, track in plan.tracks.items() if name != plan.bed) >= 0.2
    assert {cue.track for cue in timeline.cues if cue.start > frames_in(71)} == {plan.bed}


def test_a_change_of_track_goes_on_when_the_sound_is_softened_in_the_same_moment(
    lively_plan: SessionPlan,
) -> None:
    timeline = unfolded(lively_plan, event(20, Kind.NEXT_TRACK), event(20, Kind.SOFTEN))

    assert timeline.cues[1].start == frames_in(21.0)
    assert lively_plan.tracks[timeline.cues[1].track].energy == 0.1
