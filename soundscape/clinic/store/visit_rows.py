"""Rows of visits, of what happened in them, and of the follow-ups."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from soundscape.clinic.store.tables import ENTRY, FOLLOW_UP, VISIT


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as kept.

    Attributes
    ----------
    id : str
        Random; never used again.
    alias : bytes | None
        What the patient is called here, sealed; None once erased.
    route : str
        How the medicine is given.
    therapist : str | None
        Whose patient it is.
    begun_utc : str
        When.
    session : str | None
        The session's identifier, once there is one.
    closed_utc : str | None
        When it was closed.
    """

    id: str
    alias: bytes | None
    route: str
    therapist: str | None
    begun_utc: str
    session: str | None = None
    closed_utc: str | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A visit's entry as kept.

    Attributes
    ----------
    id, visit : str
        Its own identifier, and its visit's.
    seq : int
        Its number in the visit, from 1, without holes.
    utc, kind : str
        When, and what it is.
    is_note : bool
        Whether it holds free text.
    actor, role : str
        Who wrote it.
    facts : bytes
        What it says, sealed.
    """

    id: str
    visit: str
    seq: int
    utc: str
    kind: str
    is_note: bool
    actor: str
    role: str
    facts: bytes


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up as kept.

    Attributes
    ----------
    visit : str
        Its visit.
    opens_utc, closes_utc : str
        When it is due.
    owner : str | None
        Whose task it is.
    state : str
        ``due``, ``done`` or ``declined``.
    """

    visit: str
    opens_utc: str
    closes_utc: str
    owner: str | None
    state: str


class VisitRows:
    """Visits, entries and follow-ups.

    Parameters
    ----------
    connection : sa.Connection
        In a transaction.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self) -> Sequence[VisitRow]:
        """Return every visit, the latest first."""
        wanted = sa.select(VISIT).order_by(VISIT.c.begun_utc.desc(), VISIT.c.id)
        return [VisitRow(**row) for row in self._connection.execute(wanted).mappings()]

    def one(self, visit: str) -> VisitRow | None:
        """Return a visit."""
        found = self._connection.execute(sa.select(VISIT).where(VISIT.c.id == visit)).mappings()
        row = found.one_or_none()
        return VisitRow(**row) if row else None

    def add(self, row: VisitRow) -> None:
        """Add a visit."""
        self._connection.execute(sa.insert(VISIT).values(asdict(row)))

    def change(self, visit: str, values: Mapping[str, Any]) -> None:
        """Change a visit's alias, session or closing time."""
        self._connection.execute(sa.update(VISIT).where(VISIT.c.id == visit).values(**values))

    def entries(self, visit: str | None = None) -> Sequence[EntryRow]:
        """Return a visit's entries in order; of every visit if none is named."""
        wanted = sa.select(ENTRY).order_by(ENTRY.c.visit, ENTRY.c.seq)
        if visit is not None:
            wanted = wanted.where(ENTRY.c.visit == visit)
        return [EntryRow(**row) for row in self._connection.execute(wanted).mappings()]

    def next_seq(self, visit: str) -> int:
        """Return the number of a visit's next entry."""
        last = sa.select(sa.func.max(ENTRY.c.seq)).where(ENTRY.c.visit == visit)
        return int(self._connection.execute(last).scalar() or 0) + 1

    def add_entry(self, row: EntryRow) -> None:
        """Add an entry."""
        self._connection.execute(sa.insert(ENTRY).values(asdict(row)))

    def seal_entry(self, entry: str, facts: bytes) -> None:
        """Keep an entry's facts under another seal."""
        self._connection.execute(sa.update(ENTRY).where(ENTRY.c.id == entry).values(facts=facts))

    def delete_entries(self, visit: str) -> None:
        """Delete a visit's entries and follow-up; the tombstone must be there before."""
        self._connection.execute(sa.delete(ENTRY).where(ENTRY.c.visit == visit))
        self._connection.execute(sa.delete(FOLLOW_UP).where(FOLLOW_UP.c.visit == visit))

    def follow_ups(self) -> Sequence[FollowUpRow]:
        """Return every follow-up, those due first at the top."""
        wanted = sa.select(FOLLOW_UP).order_by(FOLLOW_UP.c.opens_utc, FOLLOW_UP.c.visit)
        return [FollowUpRow(**row) for row in self._connection.execute(wanted).mappings()]

    def save_follow_up(self, row: FollowUpRow) -> None:
        """Insert or replace a visit's follow-up."""
        statement = insert(FOLLOW_UP).values(asdict(row))
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["visit"], set_=asdict(row))
        )
