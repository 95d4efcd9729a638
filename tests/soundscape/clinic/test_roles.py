"""Every action by every role, through the service that is asked for it."""

from collections.abc import Callable, Mapping

import pytest
from fakes.clinic import PINS, Staffed, record_session

from soundscape.clinic.people import Person
from soundscape.clinic.roles import (
    CONSOLE,
    NOBODY,
    PATIENT,
    PERMITTED,
    Action,
    Actor,
    Role,
    is_permitted,
)
from soundscape.clinic.upkeep import Kept
from soundscape.clinic.visits import FollowUp
from soundscape.errors import DeniedError

Act = Callable[[Staffed, Actor, str], object]

MATRIX = """
                        patient  staff  therapist  admin
call                       yes    yes      yes      yes
stop_at_once               yes    yes      yes      yes
choose_preset              yes    yes      yes      yes
leave_intention            yes    no       no       no
run_session                no     yes      yes      no
leave_kiosk                no     yes      yes      yes
build_playlists            no     no       yes      no
read_visits                no     yes      yes      yes
write_visits               no     yes      yes      no
override                   no     yes      yes      no
discharge                  no     yes      yes      no
read_own_notes             no     yes      yes      no
read_notes_with_reason     no     yes      yes      no
export                     no     yes      yes      yes
change_own_pin             no     yes      yes      yes
manage_people              no     no       no       yes
manage_devices             no     no       no       yes
set_retention              no     no       no       yes
erase                      no     no       no       yes
manage_keys                no     no       no       yes
back_up                    no     no       no       yes
read_audit                 no     no       no       yes
"""


def somebody(staffed: Staffed) -> Person:
    return staffed.clinic.people.all(CONSOLE)[0]


ACTS: Mapping[str, tuple[Action, Act]] = {
    "list people": (Action.MANAGE_PEOPLE, lambda s, a, _: s.clinic.people.all(a)),
    "add somebody": (
        Action.MANAGE_PEOPLE,
        lambda s, a, _: s.clinic.people.add(a, "New", Role.STAFF, "837261"),
    ),
    "reset a PIN": (
        Action.MANAGE_PEOPLE,
        lambda s, a, _: s.clinic.people.reset_pin(a, somebody(s).id, "837261"),
    ),
    "let somebody go": (
        Action.MANAGE_PEOPLE,
        lambda s, a, _: s.clinic.people.set_active(a, somebody(s).id, is_active=True),
    ),
    "change one's PIN": (
        Action.CHANGE_OWN_PIN,
        lambda s, a, _: s.clinic.people.change_own_pin(a, PINS.get(a.role, ""), "837261"),
    ),
    "begin a visit": (Action.WRITE_VISITS, lambda s, a, _: s.clinic.visits.begin(a, "Blue", "iv")),
    "write an entry": (
        Action.WRITE_VISITS,
        lambda s, a, v: s.clinic.visits.append(v, "note", {"text": "calm"}, a),
    ),
    "leave an intention": (
        Action.LEAVE_INTENTION,
        lambda s, a, _: s.clinic.chairside.leave_intention(a, {"choice": "private"}),
    ),
    "write a patient's intention": (
        Action.LEAVE_INTENTION,
        lambda s, a, v: s.clinic.visits.append(v, "intention", {"choice": "private"}, a),
    ),
    "see whether a visit is prepared": (
        Action.LEAVE_INTENTION,
        lambda s, a, _: s.clinic.chairside.is_awaited(a),
    ),
    "override": (
        Action.OVERRIDE,
        lambda s, a, v: s.clinic.visits.append(v, "override", {"reason": "late"}, a),
    ),
    "discharge": (
        Action.DISCHARGE,
        lambda s, a, v: s.clinic.visits.append(v, "discharged", {}, a),
    ),
    "close a visit": (Action.DISCHARGE, lambda s, a, v: s.clinic.visits.close(v, a)),
    "list visits": (Action.READ_VISITS, lambda s, a, _: s.clinic.visits.visits(a)),
    "read a visit": (Action.READ_VISITS, lambda s, a, v: s.clinic.visits.entries(v, a)),
    "read others' notes": (
        Action.READ_NOTES_WITH_REASON,
        lambda s, a, v: s.clinic.visits.entries(v, a, reason="asked by the patient"),
    ),
    "link a session": (
        Action.RUN_SESSION,
        lambda s, a, v: s.clinic.visits.link_session(v, "20260101t000000-ab12", a),
    ),
    "set a follow-up": (
        Action.WRITE_VISITS,
        lambda s, a, v: s.clinic.visits.set_follow_up(FollowUp(v, "2026-01-02", "2026-01-04"), a),
    ),
    "list follow-ups": (Action.READ_VISITS, lambda s, a, _: s.clinic.visits.follow_ups(a)),
    "read the audit": (Action.READ_AUDIT, lambda s, a, _: s.clinic.audit.entries(a)),
    "read why notes were read": (
        Action.READ_AUDIT,
        lambda s, a, _: s.clinic.audit.reason(a, s.clinic.audit.entries(CONSOLE)[0]),
    ),
    "verify the audit": (Action.READ_AUDIT, lambda s, a, _: s.clinic.audit.verify(a)),
    "set retention": (
        Action.SET_RETENTION,
        lambda s, a, _: s.clinic.upkeep.set_retention(a, Kept.NOTES, 30),
    ),
    "erase notes": (Action.ERASE, lambda s, a, v: s.clinic.upkeep.erase(a, Kept.NOTES, v)),
    "change the key": (Action.MANAGE_KEYS, lambda s, a, _: s.clinic.upkeep.rotate_keys(a)),
    "show the sheet": (Action.MANAGE_KEYS, lambda s, a, _: s.clinic.upkeep.recovery_sheet(a)),
    "back up": (
        Action.BACK_UP,
        lambda s, a, _: s.clinic.backups.make(a, s.folder.root.parent / "a.backup"),
    ),
    "rotate backups": (Action.BACK_UP, lambda s, a, _: s.clinic.backups.rotate(a)),
}


