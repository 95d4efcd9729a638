"""Visits as kept: in order, sealed, signed; notes only for whom they are."""

import re
import sqlite3
from contextlib import closing

import pytest
from fakes.clinic import Staffed, record_session

from soundscape.clinic.roles import CONSOLE, Actor, Role
from soundscape.clinic.visits import WITHHELD, FollowUp
from soundscape.errors import ClinicError

FORCED = ("DROP TRIGGER entry_stays", "DROP TRIGGER entry_is_kept", "DROP TRIGGER visit_stays",
          "DROP TRIGGER visit_is_kept", "PRAGMA foreign_keys = OFF")  # fmt: skip

SWAPPED_FACTS = (
    "UPDATE visit_entry SET facts = (SELECT facts FROM visit_entry WHERE seq = 1) WHERE seq = 2"
)
ONE_MORE = (
    "INSERT INTO visit_entry SELECT 'new', visit, 4, utc, kind, is_note, actor, role, facts "
    "FROM visit_entry WHERE seq = 3"
)
ANOTHER_VISIT = (
    "INSERT INTO visit SELECT 'new', alias, route, therapist, begun_utc, session, closed_utc "
    "FROM visit"
)


@pytest.fixture
def visit(staffed: Staffed) -> str:
    return staffed.clinic.visits.begin(
        staffed.actors[Role.STAFF], "Blue 7", "iv", therapist=staffed.actors[Role.THERAPIST].id
    )


def write(staffed: Staffed, visit: str, role: Role, text: str) -> None:
    staffed.clinic.visits.append(visit, "note", {"text": text}, staffed.actors[role])


def texts(staffed: Staffed, visit: str, actor: Actor, reason: str = "") -> list[str]:
    return [e.facts["text"] for e in staffed.clinic.visits.entries(visit, actor, reason=reason)]


def change_directly(staffed: Staffed, *statements: str) -> None:
    with closing(sqlite3.connect(staffed.folder.clinic, isolation_level=None)) as connection:
        for statement in (*FORCED, *statements):
            connection.execute(statement)


def test_entries_are_numbered_in_order_with_who_and_when(staffed: Staffed, visit: str) -> None:
    nurse = staffed.actors[Role.STAFF]
    for item in ("food", "liquids"):
        staffed.clinic.visits.append(visit, "answer", {"item": item, "yes": True}, nurse)
        staffed.clock.advance(60.0)

    found = staffed.clinic.visits.entries(visit, nurse)

    assert [(e.seq, e.kind, e.facts["item"], e.actor) for e in found] == [
        (1, "answer", "food", nurse.id),
        (2, "answer", "liquids", nurse.id),
    ]
    assert found[0].utc < found[1].utc


def test_a_visit_is_listed_with_its_alias_session_and_end(staffed: Staffed, visit: str) -> None:
    nurse = staffed.actors[Role.STAFF]
    staffed.clinic.visits.link_session(visit, "20260101t000000-ab12", nurse)
    staffed.clinic.visits.close(visit, nurse)

    (found,) = staffed.clinic.visits.visits(nurse)

    assert (found.id, found.alias, found.route) == (visit, "Blue 7", "iv")
    assert (found.session, bool(found.closed_utc)) == ("20260101t000000-ab12", True)


def test_a_second_session_needs_a_second_visit(staffed: Staffed, visit: str) -> None:
    nurse = staffed.actors[Role.STAFF]
    staffed.clinic.visits.link_session(visit, "20260101t000000-ab12", nurse)

    with pytest.raises(ClinicError, match="begin another visit"):
        staffed.clinic.visits.link_session(visit, "20260101t000000-cd34", nurse)


def test_a_note_is_read_by_its_writer_and_the_visits_therapist_alone(
    staffed: Staffed, visit: str
) -> None:
    write(staffed, visit, Role.STAFF, "by the nurse")
    write(staffed, visit, Role.THERAPIST, "by the therapist")

    seen = {role: texts(staffed, visit, actor) for role, actor in staffed.actors.items()}

    assert seen == {
        Role.STAFF: ["by the nurse", WITHHELD],
        Role.THERAPIST: ["by the nurse", "by the therapist"],
        Role.ADMIN: [WITHHELD, WITHHELD],
    }


def test_with_a_reason_staff_read_others_notes_and_the_audit_keeps_that(
    staffed: Staffed, visit: str
) -> None:
    write(staffed, visit, Role.THERAPIST, "by the therapist")
    nurse = staffed.actors[Role.STAFF]

    assert texts(staffed, visit, nurse, reason="handover") == ["by the therapist"]

    line = staffed.clinic.audit.entries(CONSOLE)[-1]
    assert (line.action, line.object, line.actor) == ("notes_read", visit, nurse.id)
    assert "handover" not in str(line)
    admin = staffed.actors[Role.ADMIN]
    assert staffed.clinic.audit.reason(admin, line) == "handover"
    assert staffed.clinic.audit.reason(admin, staffed.clinic.audit.entries(admin)[0]) == ""


def test_follow_ups_are_kept_and_settled(staffed: Staffed, visit: str) -> None:
    nurse = staffed.actors[Role.STAFF]
    due = FollowUp(visit, "2026-01-02T00:00:00+00:00", "2026-01-04T00:00:00+00:00", nurse.id)
    done = FollowUp(visit, due.opens_utc, due.closes_utc, nurse.id, "done")
    for state in (due, done):
        staffed.clinic.visits.set_follow_up(state, nurse)

    assert staffed.clinic.visits.follow_ups(nurse) == (done,)
    with pytest.raises(ClinicError, match="one of"):
        staffed.clinic.visits.set_follow_up(FollowUp(visit, "", "", None, "lost"), nurse)


