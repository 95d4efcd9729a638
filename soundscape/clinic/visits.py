"""Visits as kept: what happened, in order, never changed.

``soundscape.visit`` reads a state in them. An entry's facts are sealed; the audit has a signature
of them from the same transaction, so that an entry that was changed, moved or taken out is found.
The free text in an entry (``text``) is a note: whoever wrote it and the visit's therapist read
it, others with a reason. What a patient left is for all who care for them.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from soundscape.clinic.office import Facts, Office, new_id, sealed_place
from soundscape.clinic.roles import Action, Actor, Role, is_permitted
from soundscape.clinic.store.database import Rows
from soundscape.clinic.store.visit_rows import EntryRow, FollowUpRow, VisitRow
from soundscape.errors import ClinicError

NOTE = "text"
"""The fact that is a note."""

WITHHELD = "(not shown)"
"""What stands for a note that somebody may not read."""

ERASED = "(erased)"
"""What stands for a note that was erased."""

OPENING = "opened"
NEEDS: Mapping[str, Action] = {
    "override": Action.OVERRIDE,
    "discharged": Action.DISCHARGE,
    "intention": Action.LEAVE_INTENTION,
}
"""Kinds of entry that need another right than to write visits."""

VISIT_CHANGES = frozenset({"visit_begun", "session_linked", "visit_closed"})
"""Lines of the audit that say what became of a visit's row."""

FOLLOW_UP_SET = "follow_up_set"
TODAY = timedelta(hours=24)
"""A visit that was begun longer ago and never closed is no longer offered."""

STATES = frozenset({"due", "done", "declined"})
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SESSION = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LONGEST_ALIAS_CHARS = 80


