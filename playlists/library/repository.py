"""The clinic's library of tracks, in SQLite; models come out, never a row or a session.

Every change is one transaction, so that whatever was done stays done when the power fails.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from playlists.library.migrations import migrate
from playlists.library.tables import FILE, RATING, TRACK
from playlists.models import Analysis, BeatStrength, Rating, Track
from soundscape.errors import LibraryError

_BUSY_TIMEOUT_MS = 5_000
_MEASURED = tuple(field.name for field in fields(Analysis))
_LISTS_OF_TUPLES = ("tempo_alternatives", "energy_curve", "voice_spans")


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when it was last looked at.

    Attributes
    ----------
    path : Path
        Where it lies.
    size_bytes, modified_ns : int
        A file that still has both is unchanged.
    content_hash : str | None
        What it holds; None if it was refused.
    reason : str | None
        Why it was refused.
    analysis_version : int
        Of the code that looked.
    """

    path: Path
    size_bytes: int
    modified_ns: int
    content_hash: str | None
    reason: str | None
    analysis_version: int


class Library:
    """An open library; a context manager.

    Parameters
    ----------
    engine : sa.Engine
        Of a database that has the newest schema; use ``open``.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._batch: sa.Connection | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a library, making it if there is none.

        Raises
        ------
        LibraryError
            If it cannot be opened or was made by a newer version.
        """
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
        library = cls(engine)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with library._changing() as connection:
                migrate(connection)
        except OSError as error:
            raise LibraryError(f"The library cannot be opened: {error.strerror}.") from error
        except BaseException:
            library.close()
            raise
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make all changes of a block durable at once at its end, or none if it fails."""
        with self._changing() as connection:
            self._batch = connection
            try:
                yield
            finally:
                self._batch = None

    def tracks(self) -> list[Track]:
        """Return every track, also those whose file is gone, by artist, album and title."""
        return self._selected(sa.true())

    def track(self, content_hash: str) -> Track | None:
        """Return the track with this hash, if there is one."""
        return next(iter(self._selected(TRACK.c.content_hash == content_hash)), None)

    def find(self, words: str) -> list[Track]:
        """Return the tracks whose hash starts with this, or whose title or path has it in it."""
        sought = words.casefold()
        return [
            track
            for track in self.tracks()
            if track.content_hash.startswith(sought)
            or sought in track.title.casefold()
            or sought in str(track.path).casefold()
        ]

    def save(self, track: Track) -> None:
        """Insert or update a track; what a therapist said stays unless the track says more."""
        row = {
            "content_hash": track.content_hash,
            "path": os.fsencode(track.path),
            "title": track.title,
            "artist": track.artist,
            "album": track.album,
            "present": track.present,
            **asdict(track.analysis),
        }
        with self._changing() as connection:
            connection.execute(_upsert(TRACK, row))
        if track.rating != Rating():
            self.rate(track.content_hash, track.rating)

    def rate(self, content_hash: str, rating: Rating) -> None:
        """Set the therapist's word on a track."""
        row = {"content_hash": content_hash, **asdict(rating), "tags": sorted(rating.tags)}
        with self._changing() as connection:
            connection.execute(_upsert(RATING, row))

    def files(self) -> dict[Path, FileRecord]:
        """Return every file that was looked at, by its path."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(FILE)).mappings().all()
        records = (FileRecord(**{**row, "path": Path(os.fsdecode(row["path"]))}) for row in rows)
        return {record.path: record for record in records}

    def remember(self, record: FileRecord) -> None:
        """Remember a file; the track it holds is present, and lies there from now on."""
        path = os.fsencode(record.path)
        with self._changing() as connection:
            connection.execute(_upsert(FILE, {**asdict(record), "path": path}))
            connection.execute(
                sa.update(TRACK)
                .where(TRACK.c.content_hash == record.content_hash)
                .values(path=path, present=True)
            )

    def reconcile(self, gone: Iterable[Path]) -> None:
        """Forget files that are gone, and settle where each track lies and whether it is there."""
        holding = FILE.c.content_hash == TRACK.c.content_hash
        held = sa.exists().where(holding)
        here = sa.exists().where(holding, FILE.c.path == TRACK.c.path)
        elsewhere = sa.select(sa.func.min(FILE.c.path)).where(holding).scalar_subquery()
        with self._changing() as connection:
            for path in gone:
                connection.execute(sa.delete(FILE).where(FILE.c.path == os.fsencode(path)))
            connection.execute(
                sa.update(TRACK).where(held, ~here).values(path=elsewhere, present=True)
            )
            connection.execute(sa.update(TRACK).where(~held).values(present=False))

    def _selected(self, condition: sa.ColumnElement[bool]) -> list[Track]:
        """Return the tracks that fulfil a condition."""
        said = RATING.c[tuple(field.name for field in fields(Rating))]
        query = (
            sa.select(TRACK, *(column.label(f"said_{column.name}") for column in said))
            .outerjoin(RATING, RATING.c.content_hash == TRACK.c.content_hash)
            .where(condition)
            .order_by(TRACK.c.artist, TRACK.c.album, TRACK.c.title, TRACK.c.content_hash)
        )
        with self._reading() as connection:
            return [_track(row) for row in connection.execute(query).mappings()]

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """Yield a connection.

        Raises
        ------
        LibraryError
            If the database fails, with what it says.
        """
        if self._batch is not None:
            yield self._batch
            return
        try:
            with self._engine.connect() as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            raise LibraryError(f"The library's database fails: {error.orig}.") from error

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        """Yield a connection in one transaction that is kept, or undone by an exception."""
        if self._batch is not None:
            yield self._batch
            return
        with self._reading() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                yield connection


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Set a new connection up: durable, waiting for others, transactions begun by ``_begin``."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: sa.Connection) -> None:
    """Begin a transaction; one that will write must say so, for it could not change its mind."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _upsert(table: sa.Table, row: dict[str, Any]) -> sa.Insert:
    """Return the statement that inserts a row, or replaces the one with its key."""
    statement = insert(table).values(row)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in row if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _track(row: sa.RowMapping) -> Track:
    """Return the track of a row."""
    measured = {name: row[name] for name in _MEASURED}
    measured["loudness_curve"] = tuple(row["loudness_curve"])
    measured["beat_strength"] = BeatStrength(row["beat_strength"])
    for name in _LISTS_OF_TUPLES:
        measured[name] = tuple(map(tuple, row[name]))
    said = {field.name: row[f"said_{field.name}"] for field in fields(Rating)}
    rated = said["avoid"] is not None
    return Track(
        content_hash=row["content_hash"],
        path=Path(os.fsdecode(row["path"])),
        title=row["title"],
        artist=row["artist"],
        album=row["album"],
        analysis=Analysis(**measured),
        rating=Rating(**{**said, "tags": frozenset(said["tags"])}) if rated else Rating(),
        present=row["present"],
    )
