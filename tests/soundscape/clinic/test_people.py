"""Signing in: guesses are counted, paused and ended, whatever is restarted or set."""

from contextlib import closing
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fakes.clinic import NAMES, PINS, Staffed
from fakes.clock import FakeClock

from soundscape.clinic.pauses import DISABLED_AT, FIRST_PAUSE_S, LONGEST_PAUSE_S, Moment, Tries
from soundscape.clinic.people import KIOSK, LONGEST_NAME_CHARS
from soundscape.clinic.pins import PinHasher
from soundscape.clinic.roles import CONSOLE, Role
from soundscape.clinic.service import Clinic
from soundscape.clinic.store.database import Database
from soundscape.errors import ClinicError, DeniedError

NURSE, PIN = NAMES[Role.STAFF], PINS[Role.STAFF]
DAY_S = 86_400.0


class SetClock(FakeClock):
    """A clock whose wall time somebody sets."""

    offset_s = 0.0

    def wall_time(self) -> str:
        """Return the time that the wall clock was set to."""
        return FakeClock(max(0.0, self.now() + self.offset_s)).wall_time()


def guess(clinic: Clinic, name: str = NURSE, pin: str = "111119") -> DeniedError:
    """Sign in with a wrong PIN; return the refusal."""
    with pytest.raises(DeniedError) as refused:
        clinic.people.sign_in(name, pin)
    return refused.value


def guessed_before(staffed: Staffed, door: str, wrong: int) -> None:
    """Let there have been wrong PINs at a door, the last of them now."""
    now = Moment("first", staffed.clock.now())
    with (
        closing(Database(staffed.folder.clinic, staffed.folder.backups)) as database,
        database.changing() as rows,
    ):
        rows.people.save_tries(door, Tries(wrong, now))


def test_name_and_pin_sign_in_however_the_name_is_written(staffed: Staffed) -> None:
    actor = staffed.clinic.people.sign_in(f"  {NURSE.upper()} ", PIN)

    assert actor == staffed.actors[Role.STAFF]
    assert staffed.clinic.audit.entries(CONSOLE)[-1].action == "signed_in"


def test_six_wrong_pins_pause_and_then_the_right_one_opens(staffed: Staffed) -> None:
    refusals = [guess(staffed.clinic) for _ in range(6)]

    assert [each.wait_s > 0 for each in refusals] == [False] * 5 + [True]
    with pytest.raises(DeniedError, match="wait 30 s"):
        staffed.clinic.people.sign_in(NURSE, PIN)
    staffed.clock.advance(FIRST_PAUSE_S)
    assert staffed.clinic.people.sign_in(NURSE, PIN).role is Role.STAFF


def test_a_right_pin_forgives_the_wrong_ones(staffed: Staffed) -> None:
    for _ in range(3):
        for _ in range(4):
            guess(staffed.clinic)
        staffed.clinic.people.sign_in(NURSE, PIN)


@pytest.mark.parametrize("name", [NURSE, "nobody has this name"])
@pytest.mark.parametrize("restart", ["of the program", "of the machine"])
@pytest.mark.parametrize("set_by_s", [0.0, 3600.0, -DAY_S])
def test_neither_restart_nor_clock_shortens_a_pause(
    staffed: Staffed, name: str, restart: str, set_by_s: float
) -> None:
    for _ in range(5):
        guess(staffed.clinic, name)
    clock = SetClock(staffed.clock.now() + 29.0)
    clock.offset_s = set_by_s
    boot = "first" if restart == "of the program" else "second"

    with Clinic.open(staffed.folder, clock, boot=boot) as clinic:
        left_s = guess(clinic, name).wait_s
        clock.advance(left_s - 0.1)
        assert guess(clinic, name).wait_s > 0
        clock.advance(0.2)
        assert guess(clinic, name).wait_s == 0

    assert left_s == pytest.approx(1.0 if boot == "first" else FIRST_PAUSE_S)


