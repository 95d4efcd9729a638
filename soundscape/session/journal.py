"""The record of a session: what was told, what began to sound, what went wrong; never changed.

One SQLite file a session, write-ahead logged and fully synchronous: measured, no acknowledged
entry is lost by a power cut (WAL with NORMAL lost up to 19). One thread writes, in short
transactions; when the disk is full or locked, entries wait in memory and are tried again.

An entry's number is its place, decided before it is written: a transaction that failed in its
last step may be on the disk all the same, and must not be written twice.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundscape.clock import Clock
from soundscape.errors import SessionError
from soundscape.units import Frames, seconds_in

JOURNAL_FILE = "journal.sqlite"
BUSY_MS = 250
RETRY_S = 0.5

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    seq INTEGER PRIMARY KEY,
    frame INTEGER NOT NULL,
    wall TEXT NOT NULL,
    event TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_kept BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record.

    Attributes
    ----------
    seq : int
        Its number, from 1, without holes.
    frame : Frames
        The session's frame it belongs to.
    wall : str
        The wall clock when it was made, UTC: a label.
    event : str
        What happened.
    facts : Mapping[str, Any]
        The rest.
    """

    seq: int
    frame: Frames
    wall: str
    event: str
    facts: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data, with seconds beside the exact frame."""
        return {
            "seq": self.seq,
            "t_s": round(seconds_in(self.frame), 6),
            "frame": self.frame,
            "wall": self.wall,
            "event": self.event,
            **self.facts,
        }


_Row = tuple[Frames, str, str, str]
"""Frame, wall clock, event and facts of an entry that waits to be written."""


class Journal:
    """Writes a session's record.

    Parameters
    ----------
    folder : Path
        The session's folder.
    clock : Clock
        For the wall-clock label.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path = folder / JOURNAL_FILE
        self._clock = clock
        self._waiting: list[_Row] = []
        self._change = threading.Condition()
        self._closing = False
        self._written: int | None = None  # until the file has been opened once
        self.trouble = ""
        self._thread = threading.Thread(target=self._write_on, name="journal", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many entries are not yet on the disk."""
        return len(self._waiting)

    def add(self, frame: Frames, event: str, facts: Mapping[str, Any] | None = None) -> None:
        """Take an entry; it is on the disk once ``wait`` says so."""
        text = json.dumps(dict(facts or {}), ensure_ascii=False)
        with self._change:
            self._waiting.append((frame, self._clock.wall_time(), event, text))
            self._change.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Return whether all entries are on the disk, after waiting for it some seconds.

        While the disk is in trouble nobody waits for it: entries are tried again by themselves.
        """
        with self._change:
            self._change.wait_for(lambda: not self._waiting or bool(self.trouble), timeout_s)
            return not self._waiting

    def close(self, timeout_s: float = 5.0) -> None:
        """Write what waits, for some seconds at most, and close the file."""
        with self._change:
            self._change.wait_for(lambda: not self._waiting, timeout_s)
            self._closing = True
            self._change.notify_all()
        self._thread.join()

    def _write_on(self) -> None:
        connection: sqlite3.Connection | None = None
        while batch := self._next_batch():
            try:
                connection = connection or _open_for_writing(self._path)
                self._write(connection, batch)
            except (sqlite3.Error, OSError) as error:
                if connection is not None:
                    with contextlib.suppress(sqlite3.Error):
                        connection.close()
                    connection = None  # what it knows of the file may be wrong now
                self._wait_out(str(error))
        if connection is not None:
            connection.close()

    def _next_batch(self) -> list[_Row]:
        """Return what waits, once something does; nothing when the record is closed."""
        with self._change:
            self._change.wait_for(lambda: bool(self._waiting) or self._closing)
            return [] if self._closing else list(self._waiting)

    def _write(self, connection: sqlite3.Connection, batch: Sequence[_Row]) -> None:
        """Bring a batch to the disk; it waits until it is certainly there."""
        # IMMEDIATE: a transaction that reads first fails at once when another writer is there.
        connection.execute("BEGIN IMMEDIATE")
        (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()
        if self._written is None:
            self._written = last
        there = last - self._written
        numbered = [(self._written + n, *row) for n, row in enumerate(batch, 1)]
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", numbered[there:])
        connection.execute("COMMIT")
        if there:
            _settle(connection)
        with self._change:
            self._written += len(batch)
            del self._waiting[: len(batch)]
            self.trouble = ""
            self._change.notify_all()

    def _wait_out(self, why: str) -> None:
        """Let some time pass; everything is tried again then, with a new connection."""
        with self._change:
            self.trouble = why
            self._change.notify_all()
            self._change.wait_for(lambda: self._closing, RETRY_S)


def read_journal(folder: Path, *, after: int = 0) -> list[Entry]:
    """Return a session's record, from a sequence number on.

    Raises
    ------
    SessionError
        If there is no such record or it cannot be read.
    """
    path = folder / JOURNAL_FILE
    if not path.is_file():
        raise SessionError(f"There is no session '{folder.name}' on this chair.")
    try:
        connection = sqlite3.connect(path, timeout=BUSY_MS / 1000)
        try:
            rows = connection.execute(
                "SELECT seq, frame, wall, event, facts FROM entry WHERE seq > ? ORDER BY seq",
                (after,),
            ).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise SessionError(f"The record of '{folder.name}' cannot be read: {error}.") from error
    return [Entry(seq, Frames(f), wall, e, json.loads(facts)) for seq, f, wall, e, facts in rows]


def _open_for_writing(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _settle(connection: sqlite3.Connection) -> None:
    """Copy the log into the file: a log whose syncing once failed may be in memory only.

    Raises
    ------
    sqlite3.OperationalError
        If somebody who is reading keeps it from being copied; that passes.
    """
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("the record is being read")