@dataclass(frozen=True, slots=True)
class StoredVisit:
    """A visit.

    Attributes
    ----------
    id : str
        Its identifier, as in the audit.
    alias : str
        What the patient is called here; ``ERASED`` once it was.
    route : str
        How the medicine is given.
    therapist : str | None
        Identifier of the person whose patient it is.
    begun_utc : str
        When.
    session : str | None
        The session's identifier, once there is one.
    closed_utc : str | None
        When it was closed.
    """

    id: str
    alias: str
    route: str
    therapist: str | None
    begun_utc: str
    session: str | None
    closed_utc: str | None


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """What happened in a visit at a moment.

    Attributes
    ----------
    seq : int
        Its number in the visit, from 1, without holes.
    utc : str
        When: the wall clock, ISO 8601.
    kind : str
        What it is.
    facts : Mapping[str, Any]
        What it says.
    actor : str
        Identifier of who wrote it.
    role : Role
        What they were.
    """

    seq: int
    utc: str
    kind: str
    facts: Mapping[str, Any]
    actor: str
    role: Role


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When somebody is to speak with the patient again.

    Attributes
    ----------
    visit : str
        Identifier of the visit.
    opens_utc, closes_utc : str
        When it is due, ISO 8601.
    owner : str | None
        Identifier of the person whose task it is.
    state : str
        ``due``, ``done`` or ``declined``.
    """

    visit: str
    opens_utc: str
    closes_utc: str
    owner: str | None = None
    state: str = "due"


class VisitStore:
    """The clinic's visits.

    Parameters
    ----------
    office : Office
        The clinic's.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def begin(
        self,
        actor: Actor,
        alias: str,
        route: str,
        *,
        therapist: str | None = None,
        opening: Facts | None = None,
    ) -> str:
        """Begin a visit and return its identifier.

        Parameters
        ----------
        actor : Actor
            Who begins it.
        alias : str
            What the patient is called here.
        route : str
            How the medicine is given.
        therapist : str | None
            Identifier of the person whose patient it is.
        opening : Facts | None
            Facts of its first entry; None writes no entry.

        Raises
        ------
        ClinicError
            If the alias is too long or empty, or the route is no word.
        """
        self._office.authorize(actor, Action.WRITE_VISITS)
        if not 0 < len(alias.strip()) <= _LONGEST_ALIAS_CHARS:
            raise ClinicError(f"An alias has 1 to {_LONGEST_ALIAS_CHARS} letters; choose another.")
        _check(_WORD, route, "route")
        visit = new_id()
        sealed = self._office.sealer.seal(sealed_place("visit", "alias", visit), alias.strip())
        row = VisitRow(visit, sealed, route, therapist, self._office.clock.wall_time())
        with self._office.changing() as rows:
            rows.visits.add(row)
            self._office.record(rows, actor, "visit_begun", visit, **state_of(row))
            if opening is not None:
                self._write(rows, visit, OPENING, opening, actor)
        return visit

    def append(self, visit: str, kind: str, facts: Facts, actor: Actor) -> StoredEntry:
        """Write what happened; it is on the disk when this returns.

        Parameters
        ----------
        visit : str
            Identifier of the visit.
        kind : str
            What it is: a word of small letters.
        facts : Facts
            What it says; the free text is under ``text``.
        actor : Actor
            Who writes it.

        A visit that is not there or was erased is refused with ``ClinicError``.
        """
        self._office.authorize(actor, NEEDS.get(kind, Action.WRITE_VISITS))
        _check(_WORD, kind, "kind of entry")
        with self._office.changing() as rows:
            _living(rows, visit)
            return self._write(rows, visit, kind, facts, actor)

    def entries(self, visit: str, actor: Actor, *, reason: str = "") -> tuple[StoredEntry, ...]:
        """Return what happened in a visit, in order.

        Parameters
        ----------
        visit : str
            Identifier of the visit.
        actor : Actor
            Who reads.
        reason : str
            Why they read notes that are not theirs; without one these are ``WITHHELD``.
        """
        self._office.authorize(actor, Action.READ_VISITS)
        if reason.strip():
            self._read_with_reason(visit, actor, reason.strip())
        with self._office.reading() as rows:
            found = _known(rows, visit)
            entries = [self._opened(row) for row in rows.visits.entries(visit)]
        sees_all = bool(reason.strip()) or (
            found.therapist == actor.id and actor.role is Role.THERAPIST
        )
        sees_patients = is_permitted(actor.role, Action.READ_OWN_NOTES)
        return tuple(
            e
            if sees_all or e.actor == actor.id or (sees_patients and e.role is Role.PATIENT)
            else _without_note(e)
            for e in entries
        )

    def visits(self, actor: Actor) -> tuple[StoredVisit, ...]:
        """Return every visit, the latest first."""
        self._office.authorize(actor, Action.READ_VISITS)
        with self._office.reading() as rows:
            return tuple(self._opened_visit(row) for row in rows.visits.all())

    def link_session(self, visit: str, session: str, actor: Actor) -> None:
        """Say which session belongs to a visit.

        Raises
        ------
        ClinicError
            If there is no such visit, or it has a session.
        """
        self._office.authorize(actor, Action.RUN_SESSION)
        _check(_SESSION, session, "session")
        with self._office.changing() as rows:
            if _living(rows, visit).session not in {None, session}:
                raise ClinicError("That visit has a session already; begin another visit.")
            rows.visits.change(visit, {"session": session})
            self._office.record(rows, actor, "session_linked", visit, session=session)

    def close(self, visit: str, actor: Actor) -> None:
        """Close a visit: its patient has left."""
        self._office.authorize(actor, Action.DISCHARGE)
        with self._office.changing() as rows:
            _living(rows, visit)
            closed = {"closed_utc": self._office.clock.wall_time()}
            rows.visits.change(visit, closed)
            self._office.record(rows, actor, "visit_closed", visit, **closed)

    def set_follow_up(self, follow_up: FollowUp, actor: Actor) -> None:
        """Keep a visit's follow-up, or what became of it.

        Raises
        ------
        ClinicError
            If there is no such visit or state.
        """
        self._office.authorize(actor, Action.WRITE_VISITS)
        if follow_up.state not in STATES:
            raise ClinicError(f"A follow-up is one of {', '.join(sorted(STATES))}.")
        with self._office.changing() as rows:
            _living(rows, follow_up.visit)
            row = FollowUpRow(**asdict(follow_up))
            rows.visits.save_follow_up(row)
            self._office.record(rows, actor, FOLLOW_UP_SET, follow_up.visit, **asdict(row))

    def follow_ups(self, actor: Actor) -> tuple[FollowUp, ...]:
        """Return every follow-up, the earliest first."""
        self._office.authorize(actor, Action.READ_VISITS)
        with self._office.reading() as rows:
            found = rows.visits.follow_ups()
        return tuple(FollowUp(**asdict(row)) for row in found)

    def _write(self, rows: Rows, visit: str, kind: str, facts: Facts, actor: Actor) -> StoredEntry:
        entry = StoredEntry(
            rows.visits.next_seq(visit), self._office.clock.wall_time(), kind,
            MappingProxyType(dict(facts)), actor.id, actor.role,
        )  # fmt: skip
        identifier = new_id()
        row = EntryRow(
            id=identifier, visit=visit, seq=entry.seq, utc=entry.utc, kind=kind,
            is_note=NOTE in facts, actor=actor.id, role=str(actor.role),
            facts=self._office.sealer.seal_facts(facts_place(identifier), dict(facts)),
        )  # fmt: skip
        rows.visits.add_entry(row)
        digest = self._office.signer.digest(content(row, dict(facts)))
        self._office.record(
            rows, actor, "visit_entry", visit, entry=identifier, seq=row.seq, digest=digest
        )
        return entry

    def _read_with_reason(self, visit: str, actor: Actor, reason: str) -> None:
        """Let somebody read others' notes; that they did, and why, is in the audit."""
        self._office.authorize(actor, Action.READ_NOTES_WITH_REASON)
        sealed = self._office.sealer.seal(sealed_place("audit", "reason", visit), reason)
        with self._office.changing() as rows:
            _known(rows, visit)
            self._office.record(rows, actor, "notes_read", visit, reason=sealed.hex())

    def _opened(self, row: EntryRow) -> StoredEntry:
        facts = self._office.sealer.open_facts(facts_place(row.id), row.facts)
        role = Role(row.role)
        return StoredEntry(row.seq, row.utc, row.kind, MappingProxyType(facts), row.actor, role)

    def _opened_visit(self, row: VisitRow) -> StoredVisit:
        place = sealed_place("visit", "alias", row.id)
        alias = ERASED if row.alias is None else self._office.sealer.open(place, row.alias)
        return StoredVisit(
            row.id, alias, row.route, row.therapist, row.begun_utc, row.session, row.closed_utc
        )


