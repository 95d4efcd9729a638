"""Anchors that happened some minutes before they were touched: the future bends, no past does."""

from pathlib import Path

import pytest
from fakes.plans import data_folder, short_plan

from soundscape.errors import InvalidEventError
from soundscape.session.anchoring import ago_min, happened, last_touch
from soundscape.session.conductor import Conductor, told_events
from soundscape.session.course import LEAD, Course
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.files import Armed, Terms
from soundscape.session.journal import Entry
from soundscape.session.phases import Anchor
from soundscape.session.plan import SessionPlan
from soundscape.session.rehearsal import expected_spans, with_assumed
from soundscape.session.rules import possible
from soundscape.session.telling import course_of
from soundscape.session.timeline import unfold
from soundscape.units import frames_in, seconds_in

# One unit is a minute: settle 0-60, rise 60-120, deepen 120-165, return 165-240,
# ground 240-300, recover 300-360, with the dose at 60 and the end of delivery at 180.
UNIT_S = 60.0
LEAD_S = seconds_in(LEAD)
DOSE = "dose_start"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> SessionPlan:
    return short_plan(data_folder(tmp_path_factory.mktemp("plan")), UNIT_S)


def event(at_s: float, name: str, **facts: object) -> SessionEvent:
    return SessionEvent(frames_in(at_s), Kind(name), facts)


def corrected(at_s: float, minutes: float, anchor: str = DOSE) -> SessionEvent:
    return event(at_s, "correct", anchor=anchor, ago_min=minutes)


def course(plan: SessionPlan, *events: SessionEvent) -> Course:
    return course_of(plan, events, attended=True)


def ends_s(course: Course) -> dict[str, float | None]:
    names = [str(phase.name) for phase in course.plan.phases]
    return {
        names[span.phase]: None if span.end is None else seconds_in(span.end)
        for span in course.schedule()
    }


def test_a_dose_said_to_have_started_before_times_what_follows_from_then(
    plan: SessionPlan,
) -> None:
    said = course(plan, event(90, DOSE, ago_min=0.5))

    assert seconds_in(said.anchors[Anchor.DOSE_START]) == 60.0
    assert ends_s(said) == {"settle": 90 + LEAD_S, "rise": 120, "deepen": 165, "return": None}


def test_a_correction_does_the_same_as_saying_it_at_once(plan: SessionPlan) -> None:
    at_once = course(plan, event(90, DOSE, ago_min=0.5))
    later = course(plan, event(90, DOSE), corrected(100, 0.5))

    assert later.anchors == at_once.anchors
    assert ends_s(later) == ends_s(at_once)


def test_a_correction_is_counted_from_the_touch_and_replaces_the_one_before(
    plan: SessionPlan,
) -> None:
    said = course(plan, event(90, DOSE), corrected(95, 0.75), corrected(100, 0.25))

    assert seconds_in(said.anchors[Anchor.DOSE_START]) == 75.0
    assert ends_s(said)["rise"] == 135


def test_a_phase_that_would_be_over_ends_now_and_was_heard_until_now(plan: SessionPlan) -> None:
    said = course(plan, event(180, DOSE), corrected(200, 2.5))

    assert ends_s(said) == {
        "settle": 180 + LEAD_S, "rise": 200 + LEAD_S, "return": None,
    }  # fmt: skip


def test_a_delivery_said_to_have_ended_before_shortens_the_return_that_begins_now(
    plan: SessionPlan,
) -> None:
    said = course(plan, event(60, DOSE), event(130, "pump_stopped_early", ago_min=0.25))

    assert ends_s(said)["deepen"] == 130 + LEAD_S
    assert ends_s(said)["return"] == 115 + 60


def test_a_correction_can_be_taken_back(plan: SessionPlan) -> None:
    told = (event(90, DOSE), corrected(100, 0.5), event(110, "undo"))

    assert ends_s(course(plan, *told)) == ends_s(course(plan, event(90, DOSE)))


def test_what_is_expected_follows_what_was_said(plan: SessionPlan) -> None:
    said = course(plan, event(90, DOSE), corrected(100, 0.5))

    assert expected_spans(said, frames_in(101.0))[-1].end == frames_in(360.0)


