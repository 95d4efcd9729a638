"""Rows of people and of the doors they come in by."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from soundscape.clinic.pauses import Moment, Tries
from soundscape.clinic.roles import Role
from soundscape.clinic.store.tables import DOOR, PERSON
from soundscape.units import Seconds


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as kept.

    Attributes
    ----------
    id : str
        Random; never used again.
    name, pin : bytes
        The name and the hashed PIN, sealed.
    role : Role
        What they are.
    is_active : bool
        Whether they may sign in.
    added_utc : str
        When they came.
    """

    id: str
    name: bytes
    pin: bytes
    role: Role
    is_active: bool
    added_utc: str


class PeopleRows:
    """People and doors.

    Parameters
    ----------
    connection : sa.Connection
        In a transaction.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self) -> Sequence[PersonRow]:
        """Return everybody, in the order in which they came."""
        rows = self._connection.execute(
            sa.select(PERSON).order_by(PERSON.c.added_utc, PERSON.c.id)
        )
        return [PersonRow(**{**row, "role": Role(row["role"])}) for row in rows.mappings()]

    def one(self, person: str) -> PersonRow | None:
        """Return a person."""
        return next((row for row in self.all() if row.id == person), None)

    def save(self, row: PersonRow) -> None:
        """Insert or replace a person."""
        values = {**asdict(row), "role": str(row.role)}
        statement = insert(PERSON).values(values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values)
        )

    def tries(self, door: str) -> Tries | None:
        """Return the wrong PINs in a row at a door; None where there are none."""
        found = self._connection.execute(sa.select(DOOR).where(DOOR.c.id == door)).mappings()
        row = found.one_or_none()
        return Tries(row["wrong"], Moment(row["boot"], Seconds(row["at_s"]))) if row else None

    def save_tries(self, door: str, tries: Tries) -> None:
        """Keep the wrong PINs in a row at a door."""
        values = {
            "id": door, "wrong": tries.wrong, "boot": tries.last.boot, "at_s": tries.last.at_s,
        }  # fmt: skip
        statement = insert(DOOR).values(values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values)
        )

    def forget_tries(self, door: str) -> None:
        """Begin anew at a door."""
        self._connection.execute(sa.delete(DOOR).where(DOOR.c.id == door))
