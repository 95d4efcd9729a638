"""The status tells what is expected to the session's end, and what its route knows."""

import mmap
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.plans import data_folder, short_plan

from soundscape.engine.ring import SIZE_BYTES, Ring
from soundscape.session.course import Course
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.files import Armed, Terms
from soundscape.session.phases import Boundary, PhasePlan
from soundscape.session.plan import SessionPlan
from soundscape.session.state import State
from soundscape.session.status import Beside, status_of
from soundscape.session.telling import course_of
from soundscape.session.timeline import unfold
from soundscape.units import Seconds, frames_in

UNIT_S = 20.0
BESIDE = Beside(State.RUNNING, 0.0, "none", None, True, "Headphones", "ok", 0, ())  # noqa: FBT003


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> SessionPlan:
    return short_plan(data_folder(tmp_path_factory.mktemp("plan")), UNIT_S)


def told(plan: SessionPlan, *events: SessionEvent) -> dict[str, object]:
    """Return the status at the start of a session that was told some events."""
    armed = Armed("20260101", Path(), plan, (), Terms(None, 1.0, attended=True))
    course = course_of(plan, events, attended=True)
    timeline = unfold(plan, events, until=frames_in(60.0), attended=True)
    return status_of(armed, timeline, course, Ring(mmap.mmap(-1, SIZE_BYTES)), BESIDE)


def test_the_energy_reaches_the_expected_end_while_a_session_still_waits(
    plan: SessionPlan,
) -> None:
    status = told(plan)
    expected, energy = status["expected"], status["energy"]
    assert isinstance(expected, list)
    assert isinstance(energy, list)

    assert status["ends_in_s"] is None
    assert energy[0] == [0.0, 0.3]
    assert energy[-1] == [expected[-1]["end_s"], 0.1]
    assert expected[-1]["end_s"] == pytest.approx(6 * UNIT_S)
    assert [at_s for at_s, _value in energy] == sorted(at_s for at_s, _value in energy)


def test_a_dose_that_starts_early_moves_what_is_expected(plan: SessionPlan) -> None:
    status = told(plan, SessionEvent(frames_in(5.0), Kind.DOSE_START))
    (expected, anchors) = status["expected"], status["anchors"]
    assert isinstance(expected, list)

    assert expected[-1]["end_s"] < 6 * UNIT_S
    assert anchors == {"dose_start": 5.0, "delivery_end": None}


def test_a_pump_is_told_where_the_route_has_one(plan: SessionPlan) -> None:
    def later(boundary: Boundary) -> Boundary:
        return replace(boundary, offset_s=Seconds(max(0.0, boundary.offset_s)))

    def without(phase: PhasePlan) -> PhasePlan:
        return replace(phase, end=later(phase.end)) if phase.end.offset_s < 0 else phase

    pumpless = replace(plan, phases=tuple(without(phase) for phase in plan.phases))

    assert told(plan)["pump"] is True
    assert not Course(pumpless, attended=True).has_pump()
    assert told(pumpless)["pump"] is False