def test_a_script_assumes_the_end_of_delivery_after_what_was_said(plan: SessionPlan) -> None:
    assumed = with_assumed(plan, [event(90, DOSE, ago_min=0.5)])

    assert [seconds_in(each.frame) for each in assumed] == [90.0, 180.0]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([corrected(10, 1.0)], "Nothing that times the session"),
        ([event(10, DOSE), corrected(20, 1.0, "delivery_end")], "end of delivery is not set"),
        ([event(10, DOSE), corrected(20, 1.0)], "had not begun then"),
        ([event(10, DOSE, ago_min=0.5)], "had not begun then"),
        ([event(60, DOSE), event(70, "delivery_end", ago_min=0.5)], "dose has to start before"),
        ([event(60, DOSE), event(70, "hold"), corrected(80, 0.5)], "stands still"),
        ([event(60, DOSE), event(70, "pump_paused"), corrected(80, 0.5)], "stands still"),
    ],
)
def test_what_cannot_have_been_is_refused_with_a_reason(
    plan: SessionPlan, told: list[SessionEvent], why: str
) -> None:
    with pytest.raises(InvalidEventError, match=why):
        course(plan, *told)


def test_a_correction_is_possible_once_something_is_set(plan: SessionPlan) -> None:
    assert Kind.CORRECT not in possible(course(plan), frames_in(10.0))
    assert Kind.CORRECT in possible(course(plan, event(90, DOSE)), frames_in(100.0))


def test_the_touch_and_what_was_said_of_it_are_both_known() -> None:
    told = (event(90, DOSE), corrected(100, 2.0), event(150, "pump_stopped_early"))

    assert last_touch(told) == told[2]
    assert last_touch(told, Anchor.DOSE_START) == told[0]
    assert ago_min(told, Anchor.DOSE_START) == 2.0
    assert happened(told, Anchor.DOSE_START) == frames_in(90.0 - 120.0)
    assert happened(told, Anchor.DELIVERY_END) == frames_in(150.0)
    assert happened(told, Anchor.LAST_DEVICE) is None


def test_an_early_stop_that_is_corrected_keeps_what_is_said_of_it() -> None:
    told = (event(150, "pump_stopped_early"), corrected(160, 1.5, "delivery_end"))

    assert happened(told, Anchor.DELIVERY_END) == frames_in(60.0)


def test_the_record_alone_gives_the_same_session_again(plan: SessionPlan) -> None:
    armed = Armed("s", Path(), plan, (), Terms("null", 1.0, attended=True))
    conductor = Conductor(armed)
    told = [
        conductor.tell(DOSE, {}, frames_in(90.0)),
        conductor.tell("correct", {"anchor": DOSE, "ago_min": 0.5}, frames_in(100.0)),
    ]
    entries = [
        Entry(number, each.frame, "", str(each.kind), dict(each.facts))
        for number, each in enumerate(told)
    ]

    assert tuple(told_events(entries)) == conductor.events
    again = Conductor(armed, entries).timeline(frames_in(300.0))
    assert again.spans == conductor.timeline(frames_in(300.0)).spans


def test_a_refused_correction_changes_nothing(plan: SessionPlan) -> None:
    conductor = Conductor(Armed("s", Path(), plan, (), Terms("null", 1.0, attended=True)))
    conductor.tell(DOSE, {}, frames_in(30.0))
    before = conductor.events

    with pytest.raises(InvalidEventError, match="had not begun then"):
        conductor.tell("correct", {"anchor": DOSE, "ago_min": 1.0}, frames_in(40.0))

    assert conductor.events == before


def test_nothing_that_is_about_to_be_heard_is_changed(plan: SessionPlan) -> None:
    touched = event(90, DOSE)
    old = unfold(plan, [touched], until=frames_in(600.0), attended=True)
    new = unfold(plan, [touched, corrected(100, 0.5)], until=frames_in(600.0), attended=True)

    change = frames_in(100.0) + LEAD
    assert [c.start for c in new.cues if c.start < change] == [
        c.start for c in old.cues if c.start < change
    ]
    assert [new.level_lu(frames_in(at / 10.0)) for at in range(1010)] == [
        old.level_lu(frames_in(at / 10.0)) for at in range(1010)
    ]
    assert new.spans[1].start == old.spans[1].start
