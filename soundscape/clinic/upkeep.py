"""Upkeep: how long each class of data is kept, what is erased, and new keys.

What is erased leaves a tombstone and a line in the audit, which is itself never erased. A backup
that was made before still holds it, until it is thinned out.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from soundscape.clinic.keys import key_file, recovery_sheet, write_keyring
from soundscape.clinic.office import Office, sealed_place
from soundscape.clinic.roles import Action, Actor
from soundscape.clinic.store.database import Rows
from soundscape.clinic.visits import ERASED, NOTE, facts_place
from soundscape.errors import ClinicError
from soundscape.session.chair_lock import ChairLock


class Kept(StrEnum):
    """Classes of data, each kept for as long as the clinic says."""

    VISITS = "visits"
    NOTES = "notes"
    SESSIONS = "sessions"


class Upkeep:
    """Keys, retention and erasure.

    Parameters
    ----------
    office : Office
        The clinic's.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def retention(self) -> Mapping[Kept, int | None]:
        """Return for how many days each class is kept; None is for ever, as shipped."""
        with self._office.reading() as rows:
            said = rows.upkeep.retention()
        return {what: said.get(what) for what in Kept}

    def set_retention(self, actor: Actor, what: Kept, days: int | None) -> None:
        """Set for how many days a class is kept; None is for ever.

        Raises
        ------
        ClinicError
            If it is less than a day.
        """
        self._office.authorize(actor, Action.SET_RETENTION)
        if days is not None and days < 1:
            raise ClinicError("What is kept is kept for a day at least; say a number from 1 on.")
        with self._office.changing() as rows:
            rows.upkeep.set_retention(what, days)
            self._office.record(rows, actor, "retention_set", what, days=days)

    def due(self) -> tuple[tuple[Kept, str], ...]:
        """Return what is kept longer than it should be: its class, and its identifier."""
        now = datetime.fromisoformat(self._office.clock.wall_time())
        found = []
        with self._office.reading() as rows:
            erased = rows.upkeep.erased()
            for what, days in rows.upkeep.retention().items():
                last = now - timedelta(days=days)
                for identifier, ended in self._dated(rows, Kept(what)):
                    if ended < last and (identifier, what) not in erased:
                        found.append((Kept(what), identifier))
        return tuple(found)

    def erase_due(self, actor: Actor) -> tuple[tuple[Kept, str], ...]:
        """Erase what is kept longer than it should be; return what."""
        found = self.due()
        for what, identifier in found:
            self.erase(actor, what, identifier)
        return found

    def erase(self, actor: Actor, what: Kept, identifier: str) -> None:
        """Erase a visit, a visit's notes, or a session's record; it cannot be undone.

        Parameters
        ----------
        actor : Actor
            Who erases.
        what : Kept
            Its class.
        identifier : str
            Of the visit, or of the session.

        Raises
        ------
        ClinicError
            If there is no such thing.
        """
        self._office.authorize(actor, Action.ERASE)
        if what is Kept.SESSIONS:
            self._erase_session(actor, identifier)
            return
        with self._office.changing() as rows:
            if rows.visits.one(identifier) is None:
                raise ClinicError("There is no such visit here.")
            self._mark(rows, actor, what, identifier)
            if what is Kept.VISITS:
                rows.visits.delete_entries(identifier)
                rows.visits.change(identifier, {"alias": None})
            else:
                self._erase_notes(rows, identifier)
        self._office.database.forget_deleted()

    def rotate_keys(self, actor: Actor) -> str:
        """Seal everything with a new key; return its number. Print a new sheet afterwards."""
        self._office.authorize(actor, Action.MANAGE_KEYS)
        with self._office.changing() as rows:
            extended = self._office.keyring.extended()
            # First the file: whatever happens between, everything opens with one key or another.
            write_keyring(key_file(), extended)
            self._office.use(extended)
            self._seal_anew(rows)
            self._office.record(rows, actor, "keys_rotated", extended.current.id)
        self._office.database.forget_deleted()
        return extended.current.id

    def recovery_sheet(self, actor: Actor) -> str:
        """Return the page with the clinic's keys; that it was shown is in the audit."""
        self._office.authorize(actor, Action.MANAGE_KEYS)
        with self._office.changing() as rows:
            self._office.record(rows, actor, "sheet_shown", self._office.keyring.current.id)
        return recovery_sheet(self._office.keyring, self._office.clock.wall_time())

    def _dated(self, rows: Rows, what: Kept) -> Iterator[tuple[str, datetime]]:
        """Yield what there is of a class, and when it ended."""
        if what is not Kept.SESSIONS:
            for visit in rows.visits.all():
                yield visit.id, datetime.fromisoformat(visit.closed_utc or visit.begun_utc)
            return
        for folder in sorted(self._office.folder.sessions.glob("*")):
            stamp = folder.name.partition("-")[0]
            try:
                yield folder.name, datetime.fromisoformat(f"{stamp}+00:00")
            except ValueError:
                continue  # nothing of ours

    def _erase_session(self, actor: Actor, session: str) -> None:
        """Delete a session's folder.

        Raises
        ------
        ClinicError
            If there is none.
        """
        home = self._office.folder.sessions / session
        if home.parent != self._office.folder.sessions or not home.is_dir():
            raise ClinicError(f"There is no session '{session}' on this chair.")
        lock = ChairLock(self._office.folder.root)  # so that no session is running
        try:
            with self._office.changing() as rows:
                self._mark(rows, actor, Kept.SESSIONS, session)
            shutil.rmtree(home)
        finally:
            lock.release()

    def _erase_notes(self, rows: Rows, visit: str) -> None:
        for row in rows.visits.entries(visit):
            if row.is_note:
                facts = self._office.sealer.open_facts(facts_place(row.id), row.facts)
                sealed = self._office.sealer.seal_facts(
                    facts_place(row.id), {**facts, NOTE: ERASED}
                )
                rows.visits.seal_entry(row.id, sealed)

    def _mark(self, rows: Rows, actor: Actor, what: Kept, identifier: str) -> None:
        rows.upkeep.add_erasure(identifier, what, self._office.clock.wall_time())
        self._office.record(rows, actor, "erased", identifier, what=str(what))

    def _seal_anew(self, rows: Rows) -> None:
        """Open all that is sealed and seal it with the current key."""
        sealer = self._office.sealer

        def anew(place: str, sealed: bytes) -> bytes:
            return sealer.seal(place, sealer.open(place, sealed))

        for person in rows.people.all():
            name = anew(sealed_place("person", "name", person.id), person.name)
            pin = anew(sealed_place("person", "pin", person.id), person.pin)
            rows.people.save(replace(person, name=name, pin=pin))
        for visit in rows.visits.all():
            if visit.alias is not None:
                alias = anew(sealed_place("visit", "alias", visit.id), visit.alias)
                rows.visits.change(visit.id, {"alias": alias})
        for entry in rows.visits.entries():
            rows.visits.seal_entry(entry.id, anew(facts_place(entry.id), entry.facts))
