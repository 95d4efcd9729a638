"""Anchors and phases: what staff tell a session, and when its phases then fall."""

from pathlib import Path

import pytest
from fakes.plans import data_folder, short_phases, short_plan

from soundscape.errors import InvalidEventError
from soundscape.session.course import LEAD, Course
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.plan import SessionPlan
from soundscape.session.rehearsal import expected_spans, with_assumed
from soundscape.session.rules import possible
from soundscape.session.telling import course_of
from soundscape.units import frames_in, seconds_in

# One unit is a minute: settle 0-60, rise 60-120, deepen 120-165, return 165-240,
# ground 240-300, recover 300-360, with the dose at 60 and the end of delivery at 180.
UNIT_S = 60.0
LEAD_S = seconds_in(LEAD)


@pytest.fixture(scope="module")
def plan() -> SessionPlan:
    return SessionPlan(
        route="iv", title="", arc="", preset="", seed=0, delivery_s=2 * UNIT_S,  # type: ignore[arg-type]
        phases=short_phases(UNIT_S), cues=(), reserve=(), bed="", tracks={},
    )  # fmt: skip


def told(*events: tuple[float, str] | tuple[float, str, float]) -> list[SessionEvent]:
    return [
        SessionEvent(frames_in(at_s), Kind(name), {"minutes": rest[0]} if rest else {})
        for at_s, name, *rest in events
    ]


def course(plan: SessionPlan, *events: tuple[float, str] | tuple[float, str, float]) -> Course:
    return course_of(plan, told(*events), attended=True)


def ends_s(course: Course) -> dict[str, float | None]:
    return {
        str(course.plan.phases[span.phase].name): None
        if span.end is None
        else seconds_in(span.end)
        for span in course.schedule()
    }


def test_nothing_passes_the_dose_until_staff_say_so(plan: SessionPlan) -> None:
    assert ends_s(course(plan)) == {"settle": None}


def test_the_dose_begins_the_rise_and_the_return_waits_for_the_end_of_delivery(
    plan: SessionPlan,
) -> None:
    assert ends_s(course(plan, (90, "dose_start"))) == {
        "settle": 90 + LEAD_S,
        "rise": 150,
        "deepen": 195,
        "return": None,
    }


def test_with_every_anchor_set_only_the_last_phase_waits(plan: SessionPlan) -> None:
    ends = ends_s(course(plan, (60, "dose_start"), (180, "delivery_end")))

    assert ends["return"] == 240
    assert ends["ground"] == 300
    assert ends["recover"] is None


def test_without_staff_the_last_phase_ends_as_planned(plan: SessionPlan) -> None:
    events = with_assumed(plan, ())

    assert course_of(plan, events, attended=False).end() == frames_in(360.0)


def test_a_pause_of_the_pump_moves_the_return_by_its_length(plan: SessionPlan) -> None:
    paused = course(plan, (60, "dose_start"), (130, "pump_paused"))
    resumed = course(plan, (60, "dose_start"), (130, "pump_paused"), (160, "pump_resumed"))

    assert ends_s(paused)["deepen"] is None
    assert ends_s(resumed)["deepen"] == 165 + 30


def test_a_pause_in_the_rise_holds_the_rise_and_moves_the_return_once(plan: SessionPlan) -> None:
    ends = ends_s(course(plan, (60, "dose_start"), (90, "pump_paused"), (120, "pump_resumed")))

    assert ends["rise"] == 120 + 30
    assert ends["deepen"] == 165 + 30


def test_an_early_stop_of_the_pump_begins_the_return(plan: SessionPlan) -> None:
    ends = ends_s(course(plan, (60, "dose_start"), (100, "pump_stopped_early")))

    assert ends["rise"] == 100 + LEAD_S
    assert "deepen" not in ends
    assert ends["return"] == 160


def test_a_late_end_of_delivery_lets_the_return_go_on(plan: SessionPlan) -> None:
    ends = ends_s(course(plan, (60, "dose_start"), (230, "delivery_end")))

    assert ends["deepen"] == 165
    assert ends["return"] == 290


def test_a_hold_keeps_the_phase_and_resuming_adds_its_length(plan: SessionPlan) -> None:
    held = course(plan, (60, "dose_start"), (70, "hold"))
    resumed = course(plan, (60, "dose_start"), (70, "hold"), (100, "resume"))

    assert ends_s(held)["rise"] is None
    assert ends_s(resumed)["rise"] == 150


def test_a_pause_within_a_hold_is_not_counted_twice(plan: SessionPlan) -> None:
    ends = ends_s(
        course(
            plan,
            (60, "dose_start"),
            (70, "hold"),
            (80, "pump_paused"),
            (90, "resume"),
            (100, "pump_resumed"),
        )
    )

    assert ends["rise"] == 120 + 30


