"""Rows of what is kept for how long, and of what was erased."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from soundscape.clinic.store.tables import ERASURE, RETENTION


class UpkeepRows:
    """Retention and erasures.

    Parameters
    ----------
    connection : sa.Connection
        In a transaction.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def retention(self) -> Mapping[str, int]:
        """Return for how many days each class is kept; what is not named stays."""
        return {row.what: row.days for row in self._connection.execute(sa.select(RETENTION))}

    def set_retention(self, what: str, days: int | None) -> None:
        """Set for how many days a class is kept; None keeps it."""
        self._connection.execute(sa.delete(RETENTION).where(RETENTION.c.what == what))
        if days is not None:
            self._connection.execute(sa.insert(RETENTION).values(what=what, days=days))

    def erased(self) -> frozenset[tuple[str, str]]:
        """Return what was erased, as pairs of identifier and class."""
        rows = self._connection.execute(sa.select(ERASURE.c.object, ERASURE.c.what))
        return frozenset((row.object, row.what) for row in rows)

    def add_erasure(self, identifier: str, what: str, utc: str) -> None:
        """Set a tombstone; a second one for the same changes nothing."""
        values = {"object": identifier, "what": what, "utc": utc}
        self._connection.execute(insert(ERASURE).values(values).on_conflict_do_nothing())
