"""Acts on the disk, in one small SQLite file that outlives the program.

An act is written before its changes are made. After a crash between the two, undoing it finds
each thing either as it was or as it became, and both are right.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playlists.history.acts import Act, Change
from soundscape.errors import LibraryError

_BUSY_S = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS act (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    who TEXT NOT NULL,
    wall_time TEXT NOT NULL,
    what TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
);
CREATE TABLE IF NOT EXISTS change (
    act INTEGER NOT NULL REFERENCES act,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS change_by_thing ON change (kind, name);
CREATE INDEX IF NOT EXISTS change_by_act ON change (act);
"""


class ActStore:
    """All acts of one data folder.

    Parameters
    ----------
    path : Path
        The file; made when it is first opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, who: str, wall_time: str, what: str, changes: tuple[Change, ...]) -> int:
        """Keep a new act and return its number; what was undone can no longer be done again."""
        with self._open() as connection:
            connection.execute("UPDATE act SET state = 'dropped' WHERE state = 'undone'")
            done = connection.execute(
                "INSERT INTO act (who, wall_time, what, state) VALUES (?, ?, ?, 'done')",
                (who, wall_time, what),
            )
            number = int(done.lastrowid or 0)
            connection.executemany(
                "INSERT INTO change VALUES (?, ?, ?, ?, ?)",
                [(number, c.kind, c.name, _dumped(c.before), _dumped(c.after)) for c in changes],
            )
        return number

    def mark(self, number: int, *, undone: bool) -> None:
        """Say that an act was taken back, or done again."""
        state = "undone" if undone else "done"
        with self._open() as connection:
            connection.execute("UPDATE act SET state = ? WHERE number = ?", (state, number))

    def last_done(self) -> Act | None:
        """Return the act to undo next."""
        return self._one("WHERE state = 'done' ORDER BY number DESC LIMIT 1")

    def first_undone(self) -> Act | None:
        """Return the act to do again next."""
        return self._one("WHERE state = 'undone' ORDER BY number LIMIT 1")

    def latest(self, count: int) -> list[Act]:
        """Return the latest acts, the newest first, without those that were written over."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT number, who, wall_time, what, state FROM act"
                " WHERE state != 'dropped' ORDER BY number DESC LIMIT ?",
                (count,),
            ).fetchall()
            return [_act(connection, row) for row in rows]

    def on(self, kind: str, name: str) -> list[Act]:
        """Return the acts that changed a thing and hold, the oldest first."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT number, who, wall_time, what, state FROM act WHERE state = 'done' AND"
                " number IN (SELECT act FROM change WHERE kind = ? AND name = ?) ORDER BY number",
                (kind, name),
            ).fetchall()
            return [_act(connection, row) for row in rows]

    def last_changes(self, kind: str) -> dict[str, tuple[str, str]]:
        """Return for each thing of a kind when it was last changed, and by whom."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT name, wall_time, who FROM change JOIN act ON act.number = change.act"
                " WHERE kind = ? AND state = 'done' ORDER BY number",
                (kind,),
            ).fetchall()
        return {name: (wall_time, who) for name, wall_time, who in rows}

    def _one(self, where: str) -> Act | None:
        with self._open() as connection:
            row = connection.execute(
                f"SELECT number, who, wall_time, what, state FROM act {where}"  # noqa: S608 - ours
            ).fetchone()
            return None if row is None else _act(connection, row)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in one transaction.

        Raises
        ------
        LibraryError
            If the file cannot be used.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_BUSY_S)) as connection:
                connection.executescript(_SCHEMA)
                connection.execute("PRAGMA synchronous = FULL")
                with connection:
                    yield connection
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(f"The history cannot be kept: {error}.") from error


def _act(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Act:
    number, who, wall_time, what, state = row
    changes = connection.execute(
        "SELECT kind, name, before, after FROM change WHERE act = ? ORDER BY rowid", (number,)
    )
    made = tuple(Change(k, n, json.loads(b), json.loads(a)) for k, n, b, a in changes)
    return Act(number, who, wall_time, what, made, undone=state == "undone")


def _dumped(value: object) -> str:
    return json.dumps(value, sort_keys=True)