def test_extending_lengthens_the_phase_of_the_moment(plan: SessionPlan) -> None:
    assert ends_s(course(plan, (60, "dose_start"), (70, "extend", 5)))["rise"] == 120 + 300


def test_undo_takes_back_the_last_step_of_the_last_minute(plan: SessionPlan) -> None:
    undone = course(plan, (60, "dose_start"), (90, "undo"))

    assert ends_s(undone) == {"settle": None}


def test_undo_reaches_back_a_minute_and_no_further(plan: SessionPlan) -> None:
    with pytest.raises(InvalidEventError, match="nothing of the last minute"):
        course(plan, (60, "dose_start"), (120.1, "undo"))


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ([(10, "delivery_end")], "dose has not been started"),
        ([(10, "pump_resumed")], "not paused"),
        ([(10, "resume")], "Nothing is held"),
        ([(10, "unsoften")], "not lowered"),
        ([(10, "last_device")], "no last device"),
        ([(10, "start_return")], "dose has not been started"),
        ([(10, "dose_start"), (20, "dose_start")], "already set"),
        ([(10, "hold"), (20, "hold")], "already held"),
        ([(10, "stop"), (12, "soften")], "being stopped"),
        ([(10, "next_track"), (15, "next_track")], "already changing"),
        ([(10, "stop"), (30, "stop_fast")], "has ended"),
    ],
)
def test_the_impossible_is_refused_with_a_reason(
    plan: SessionPlan, events: list[tuple[float, str]], why: str
) -> None:
    with pytest.raises(InvalidEventError, match=why):
        course(plan, *events)


def test_a_stop_ends_the_session_after_its_fade(plan: SessionPlan) -> None:
    assert course(plan, (10, "stop")).end() == frames_in(18.0)
    assert course(plan, (10, "stop"), (11, "stop_fast")).end() == frames_in(11.5)


def test_what_is_said_to_be_possible_is_possible(plan: SessionPlan) -> None:
    now = course(plan, (60, "dose_start"), (70, "hold"))

    for kind in possible(now, frames_in(80.0)):
        facts = {"minutes": 5.0} if kind is Kind.EXTEND else {}
        course_of(plan, [*now.applied, SessionEvent(frames_in(80.0), kind, facts)], attended=True)


def test_a_script_takes_the_missing_anchors_as_planned(plan: SessionPlan) -> None:
    assumed = with_assumed(plan, told((130, "pump_paused"), (160, "pump_resumed")))

    assert [(event.kind, seconds_in(event.frame)) for event in assumed] == [
        (Kind.DOSE_START, 60.0),
        (Kind.PUMP_PAUSED, 130.0),
        (Kind.PUMP_RESUMED, 160.0),
        (Kind.DELIVERY_END, 210.0),
    ]


def test_a_script_that_would_never_end_is_refused(plan: SessionPlan) -> None:
    with pytest.raises(InvalidEventError, match="waiting for ever"):
        with_assumed(plan, told((130, "pump_paused")))


def test_nothing_is_assumed_after_a_stop(plan: SessionPlan) -> None:
    assert with_assumed(plan, told((30, "stop"))) == tuple(told((30, "stop")))


def test_a_short_plan_of_tones_is_whole(tmp_path: Path) -> None:
    plan = short_plan(data_folder(tmp_path), 20.0)

    assert course_of(plan, with_assumed(plan, ()), attended=False).end() == frames_in(120.0)


def test_what_is_expected_ends_even_while_the_session_waits(plan: SessionPlan) -> None:
    now = course(plan, (60, "dose_start"), (130, "pump_paused"))

    spans = expected_spans(now, frames_in(140.0))

    names = [str(plan.phases[span.phase].name) for span in spans]
    assert names == ["settle", "rise", "deepen", "return", "ground", "recover"]
    assert spans[2].end == frames_in(165.0 + 10.0)
    assert spans[-1].end == frames_in(360.0 + 10.0)


def test_a_step_just_before_a_boundary_does_not_bring_the_old_phase_back(
    plan: SessionPlan,
) -> None:
    ends = ends_s(course(plan, (60, "dose_start"), (60.5, "pump_paused"), (70, "pump_resumed")))

    assert ends["settle"] == 60 + LEAD_S
    assert ends["rise"] == 120 + 9.5


def test_a_hold_before_the_dose_ends_with_the_dose(plan: SessionPlan) -> None:
    held = ends_s(course(plan, (10, "hold"), (60, "dose_start")))
    resumed = ends_s(course(plan, (10, "hold"), (30, "resume"), (60, "dose_start")))

    assert held["settle"] == resumed["settle"] == 60 + LEAD_S


def test_a_session_that_is_being_stopped_is_expected_to_end_then(plan: SessionPlan) -> None:
    spans = expected_spans(course(plan, (30, "stop")), frames_in(31.0))

    assert [span.end for span in spans] == [frames_in(38.0)]