@pytest.mark.parametrize(
    ("kind", "alias", "route"),
    [("Robert'); --", "Blue", "iv"), ("", "Blue", "iv"), ("note", "", "iv"),
     ("note", "x" * 81, "iv"), ("note", "Blue", "I V")],
)  # fmt: skip
def test_what_stands_in_clear_is_a_plain_word(
    staffed: Staffed, kind: str, alias: str, route: str
) -> None:
    nurse = staffed.actors[Role.STAFF]

    with pytest.raises(ClinicError):
        staffed.clinic.visits.append(
            staffed.clinic.visits.begin(nurse, alias, route), kind, {}, nurse
        )


def test_a_visit_that_is_not_there_is_said(staffed: Staffed) -> None:
    with pytest.raises(ClinicError, match="no such visit"):
        staffed.clinic.visits.append("0123", "note", {}, staffed.actors[Role.STAFF])


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE visit_entry SET kind = 'vitals' WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET utc = '' WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET actor = 'x' WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET role = 'admin' WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET is_note = 0 WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET seq = 9 WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET id = 'x' WHERE seq = 2", "Entry 2 .* is gone"),
        ("UPDATE visit_entry SET facts = x'01' WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET facts = 'words' WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET facts = x'' WHERE seq = 2", "Entry 2 .* was changed"),
        ("UPDATE visit_entry SET kind = x'ff' WHERE seq = 2", "Entry 2 .* was changed"),
        (SWAPPED_FACTS, "Entry 2 .* was changed"),
        ("DELETE FROM visit_entry WHERE seq = 2", "Entry 2 .* is gone"),
        ("DELETE FROM visit_entry WHERE seq = 3", "Entry 3 .* is gone"),
        (ONE_MORE, "Entry 4 .* was never written"),
        ("UPDATE visit SET route = 'im'", "Visit .* was changed"),
        ("UPDATE visit SET begun_utc = ''", "Visit .* was changed"),
        ("UPDATE visit SET therapist = NULL", "Visit .* was changed"),
        ("DELETE FROM visit", "Visit .* is gone"),
        (ANOTHER_VISIT, "Visit new was never begun"),
        ("UPDATE visit SET session = 'other'", "Visit .* was changed"),
        ("UPDATE visit SET closed_utc = 'x'", "Visit .* was changed"),
        ("UPDATE follow_up SET closes_utc = 'x'", "follow-up of visit .* was changed"),
        ("DELETE FROM follow_up", "follow-up of visit .* was changed"),
    ],
)  # fmt: skip
def test_whatever_is_changed_past_the_program_is_found_and_named(
    staffed: Staffed, visit: str, statement: str, said: str
) -> None:
    for text in ("one", "two", "three"):
        write(staffed, visit, Role.STAFF, text)
    staffed.clinic.visits.set_follow_up(FollowUp(visit, "a", "b"), staffed.actors[Role.STAFF])
    assert staffed.clinic.audit.verify(CONSOLE).ok

    change_directly(staffed, statement)

    found = staffed.clinic.audit.verify(CONSOLE)
    assert not found.ok
    assert found.first_bad is not None
    assert re.search(said, found.why)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE visit_entry SET kind = 'x'", "UPDATE visit_entry SET utc = ''",
     "DELETE FROM visit_entry", "DELETE FROM visit", "UPDATE visit SET route = 'im'"],
)  # fmt: skip
def test_the_database_itself_refuses_to_change_a_visit(
    staffed: Staffed, visit: str, statement: str
) -> None:
    write(staffed, visit, Role.STAFF, "one")

    with (
        closing(sqlite3.connect(staffed.folder.clinic)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"never|only"),
    ):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE entry SET frame = 7 WHERE seq = 2", 2),
        ("UPDATE entry SET wall = '' WHERE seq = 2", 2),
        ("UPDATE entry SET event = 'stop' WHERE seq = 2", 2),
        ("UPDATE entry SET facts = '{}' WHERE seq = 2", 2),
        ("UPDATE entry SET link = '' WHERE seq = 2", 2),
        ("UPDATE entry SET seq = 9 WHERE seq = 2", 2),
        ("DELETE FROM entry WHERE seq = 1", 1),
        ("DELETE FROM entry WHERE seq = 2", 2),
        ("DELETE FROM entry WHERE seq = 4", 4),
        ("DELETE FROM entry", 1),
    ],
)
def test_a_sessions_record_that_was_changed_is_found_and_its_entry_named(
    staffed: Staffed, statement: str, bad: int
) -> None:
    home = record_session(staffed.folder, "a", "b", "c", "d")
    assert staffed.clinic.audit.anchor() == 1
    assert staffed.clinic.audit.anchor() == 0
    assert staffed.clinic.audit.verify(CONSOLE).ok

    with closing(sqlite3.connect(home / "journal.sqlite", isolation_level=None)) as connection:
        for each in ("DROP TRIGGER entry_stays", "DROP TRIGGER entry_is_kept", statement):
            connection.execute(each)

    found = staffed.clinic.audit.verify(CONSOLE)
    assert found.why == f"Entry {bad} of session {home.name} is not as it was written, or gone."
    assert found.first_bad == staffed.clinic.audit.head().seq


def test_a_session_that_is_gone_is_missed_once_it_was_anchored(staffed: Staffed) -> None:
    home = record_session(staffed.folder, "a")
    staffed.clinic.audit.anchor(home.name)

    (home / "journal.sqlite").unlink()

    assert "There is no session" in staffed.clinic.audit.verify(CONSOLE).why
