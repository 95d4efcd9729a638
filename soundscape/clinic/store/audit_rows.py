"""Rows of the audit: they are added and read, and nothing else."""

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa

from soundscape.clinic.chain import EMPTY, AuditEntry, Head
from soundscape.clinic.store.tables import AUDIT


class AuditRows:
    """The audit.

    Parameters
    ----------
    connection : sa.Connection
        In a transaction.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def head(self) -> Head:
        """Return the end of the audit."""
        last = sa.select(AUDIT.c.seq, AUDIT.c.mac).order_by(AUDIT.c.seq.desc()).limit(1)
        row = self._connection.execute(last).one_or_none()
        return Head(row.seq, row.mac) if row else EMPTY

    def last_key(self) -> str | None:
        """Return the number of the key that signed last; None of an empty audit."""
        last = sa.select(AUDIT.c.key).order_by(AUDIT.c.seq.desc()).limit(1)
        return self._connection.execute(last).scalar()

    def add(self, entry: AuditEntry) -> None:
        """Add a signed entry."""
        self._connection.execute(sa.insert(AUDIT).values(asdict(entry)))

    def entries(self, *, after: int = 0, action: str | None = None) -> Sequence[AuditEntry]:
        """Return the entries after a number, in order; all of them, or those of one action."""
        wanted = sa.select(AUDIT).where(AUDIT.c.seq > after).order_by(AUDIT.c.seq)
        if action is not None:
            wanted = wanted.where(AUDIT.c.action == action)
        return [AuditEntry(**row) for row in self._connection.execute(wanted).mappings()]