def test_the_table_is_the_one_that_was_decided() -> None:
    rows = [line.split() for line in MATRIX.strip().splitlines()]
    roles, decided = [Role(word) for word in rows[0]], rows[1:]

    said = {
        (Action(name), role): word
        for name, *words in decided
        for role, word in zip(roles, words, strict=True)
    }

    assert said == {
        (action, role): "yes" if is_permitted(role, action) else "no"
        for action in Action
        for role in Role
    }
    assert set(PERMITTED) == set(Role)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", list(ACTS))
def test_the_service_does_for_each_role_what_the_table_says(
    staffed: Staffed, role: Role, name: str
) -> None:
    needed, act = ACTS[name]
    actor = staffed.actors.get(role, PATIENT)
    visit = staffed.clinic.visits.begin(staffed.actors[Role.STAFF], "Blue", "iv")
    before = staffed.clinic.audit.head().seq

    if is_permitted(role, needed):
        act(staffed, actor, visit)
        return
    says = "sign in as staff" if role is Role.ADMIN else "role does not allow"
    with pytest.raises(DeniedError, match=says):
        act(staffed, actor, visit)
    (line,) = staffed.clinic.audit.entries(CONSOLE, after=before)
    assert (line.actor, line.action) == (actor.id, "denied")
    assert not is_permitted(role, Action(line.object))


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(Actor("console", Role.STAFF), id="the console as somebody else"),
        pytest.param(Actor("patient", Role.ADMIN), id="a patient who says to be an administrator"),
        pytest.param(Actor(NOBODY.id, Role.ADMIN), id="nobody who says to be an administrator"),
        pytest.param(Actor("0123456789abcdef", Role.ADMIN), id="somebody who is not there"),
    ],
)
def test_nobody_is_taken_at_their_word(staffed: Staffed, forged: Actor) -> None:
    with pytest.raises(DeniedError):
        staffed.clinic.visits.visits(forged)


def test_whoever_has_left_or_changed_may_no_longer_do_what_they_did(staffed: Staffed) -> None:
    nurse = staffed.actors[Role.STAFF]
    with pytest.raises(DeniedError):
        staffed.clinic.visits.visits(Actor(nurse.id, Role.ADMIN))

    staffed.clinic.people.set_active(CONSOLE, nurse.id, is_active=False)

    with pytest.raises(DeniedError):
        staffed.clinic.visits.visits(nurse)


def test_a_session_is_erased_by_an_administrator_alone(staffed: Staffed) -> None:
    home = record_session(staffed.folder, "a")
    with pytest.raises(DeniedError):
        staffed.clinic.upkeep.erase(staffed.actors[Role.THERAPIST], Kept.SESSIONS, home.name)

    staffed.clinic.upkeep.erase(staffed.actors[Role.ADMIN], Kept.SESSIONS, home.name)

    assert not home.exists()
