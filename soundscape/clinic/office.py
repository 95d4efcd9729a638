"""What every act of the clinic shares: the right to do it, the keys, and the line in the audit."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from soundscape.clinic.chain import AuditEntry, Signer
from soundscape.clinic.keys import Keyring, key_file, read_keyring
from soundscape.clinic.pauses import Moment
from soundscape.clinic.roles import CONSOLE, NOBODY, PATIENT, Action, Actor, Role, is_permitted
from soundscape.clinic.sealing import Sealer
from soundscape.clinic.store.database import Database, Rows
from soundscape.clock import Clock
from soundscape.errors import DeniedError
from soundscape.folders import DataFolder

_ID_BYTES = 8
_WITHOUT_PIN = {actor.id: actor for actor in (CONSOLE, NOBODY, PATIENT)}


class Office:
    """The open database together with its keys.

    Parameters
    ----------
    folder : DataFolder
        The clinic's data.
    database : Database
        What is kept of people and visits.
    keyring : Keyring
        The clinic's keys.
    clock : Clock
        For labels and pauses.
    boot : str
        Which start of the machine this is.
    """

    def __init__(
        self, folder: DataFolder, database: Database, keyring: Keyring, clock: Clock, boot: str
    ) -> None:
        self.folder = folder
        self.database = database
        self.clock = clock
        self._boot = boot
        self.use(keyring)

    def use(self, keyring: Keyring) -> None:
        """Seal and sign with these keys from now on."""
        self.keyring = keyring
        self.sealer = Sealer(keyring)
        self.signer = Signer(keyring)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Yield the rows as they are at one moment, with the keys that open them."""
        with self.database.reading() as rows:
            self._keep_up(rows)
            yield rows

    @contextmanager
    def changing(self) -> Iterator[Rows]:
        """Yield the rows to change, with the key that seals and signs now; all or nothing."""
        with self.database.changing() as rows:
            self._keep_up(rows)
            yield rows

    def moment(self) -> Moment:
        """Return now, as no wall clock changes it."""
        return Moment(self._boot, self.clock.now())

    def authorize(self, actor: Actor, action: Action) -> None:
        """Let an act begin; a refusal is in the audit.

        Raises
        ------
        DeniedError
            If the actor's role does not allow it, or is not theirs any more.
        """
        is_for_role = is_permitted(actor.role, action)
        if is_for_role and self._is_still(actor):
            return
        with self.changing() as rows:
            self.record(rows, actor, "denied", action)
        if actor.role is Role.ADMIN and not is_for_role:
            raise DeniedError(
                "An administrator looks after people and settings; for this sign in as staff or "
                "therapist, or add somebody in the settings."
            )
        raise DeniedError("Your role does not allow this; ask an administrator.")

    def record(
        self, rows: Rows, actor: Actor, action: str, about: str, **detail: object
    ) -> AuditEntry:
        """Add a line to the audit, in the transaction of what was done.

        Parameters
        ----------
        rows : Rows
            Being changed.
        actor : Actor
            Who did it.
        action : str
            What was done.
        about : str
            To what: an identifier.
        **detail : object
            The rest: identifiers and numbers, never what people typed.
        """
        last = rows.audit.head()
        entry = AuditEntry(
            last.seq + 1, self.clock.wall_time(), self.clock.now(),
            actor.id, str(actor.role), action, about, detail,
        )  # fmt: skip
        entry = self.signer.sign(entry, last)
        rows.audit.add(entry)
        return entry

    def _keep_up(self, rows: Rows) -> None:
        """Take up a key that another process has changed meanwhile."""
        if rows.audit.last_key() != self.keyring.current.id:
            there = read_keyring(key_file())
            if there is not None and there != self.keyring:
                self.use(there)

    def _is_still(self, actor: Actor) -> bool:
        """Return whether somebody is what they say; they may have left since they signed in."""
        if actor.id in _WITHOUT_PIN:
            return actor == _WITHOUT_PIN[actor.id]
        with self.reading() as rows:
            person = rows.people.one(actor.id)
        return person is not None and person.is_active and person.role is actor.role


def new_id() -> str:
    """Return an identifier that says nothing."""
    return secrets.token_hex(_ID_BYTES)


def sealed_place(table: str, column: str, row: str) -> str:
    """Return the name of the place that a field is sealed in."""
    return f"{table}:{column}:{row}"


Facts = Mapping[str, Any]
"""What JSON can hold."""
