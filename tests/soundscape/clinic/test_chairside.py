"""A patient leaves an intention in the one visit that is prepared, and reads nothing."""

from datetime import timedelta

import pytest
from fakes.clinic import SESSION, Staffed

from soundscape.clinic.chairside import INTENTION
from soundscape.clinic.roles import PATIENT, Role
from soundscape.clinic.visits import TODAY, WITHHELD
from soundscape.errors import ClinicError

SHARED = {"choice": "shared", "text": "To rest"}


@pytest.fixture
def visit(staffed: Staffed) -> str:
    return staffed.clinic.visits.begin(staffed.actors[Role.STAFF], "Blue", "iv")


def read_by(staffed: Staffed, visit: str, role: Role) -> object:
    entries = staffed.clinic.visits.entries(visit, staffed.actors[role])
    return [(e.kind, e.facts.get("text")) for e in entries if e.kind == INTENTION]


def test_an_intention_is_kept_in_the_visit_that_is_prepared(staffed: Staffed, visit: str) -> None:
    staffed.clinic.chairside.leave_intention(PATIENT, SHARED)

    (entry,) = staffed.clinic.visits.entries(visit, staffed.actors[Role.STAFF])
    assert (entry.kind, entry.facts, entry.actor) == (INTENTION, SHARED, "patient")


def test_those_who_care_for_the_patient_read_it_and_an_administrator_does_not(
    staffed: Staffed, visit: str
) -> None:
    staffed.clinic.chairside.leave_intention(PATIENT, SHARED)

    assert read_by(staffed, visit, Role.STAFF) == [(INTENTION, "To rest")]
    assert read_by(staffed, visit, Role.THERAPIST) == [(INTENTION, "To rest")]
    assert read_by(staffed, visit, Role.ADMIN) == [(INTENTION, WITHHELD)]


def test_without_a_visit_nothing_is_awaited_nor_kept(staffed: Staffed) -> None:
    assert not staffed.clinic.chairside.is_awaited(PATIENT)
    with pytest.raises(ClinicError, match="tell your nurse"):
        staffed.clinic.chairside.leave_intention(PATIENT, SHARED)


def test_with_two_visits_nobody_knows_whose_it_would_be(staffed: Staffed, visit: str) -> None:
    awaited = staffed.clinic.chairside.is_awaited(PATIENT)
    other = staffed.clinic.visits.begin(staffed.actors[Role.STAFF], "Green", "im")

    assert awaited
    assert not staffed.clinic.chairside.is_awaited(PATIENT)
    with pytest.raises(ClinicError, match="No single visit"):
        staffed.clinic.chairside.leave_intention(PATIENT, SHARED)
    assert read_by(staffed, visit, Role.STAFF) == read_by(staffed, other, Role.STAFF) == []


def test_a_visit_that_has_its_session_is_prepared_no_more(staffed: Staffed, visit: str) -> None:
    staffed.clinic.visits.link_session(visit, SESSION, staffed.actors[Role.STAFF])

    assert not staffed.clinic.chairside.is_awaited(PATIENT)


def test_a_visit_that_is_closed_or_of_another_day_is_not_meant(
    staffed: Staffed, visit: str
) -> None:
    nurse = staffed.actors[Role.STAFF]
    staffed.clinic.visits.close(visit, nurse)
    closed = staffed.clinic.chairside.is_awaited(PATIENT)
    staffed.clinic.visits.begin(nurse, "Green", "im")
    todays = staffed.clinic.chairside.is_awaited(PATIENT)
    staffed.clock.advance(TODAY / timedelta(seconds=1) + 1.0)

    assert (closed, todays) == (False, True)
    assert not staffed.clinic.chairside.is_awaited(PATIENT)