@pytest.mark.parametrize("name", [NURSE, "nobody has this name"])
def test_after_a_hundred_wrong_ones_it_stays_shut(
    staffed: Staffed, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = set()
    with monkeypatch.context() as patch:
        patch.setattr(PinHasher, "matches", lambda *_: False)  # which takes its time
        for _ in range(DISABLED_AT):
            said.add(str(guess(staffed.clinic, name)))
            staffed.clock.advance(LONGEST_PAUSE_S)
    staffed.clock.advance(DAY_S)

    assert said == {"The name or the PIN is not right; try again."}
    assert "is off" in str(guess(staffed.clinic, name, PIN))


def test_an_administrator_opens_it_again(staffed: Staffed) -> None:
    guessed_before(staffed, staffed.actors[Role.STAFF].id, DISABLED_AT)
    assert "is off" in str(guess(staffed.clinic))

    staffed.clinic.people.reset_pin(
        staffed.actors[Role.ADMIN], staffed.actors[Role.STAFF].id, "837261"
    )

    assert staffed.clinic.people.sign_in(NURSE, "837261").role is Role.STAFF
    guess(staffed.clinic, pin=PIN)


def test_a_stranger_gets_the_same_answers_as_a_person(staffed: Staffed) -> None:
    def answers(name: str) -> list[tuple[str, float]]:
        refused = [guess(staffed.clinic, name) for _ in range(8)]
        return [(str(each), each.wait_s) for each in refused]

    assert answers("nobody has this name") == answers(NURSE)


def test_a_stranger_costs_the_same_comparison_as_a_person(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    compare = PasswordHasher.verify

    def noted(hasher: PasswordHasher, kept: str, pin: str) -> bool:
        compared.append(kept[: kept.rindex("$")].rpartition("$")[0])
        return compare(hasher, kept, pin)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    for name in (NURSE, "nobody has this name"):
        guess(staffed.clinic, name)

    assert compared == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_a_guess_counts_although_the_program_ends_before_it_is_compared(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(_: object, _kept: str | None, _pin: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("soundscape.clinic.pins.PinHasher.matches", ends)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                staffed.clinic.people.sign_in(NURSE, "111119")

    assert guess(staffed.clinic, pin=PIN).wait_s == FIRST_PAUSE_S


def test_anybodys_pin_leaves_the_patients_screen(staffed: Staffed) -> None:
    for pin in PINS.values():
        staffed.clinic.people.leave_kiosk(pin)

    left = [e.actor for e in staffed.clinic.audit.entries(CONSOLE) if e.action == "kiosk_left"]
    assert left == [actor.id for actor in staffed.actors.values()]


def test_guesses_at_the_patients_screen_pause_but_never_keep_staff_out_for_good(
    staffed: Staffed,
) -> None:
    guessed_before(staffed, KIOSK, DISABLED_AT + 5)
    staffed.clock.advance(LONGEST_PAUSE_S)
    staffed.clinic.people.leave_kiosk(PIN)

    for _ in range(5):
        with pytest.raises(DeniedError):
            staffed.clinic.people.leave_kiosk("111119")
    with pytest.raises(DeniedError, match="wait 30 s"):
        staffed.clinic.people.leave_kiosk(PIN)


def test_whoever_has_left_signs_in_no_longer_and_opens_nothing(staffed: Staffed) -> None:
    staffed.clinic.people.set_active(CONSOLE, staffed.actors[Role.STAFF].id, is_active=False)

    guess(staffed.clinic, pin=PIN)
    with pytest.raises(DeniedError):
        staffed.clinic.people.leave_kiosk(PIN)
    assert NURSE not in staffed.clinic.people.names()


def test_one_changes_ones_own_pin_by_the_old_one(staffed: Staffed) -> None:
    nurse = staffed.actors[Role.STAFF]
    with pytest.raises(DeniedError):
        staffed.clinic.people.change_own_pin(nurse, "111119", "837261")

    staffed.clinic.people.change_own_pin(nurse, PIN, "837261")

    assert staffed.clinic.people.sign_in(NURSE, "837261") == nurse


@pytest.mark.parametrize(
    ("name", "role", "pin", "why"),
    [
        ("", Role.STAFF, "837261", "A name has"),
        ("x" * (LONGEST_NAME_CHARS + 1), Role.STAFF, "837261", "A name has"),
        (NURSE.lower(), Role.STAFF, "837261", "has that name"),
        ("New", Role.PATIENT, "837261", "Patients do not sign in"),
        ("New", Role.STAFF, "123456", "guessed first"),
    ],
)
def test_an_impossible_person_is_refused(
    staffed: Staffed, name: str, role: Role, pin: str, why: str
) -> None:
    with pytest.raises(ClinicError, match=why):
        staffed.clinic.people.add(CONSOLE, name, role, pin)
    assert len(staffed.clinic.people.all(CONSOLE)) == len(PINS)


def test_a_missing_key_is_said_and_no_new_one_is_made(staffed: Staffed, key_file: Path) -> None:
    key_file.unlink()

    with pytest.raises(ClinicError, match="keys recover"):
        Clinic.open(staffed.folder, FakeClock())
    assert not key_file.exists()
