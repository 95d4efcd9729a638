"""Retention, erasure and new keys: what is gone is gone, and the audit says so."""

import pytest
from fakes.clinic import NAMES, PINS, SESSION, Staffed, record_session
from fakes.clock import FakeClock

from soundscape.clinic.keys import key_file as key_file_place
from soundscape.clinic.keys import read_keyring, recover
from soundscape.clinic.roles import CONSOLE, Role
from soundscape.clinic.service import Clinic
from soundscape.clinic.upkeep import Kept
from soundscape.clinic.visits import ERASED
from soundscape.errors import ClinicError, SessionError
from soundscape.session.chair_lock import ChairLock

DAY_S = 86_400.0


@pytest.fixture
def visit(staffed: Staffed) -> str:
    nurse = staffed.actors[Role.STAFF]
    visit = staffed.clinic.visits.begin(nurse, "Blue 7", "iv", opening={"alias": "Blue 7"})
    staffed.clinic.visits.append(visit, "note", {"text": "a note", "mark": "slept"}, nurse)
    return visit


def test_as_shipped_everything_is_kept(staffed: Staffed, visit: str) -> None:
    staffed.clock.advance(DAY_S * 36_500)

    assert staffed.clinic.upkeep.retention() == dict.fromkeys(Kept)
    assert staffed.clinic.upkeep.due() == ()
    assert len(staffed.clinic.visits.entries(visit, staffed.actors[Role.STAFF])) == 2


@pytest.mark.parametrize(
    ("what", "days", "identifier"),
    [(Kept.VISITS, 30, "visit"), (Kept.NOTES, 7, "visit"), (Kept.SESSIONS, 14, SESSION)],
)
def test_each_class_is_erased_when_its_days_are_over_and_not_before(
    staffed: Staffed, visit: str, what: Kept, days: int, identifier: str
) -> None:
    record_session(staffed.folder, "a")
    staffed.clinic.upkeep.set_retention(CONSOLE, what, days)
    identifier = visit if identifier == "visit" else identifier
    begun_s = 1000.0 if what is not Kept.SESSIONS else 0.0

    staffed.clock.advance(begun_s + DAY_S * days - staffed.clock.now())
    assert staffed.clinic.upkeep.erase_due(CONSOLE) == ()
    staffed.clock.advance(1.0)

    assert staffed.clinic.upkeep.erase_due(CONSOLE) == ((what, identifier),)
    assert staffed.clinic.upkeep.erase_due(CONSOLE) == ()
    assert staffed.clinic.audit.verify(CONSOLE).ok


def test_less_than_a_day_is_refused(staffed: Staffed) -> None:
    with pytest.raises(ClinicError, match="a day at least"):
        staffed.clinic.upkeep.set_retention(CONSOLE, Kept.NOTES, 0)


def test_an_erased_note_leaves_the_rest_of_its_entry(staffed: Staffed, visit: str) -> None:
    staffed.clinic.upkeep.erase(CONSOLE, Kept.NOTES, visit)

    entry = staffed.clinic.visits.entries(visit, staffed.actors[Role.STAFF])[1]
    assert dict(entry.facts) == {"text": ERASED, "mark": "slept"}


def test_an_erased_visit_leaves_a_tombstone_and_takes_nothing_more(
    staffed: Staffed, visit: str
) -> None:
    nurse = staffed.actors[Role.STAFF]
    staffed.clinic.upkeep.erase(CONSOLE, Kept.VISITS, visit)

    (found,) = staffed.clinic.visits.visits(nurse)
    line = staffed.clinic.audit.entries(CONSOLE)[-1]
    assert (found.id, found.alias) == (visit, ERASED)
    assert staffed.clinic.visits.entries(visit, nurse) == ()
    assert (line.action, line.object, line.detail) == ("erased", visit, {"what": "visits"})
    with pytest.raises(ClinicError, match="was erased"):
        staffed.clinic.visits.append(visit, "note", {"text": "more"}, nurse)


def test_no_session_is_erased_while_one_is_running(staffed: Staffed) -> None:
    home = record_session(staffed.folder, "a")
    lock = ChairLock(staffed.folder.root)

    with pytest.raises(SessionError, match="Another session"):
        staffed.clinic.upkeep.erase(CONSOLE, Kept.SESSIONS, SESSION)
    lock.release()

    assert home.is_dir()


@pytest.mark.parametrize("identifier", ["nobody", "..", "../data", "."])
def test_what_is_not_there_is_not_erased(staffed: Staffed, identifier: str) -> None:
    for what in Kept:
        with pytest.raises(ClinicError, match="There is no"):
            staffed.clinic.upkeep.erase(CONSOLE, what, identifier)


def test_a_new_key_seals_everything_and_all_is_read_as_before(
    staffed: Staffed, visit: str
) -> None:
    nurse = staffed.actors[Role.STAFF]
    before = staffed.clinic.visits.entries(visit, nurse)
    ring = read_keyring_of()

    key = staffed.clinic.upkeep.rotate_keys(staffed.actors[Role.ADMIN])

    with Clinic.open(staffed.folder, FakeClock(staffed.clock.now()), boot="first") as anew:
        assert anew.visits.entries(visit, nurse) == before
        assert anew.people.sign_in(NAMES[Role.STAFF], PINS[Role.STAFF]) == nurse
        assert anew.audit.verify(CONSOLE).ok
    assert read_keyring_of() == (*ring, key)
    content = staffed.folder.clinic.read_bytes()
    assert bytes.fromhex(key) in content
    assert b"\x01" + bytes.fromhex(ring[0]) not in content


def read_keyring_of() -> tuple[str, ...]:
    """Return the numbers of the keys in the file."""
    ring = read_keyring(key_file_place())
    assert ring is not None
    return tuple(key.id for key in ring.keys)


def test_the_sheet_opens_what_was_sealed(staffed: Staffed, visit: str) -> None:
    sheet = staffed.clinic.upkeep.recovery_sheet(staffed.actors[Role.ADMIN])
    key_file_place().unlink()

    recover(sheet)

    with Clinic.open(staffed.folder, FakeClock(1000.0), boot="first") as clinic:
        (found,) = clinic.visits.visits(staffed.actors[Role.STAFF])
    assert (found.id, found.alias) == (visit, "Blue 7")
