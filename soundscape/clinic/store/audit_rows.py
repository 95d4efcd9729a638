"""Rows of the audit: they are added and read, and nothing else."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from soundscape.clinic.chain import EMPTY, AuditEntry, Head
from soundscape.clinic.store.tables import AUDIT

_DETAIL = sa.type_coerce(AUDIT.c.detail, sa.Text).label("detail")


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
        columns = [*(c for c in AUDIT.c if c is not AUDIT.c.detail), _DETAIL]
        wanted = sa.select(*columns).where(AUDIT.c.seq > after).order_by(AUDIT.c.seq)
        if action is not None:
            wanted = wanted.where(AUDIT.c.action == action)
        found = self._connection.execute(wanted).mappings()
        return [AuditEntry(**{**row, "detail": _read_detail(row["detail"])}) for row in found]


def _read_detail(text: object) -> dict[str, Any]:
    """Return the facts of a line; of one that somebody changed, what stands there instead."""
    try:
        said = json.loads(str(text))
    except ValueError:
        said = text
    return said if isinstance(said, dict) else {"unreadable": str(said)}
