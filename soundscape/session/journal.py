"""The record of a session: what was told, what began to sound, what went wrong; never changed.

One SQLite file a session, write-ahead logged and fully synchronous: measured, no acknowledged
entry is lost by a power cut (WAL with NORMAL lost up to 19). One thread writes, in short
transactions; when the disk is full or locked, entries wait in memory and are tried again. What
waits is also kept in a second place, where a host that dies meanwhile is not its end.

An entry's number is its place, decided before it is written: a transaction that failed in its
last step may be on the disk all the same, and must not be written twice.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from soundscape.clock import Clock
from soundscape.errors import SessionError
from soundscape.session.links import FIRST, linked
from soundscape.session.rescue import Rescue, Rescued, Row
from soundscape.units import Frames, seconds_in

JOURNAL_FILE = "journal.sqlite"
BUSY_MS = 250
RETRY_S = 0.5

ENDED = "session_ended"
"""The entry that closes a record."""

CLOCK_STEPPED = "clock_stepped"
"""The event that says that the wall clock was set: the labels before and after do not agree."""

STEP_S = 2.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    seq INTEGER PRIMARY KEY,
    frame INTEGER NOT NULL,
    wall TEXT NOT NULL,
    event TEXT NOT NULL,
    facts TEXT NOT NULL,
    link TEXT NOT NULL
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


class Journal:
    """Writes a session's record.

    Parameters
    ----------
    folder : Path
        The session's folder.
    clock : Clock
        For the wall-clock label.
    rescue : Rescue | None
        Where what waits is kept; what lies there already is written first.

    Attributes
    ----------
    rescued : tuple[Entry, ...]
        What lay there when the record was opened.
    trouble : str
        Why nothing can be written at the moment; empty while all is well.
    """

    def __init__(self, folder: Path, clock: Clock, rescue: Rescue | None = None) -> None:
        self._path = folder / JOURNAL_FILE
        self._clock = clock
        self._rescue = rescue
        found = Rescued(None, ()) if rescue is None else rescue.read()
        last = _last_number(self._path)
        there = 0 if None in {last, found.after} else max(0, (last or 0) - (found.after or 0))
        self._waiting: list[Row] = list(found.rows[there:])
        self._kept = len(found.rows)
        self._written = found.after if last is None else last
        self.rescued = tuple(_entries(enumerate(self._waiting, (self._written or 0) + 1)))
        self._wall_ahead_s: float | None = None
        self._change = threading.Condition()
        self._closing = False
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
            wall = self._clock.wall_time()
            step_s = self._wall_step_s(wall)
            if abs(step_s) >= STEP_S:
                told = json.dumps({"by_s": round(step_s, 1)})
                self._waiting.append((frame, wall, CLOCK_STEPPED, told))
            self._waiting.append((frame, wall, event, text))
            self._change.notify_all()

    def _wall_step_s(self, wall: str) -> float:
        """Return by how much somebody has set the wall clock since the last entry."""
        now = datetime.fromisoformat(wall).timestamp() - self._clock.now()
        before, self._wall_ahead_s = self._wall_ahead_s, now
        return 0.0 if before is None else now - before

    def wait(self, timeout_s: float) -> bool:
        """Return whether all entries are on the disk, after waiting for it some seconds.

        While the disk is in trouble nobody waits for it: entries are tried again by themselves.
        """
        with self._change:
            self._change.wait_for(lambda: not self._waiting or bool(self.trouble), timeout_s)
            return not self._waiting

    def notices(self, *, is_over: bool) -> list[tuple[str, str]]:
        """Return what staff should do about a record that the disk does not take."""
        if not self.trouble:
            return []
        words = f"{self.waiting} entries of the record wait in memory; free some disk"
        if is_over:
            return [("act now", f"{words}, and leave the machine on until then.")]
        return [("soon", f"{words}.")]

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

    def _next_batch(self) -> list[Row]:
        """Return what waits, once something does; nothing when the record is closed."""
        with self._change:
            self._change.wait_for(lambda: bool(self._waiting) or self._closing)
            return [] if self._closing else list(self._waiting)

    def _write(self, connection: sqlite3.Connection, batch: Sequence[Row]) -> None:
        """Bring a batch to the disk; it waits until it is certainly there."""
        # IMMEDIATE: a transaction that reads first fails at once when another writer is there.
        connection.execute("BEGIN IMMEDIATE")
        newest = "SELECT seq, link FROM entry ORDER BY seq DESC LIMIT 1"
        last, link = connection.execute(newest).fetchone() or (0, FIRST)
        if self._written is None:
            self._written = last
        there = last - self._written
        numbered = [(self._written + n, *row) for n, row in enumerate(batch, 1)]
        rows = linked(link, numbered[there:])
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
        if there:
            _settle(connection)
        with self._change:
            self._written += len(batch)
            del self._waiting[: len(batch)]
            self.trouble = ""
            self._change.notify_all()
        if self._rescue is not None and self._kept:
            self._rescue.clear()
            self._kept = 0

    def _wait_out(self, why: str) -> None:
        """Let some time pass; everything is tried again then, with a new connection."""
        rows = list(self._waiting)
        if self._rescue is not None and len(rows) > self._kept:
            self._kept = len(rows) if self._rescue.keep(self._written, rows) else 0
        with self._change:
            self.trouble = why
            self._change.notify_all()
            self._change.wait_for(lambda: self._closing, RETRY_S)


def read_journal(folder: Path, *, after: int = 0) -> list[Entry]:
    """Return a session's record, from a sequence number on.

    One that is not there or cannot be read is refused with ``SessionError``.
    """
    return list(_entries((seq, row) for seq, *row, _link in read_rows(folder, after=after)))


def read_rows(folder: Path, *, after: int = 0) -> list[tuple[Any, ...]]:
    """Return a session's record as it is kept: number, frame, wall clock, event, facts and link.

    One that was opened a moment ago holds nothing yet.

    Raises
    ------
    SessionError
        If there is no such record or it cannot be read.
    """
    path = folder / JOURNAL_FILE
    if not path.is_file():
        raise SessionError(f"There is no session '{folder.name}' on this chair.")
    wanted = "SELECT seq, frame, wall, event, facts, link FROM entry WHERE seq > ? ORDER BY seq"
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_MS / 1000)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                return []
            return connection.execute(wanted, (after,)).fetchall()
    except sqlite3.Error as error:
        raise SessionError(f"The record of '{folder.name}' cannot be read: {error}.") from error


def _entries(numbered: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[Entry]:
    for seq, (frame, wall, event, facts) in numbered:
        yield Entry(seq, Frames(frame), wall, event, json.loads(facts))


def _last_number(path: Path) -> int | None:
    """Return the number of a record's last entry, 0 without a record; None if unreadable."""
    if not path.exists():
        return 0
    try:
        return max((entry.seq for entry in read_journal(path.parent)), default=0)
    except SessionError:
        return None


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
