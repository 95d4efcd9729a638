"""People: who they are, how they sign in, and what wrong PINs cost them.

A wrong PIN is counted before it is compared, so that ending the program in between saves none.
For a name that nobody has everything is as for a wrong PIN: count, pause, answer and time.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace

from soundscape.clinic.keys import Purpose
from soundscape.clinic.office import Office, new_id, sealed_place
from soundscape.clinic.pauses import Tries, begun_anew, wait_left
from soundscape.clinic.pins import PinHasher, check_pin
from soundscape.clinic.roles import NOBODY, Action, Actor, Role, is_permitted
from soundscape.clinic.store.database import Rows
from soundscape.clinic.store.people_rows import PersonRow
from soundscape.errors import ClinicError, DeniedError

KIOSK = "kiosk"
LONGEST_NAME_CHARS = 80
_SEVERAL = Actor("several", Role.STAFF)
"""Whoever left the patient's screen by a PIN that more than one person has."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in.

    Attributes
    ----------
    id : str
        Their identifier, as in the audit.
    name : str
        What they are called.
    role : Role
        What they are.
    is_active : bool
        Whether they may sign in.
    """

    id: str
    name: str
    role: Role
    is_active: bool


class People:
    """The clinic's people.

    Parameters
    ----------
    office : Office
        The clinic's.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._hasher = PinHasher()

    def names(self) -> tuple[str, ...]:
        """Return who may sign in, for the list at the entrance."""
        return tuple(sorted(person.name for person in self._all() if person.is_active))

    def sign_in(self, name: str, pin: str) -> Actor:
        """Return who somebody is who gives their name and PIN.

        Raises
        ------
        DeniedError
            If they are not right, or came too soon after wrong ones.
        """
        person = self._called(name)
        row = self._row(person.id) if person else None
        door = row.id if row else self._strangers_door(name)
        if not self._passes(door, lambda: self._matches(row, pin)) or row is None:
            raise DeniedError("The name or the PIN is not right; try again.")
        actor = Actor(row.id, row.role)
        with self._office.changing() as rows:
            self._office.record(rows, actor, "signed_in", actor.id)
        return actor

    def leave_kiosk(self, pin: str) -> None:
        """Let staff leave the patient's screen by anybody's PIN.

        The pauses there end after a quarter of an hour: that door is never disabled, as somebody
        in the chair must not be able to keep staff out.

        Raises
        ------
        DeniedError
            If it is nobody's, or came too soon after wrong ones.
        """
        found: list[Actor] = []

        def compare() -> bool:
            with self._office.reading() as rows:
                allowed = [
                    r for r in rows.people.all() if is_permitted(r.role, Action.LEAVE_KIOSK)
                ]
            found.extend(Actor(row.id, row.role) for row in allowed if self._matches(row, pin))
            return bool(found)

        if not self._passes(KIOSK, compare):
            raise DeniedError("The PIN is not right; try again.")
        with self._office.changing() as rows:
            actor = found[0] if len(found) == 1 else _SEVERAL
            self._office.record(rows, actor, "kiosk_left", KIOSK)

    def all(self, actor: Actor) -> tuple[Person, ...]:
        """Return everybody, also who has left, in the order in which they came."""
        self._office.authorize(actor, Action.MANAGE_PEOPLE)
        return self._all()

    def add(self, actor: Actor, name: str, role: Role, pin: str) -> Person:
        """Add somebody.

        Raises
        ------
        ClinicError
            If the name is taken or too long, the role signs in nowhere, or the PIN is too easy.
        """
        self._office.authorize(actor, Action.MANAGE_PEOPLE)
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME_CHARS:
            raise ClinicError(f"A name has 1 to {LONGEST_NAME_CHARS} letters; choose another.")
        if role is Role.PATIENT:
            raise ClinicError("Patients do not sign in; choose staff, therapist or admin.")
        if self._called(name) is not None:
            raise ClinicError("Somebody has that name already; choose another.")
        check_pin(pin)
        person = Person(new_id(), name, role, is_active=True)
        with self._office.changing() as rows:
            rows.people.save(self._sealed(person, pin))
            self._office.record(rows, actor, "person_added", person.id, role=str(role))
        return person

    def reset_pin(self, actor: Actor, person: str, pin: str) -> None:
        """Give somebody a new PIN; their wrong ones are forgotten.

        An easy PIN, or that of nobody, is refused with ``ClinicError``.
        """
        self._office.authorize(actor, Action.MANAGE_PEOPLE)
        self._set_pin(actor, person, pin, "pin_reset")

    def change_own_pin(self, actor: Actor, old: str, new: str) -> None:
        """Change one's own PIN.

        Raises
        ------
        DeniedError
            If the old one is not right.
        """
        self._office.authorize(actor, Action.CHANGE_OWN_PIN)
        row = self._row(actor.id)
        if not self._passes(actor.id, lambda: self._matches(row, old)):
            raise DeniedError("The PIN is not right; try again.")
        self._set_pin(actor, actor.id, new, "pin_changed")

    def set_active(self, actor: Actor, person: str, *, is_active: bool) -> None:
        """Let somebody sign in, or no longer; what they did stays in the audit."""
        self._office.authorize(actor, Action.MANAGE_PEOPLE)
        row = self._row(person)
        with self._office.changing() as rows:
            rows.people.save(replace(row, is_active=is_active))
            done = "person_returned" if is_active else "person_left"
            self._office.record(rows, actor, done, person)

    def _set_pin(self, actor: Actor, person: str, pin: str, done: str) -> None:
        check_pin(pin)
        row = self._row(person)
        sealed = self._seal("pin", person, self._hasher.hash(pin))
        with self._office.changing() as rows:
            rows.people.save(replace(row, pin=sealed))
            rows.people.forget_tries(person)
            self._office.record(rows, actor, done, person)

    def _passes(self, door: str, right: Callable[[], bool]) -> bool:
        """Return whether a PIN is right; it is counted as wrong until it is known to be.

        Where no PIN is taken now, that is refused with ``DeniedError``.
        """
        with self._office.changing() as rows:
            refusal = self._refusal(rows, door)
        if refusal is not None:
            raise refusal
        passes = right()
        with self._office.changing() as rows:
            if passes:
                rows.people.forget_tries(door)
            else:
                self._office.record(rows, NOBODY, "pin_refused", door)
        return passes

    def _refusal(self, rows: Rows, door: str) -> DeniedError | None:
        """Count a try at a door; return why it is not taken, if it is not."""
        now = self._office.moment()
        tries = rows.people.tries(door) or Tries(0, now)
        if tries.is_disabled and door != KIOSK:
            return DeniedError("Too many wrong PINs: this sign-in is off; ask an administrator.")
        wait_s = wait_left(tries, now)
        if wait_s > 0.0:
            if begun_anew(tries, now):
                rows.people.save_tries(door, Tries(tries.wrong, now))
            return DeniedError(
                f"Too many wrong PINs; wait {wait_s:.0f} s and try again.", wait_s=wait_s
            )
        rows.people.save_tries(door, Tries(tries.wrong + 1, now))
        return None

    def _matches(self, row: PersonRow | None, pin: str) -> bool:
        kept = None
        if row is not None and row.is_active:
            kept = self._office.sealer.open(sealed_place("person", "pin", row.id), row.pin)
        return self._hasher.matches(kept, pin)

    def _strangers_door(self, name: str) -> str:
        secret = self._office.keyring.keys[0].derived(Purpose.DOORS)
        return "?" + hmac.digest(secret, name.strip().casefold().encode(), "sha256").hex()

    def _called(self, name: str) -> Person | None:
        sought = " ".join(name.split()).casefold()
        return next((each for each in self._all() if each.name.casefold() == sought), None)

    def _all(self) -> tuple[Person, ...]:
        with self._office.reading() as rows:
            return tuple(self._opened(row) for row in rows.people.all())

    def _row(self, person: str) -> PersonRow:
        with self._office.reading() as rows:
            row = rows.people.one(person)
        if row is None:
            raise ClinicError("There is nobody like that here; see 'soundscape staff list'.")
        return row

    def _opened(self, row: PersonRow) -> Person:
        name = self._office.sealer.open(sealed_place("person", "name", row.id), row.name)
        return Person(row.id, name, row.role, row.is_active)

    def _sealed(self, person: Person, pin: str) -> PersonRow:
        return PersonRow(
            id=person.id,
            name=self._seal("name", person.id, person.name),
            pin=self._seal("pin", person.id, self._hasher.hash(pin)),
            role=person.role,
            is_active=person.is_active,
            added_utc=self._office.clock.wall_time(),
        )

    def _seal(self, column: str, person: str, text: str) -> bytes:
        return self._office.sealer.seal(sealed_place("person", column, person), text)