def state_of(row: VisitRow) -> dict[str, object]:
    """Return what the audit says of a visit, but for its alias."""
    facts = asdict(row)
    del facts["id"], facts["alias"]
    return facts


def content(row: EntryRow, facts: dict[str, Any]) -> dict[str, Any]:
    """Return all that the audit signs of an entry."""
    return {
        "id": row.id, "visit": row.visit, "seq": row.seq, "utc": row.utc, "kind": row.kind,
        "is_note": row.is_note, "actor": row.actor, "role": row.role, "facts": facts,
    }  # fmt: skip


def facts_place(entry: str) -> str:
    """Return the place that an entry's facts are sealed in."""
    return sealed_place("visit_entry", "facts", entry)


def _known(rows: Rows, visit: str) -> VisitRow:
    row = rows.visits.one(visit)
    if row is None:
        raise ClinicError("There is no such visit here.")
    return row


def _living(rows: Rows, visit: str) -> VisitRow:
    row = _known(rows, visit)
    if row.alias is None:
        raise ClinicError("That visit was erased; begin another one.")
    return row


def _without_note(entry: StoredEntry) -> StoredEntry:
    if NOTE not in entry.facts:
        return entry
    return replace(entry, facts=MappingProxyType({**entry.facts, NOTE: WITHHELD}))


def _check(shape: re.Pattern[str], word: str, what: str) -> None:
    if not shape.fullmatch(word):
        raise ClinicError(f"A {what} is a word of small letters; '{word[:40]}' is none.")
