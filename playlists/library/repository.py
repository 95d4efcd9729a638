"""The clinic's library of tracks, in SQLite; models come out, never a row or a session.

Every change is one transaction, so that whatever was done stays done when the power fails.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from playlists.library.folding import folded
from playlists.library.migrations import migrate
from playlists.library.ratings import Said
from playlists.library.tables import CURVE, FILE, RATING, TRACK
from playlists.models import Analysis, BeatStrength, Rating, Track
from playlists.stock import Stock
from soundscape.errors import LibraryError

_BUSY_TIMEOUT_MS = 5_000
_MOST_AT_ONCE = 10_000
_CURVES = tuple(column.name for column in CURVE.columns if not column.primary_key)
_MEASURED = tuple(field.name for field in fields(Analysis))
_SAID = tuple(RATING.c[field.name] for field in fields(Rating))
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
            with library.changing() as connection:
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
        with self.changing() as connection:
            self._batch = connection
            try:
                yield
            finally:
                self._batch = None

    def tracks(self) -> list[Track]:
        """Return every track, also those whose file is gone, by artist, album and title."""
        order = (TRACK.c.artist, TRACK.c.album, TRACK.c.title, TRACK.c.content_hash)
        with self.reading() as connection:
            rows = connection.execute(_TRACKS.order_by(*order)).mappings()
            return [_track(dict(row)) for row in rows]

    def stock(self) -> Stock:
        """Return every track for a plan, in no order; it can be used while this is open."""
        with self.reading() as connection:
            rows = connection.execute(_OUTLINES).mappings()
            return Stock([_track(_NO_CURVES | dict(row)) for row in rows], self.with_loudness)

    def with_loudness(self, tracks: Iterable[Track]) -> tuple[Track, ...]:
        """Return tracks with their curves of loudness; those that are unknown as they are."""
        found = tuple(tracks)
        curves = self.loudness([one.content_hash for one in found])
        return tuple(
            replace(one, analysis=replace(one.analysis, loudness_curve=curves[one.content_hash]))
            if one.content_hash in curves
            else one
            for one in found
        )

    def count(self) -> int:
        """Return how many tracks are where they should be."""
        with self.reading() as connection:
            counted = sa.select(sa.func.count()).where(TRACK.c.present)
            return int(connection.execute(counted).scalar_one())

    def track(self, content_hash: str) -> Track | None:
        """Return the track with this hash, if there is one."""
        return next(iter(self._selected(TRACK.c.content_hash == content_hash)), None)

    def listed(self, ids: Sequence[int]) -> list[Track]:
        """Return the tracks with these ids, in their order, without those that are unknown.

        They come without their curves, which take ten times as long to read.
        """
        found: dict[int, Track] = {}
        with self.reading() as connection:
            for first in range(0, len(ids), _MOST_AT_ONCE):
                chosen = TRACK.c.id.in_(ids[first : first + _MOST_AT_ONCE])
                rows = connection.execute(_LISTED.where(chosen)).mappings()
                found |= {row["id"]: _track(_NO_CURVES | dict(row)) for row in rows}
        return [found[one] for one in ids if one in found]

    def loudness(self, content_hashes: Sequence[str]) -> dict[str, tuple[float, ...]]:
        """Return the curves of loudness of a few tracks, by content; in LUFS, one a second."""
        wanted = CURVE.c.content_hash.in_(content_hashes)
        with self.reading() as connection:
            rows = connection.execute(
                sa.select(CURVE.c.content_hash, CURVE.c.loudness_curve).where(wanted)
            )
            return {content: tuple(curve) for content, curve in rows}

    def find(self, words: str) -> list[Track]:
        """Return the tracks whose hash starts with this, or whose title or path has it in it."""
        sought = words.casefold()
        in_path = sa.func.instr(sa.func.lower(sa.cast(TRACK.c.path, sa.Text)), sought) > 0
        in_title = sa.func.instr(TRACK.c.title_key, folded(words)) > 0
        of_hash = TRACK.c.content_hash.startswith(sought, autoescape=True)
        return self._selected(of_hash | in_title | in_path)

    def save(self, *tracks: Track) -> None:
        """Insert or update tracks; what a therapist said stays unless a track says more."""
        if not tracks:
            return
        with self.changing() as connection:
            connection.execute(_SAVE_TRACK, [_track_row(track) for track in tracks])
            connection.execute(_SAVE_CURVE, [_curve_row(track) for track in tracks])
            rated = {track.content_hash: track.rating for track in tracks}
            self._rate(connection, {key: said for key, said in rated.items() if said != Rating()})

    def rate(self, content_hash: str, rating: Rating) -> None:
        """Set the therapist's word on a track."""
        self.rate_all({content_hash: rating})

    def rate_all(self, ratings: Mapping[str, Rating]) -> None:
        """Set the therapist's word on several tracks, by hash, all at once."""
        with self.changing() as connection:
            self._rate(connection, ratings)

    def say(self, tracks: Sequence[Track], said: Said) -> dict[str, Rating]:
        """Change what is said of some tracks, all at once; return their new ratings by hash."""
        ratings = {track.content_hash: said.applied(track.rating) for track in tracks}
        self.rate_all(ratings)
        return ratings

    def files(self) -> dict[Path, FileRecord]:
        """Return every file that was looked at, by its path."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(FILE)).mappings().all()
        records = (FileRecord(**{**row, "path": Path(os.fsdecode(row["path"]))}) for row in rows)
        return {record.path: record for record in records}

    def remember(self, record: FileRecord) -> None:
        """Remember a file; the track it holds is present, and lies there from now on."""
        path = os.fsencode(record.path)
        with self.changing() as connection:
            connection.execute(_SAVE_FILE, {**asdict(record), "path": path})
            connection.execute(
                sa.update(TRACK)
                .where(TRACK.c.content_hash == record.content_hash)
                .values(path=path, present=True)
            )

    def follow(self, old: str, new: str) -> None:
        """Know a content by another hash: its files were changed by us, and sound the same."""
        with self.changing() as connection:
            for table in (TRACK, CURVE, RATING, FILE):
                connection.execute(
                    sa.update(table).where(table.c.content_hash == old).values(content_hash=new)
                )

    def reconcile(self, gone: Iterable[Path]) -> None:
        """Forget files that are gone, and settle where each track lies and whether it is there."""
        holding = FILE.c.content_hash == TRACK.c.content_hash
        held = sa.exists().where(holding)
        here = sa.exists().where(holding, FILE.c.path == TRACK.c.path)
        elsewhere = sa.select(sa.func.min(FILE.c.path)).where(holding).scalar_subquery()
        with self.changing() as connection:
            for path in gone:
                connection.execute(sa.delete(FILE).where(FILE.c.path == os.fsencode(path)))
            connection.execute(
                sa.update(TRACK).where(held, ~here).values(path=elsewhere, present=True)
            )
            connection.execute(
                sa.update(TRACK).where(~held, TRACK.c.present).values(present=False)
            )

    @staticmethod
    def _rate(connection: sa.Connection, ratings: Mapping[str, Rating]) -> None:
        rows = [
            {"content_hash": key, **asdict(said), "tags": sorted(said.tags)}
            for key, said in ratings.items()
        ]
        if rows:
            connection.execute(_SAVE_RATING, rows)

    def _selected(self, condition: sa.ColumnElement[bool]) -> list[Track]:
        """Return the tracks that fulfil a condition."""
        with self.reading() as connection:
            rows = connection.execute(_TRACKS.where(condition).order_by(TRACK.c.id)).mappings()
            return [_track(dict(row)) for row in rows]

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a connection, for this package's own modules.

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
            if type(error.orig) is sqlite3.DatabaseError:  # not one of its kinds: no database
                raise LibraryError(
                    "The library's database is damaged; restore a backup, or move library.sqlite "
                    "away and add the music again."
                ) from error
            raise LibraryError(f"The library's database fails: {error.orig}.") from error

    @contextmanager
    def changing(self) -> Iterator[sa.Connection]:
        """Yield a connection in one transaction that is kept, or undone by an exception."""
        if self._batch is not None:
            yield self._batch
            return
        with self.reading() as connection:
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


def _upsert(table: sa.Table, key: str) -> sa.Insert:
    """Return the statement that inserts rows, or replaces those that are about the same."""
    statement = insert(table).values({name: sa.bindparam(name) for name in _written(table)})
    changed = {name: statement.excluded[name] for name in _written(table) if name != key}
    return statement.on_conflict_do_update(index_elements=[key], set_=changed)


def _written(table: sa.Table) -> list[str]:
    """Return the columns that are not the database's own business."""
    return [name for name in table.columns.keys() if name not in {"id", "revision"}]  # noqa: SIM118


def _track_row(track: Track) -> dict[str, Any]:
    """Return what the table of tracks keeps of a track."""
    texts = {name: getattr(track, name) for name in ("title", "artist", "album")}
    return {
        "content_hash": track.content_hash,
        "path": os.fsencode(track.path),
        **texts,
        **{f"{name}_key": folded(text) for name, text in texts.items()},
        "present": track.present,
        **{name: getattr(track.analysis, name) for name in _MEASURED if name not in _CURVES},
    }


def _curve_row(track: Track) -> dict[str, Any]:
    """Return what the table of curves keeps of a track."""
    curves = {name: getattr(track.analysis, name) for name in _CURVES}
    return {"content_hash": track.content_hash, **curves}


def _track(row: Mapping[str, Any]) -> Track:
    """Return the track of a row."""
    measured = {name: row[name] for name in _MEASURED}
    measured["loudness_curve"] = tuple(row["loudness_curve"])
    measured["beat_strength"] = BeatStrength(row["beat_strength"])
    for name in _LISTS_OF_TUPLES:
        measured[name] = tuple(map(tuple, row[name]))
    return Track(
        content_hash=row["content_hash"],
        path=Path(os.fsdecode(row["path"])),
        title=row["title"],
        artist=row["artist"],
        album=row["album"],
        analysis=Analysis(**measured),
        rating=rating_of([row[f"said_{column.name}"] for column in _SAID]),
        present=row["present"],
    )


def rating_of(said: Sequence[Any]) -> Rating:
    """Return the rating in a row's columns; they are all None where nobody said anything."""
    if said[_AVOID] is None:
        return _NOTHING_SAID
    row = dict(zip(_SAID_NAMES, said, strict=True))
    return Rating(**{**row, "tags": frozenset(row["tags"])})


_NOTHING_SAID = Rating()
_SAID_NAMES = tuple(column.name for column in _SAID)
_AVOID = _SAID_NAMES.index("avoid")
SAID_COLUMNS = tuple(column.label(f"said_{column.name}") for column in _SAID)
"""The rating's columns, for ``rating_of``."""

_NO_CURVES: dict[str, Any] = dict.fromkeys(_CURVES, ())
_LISTED = sa.select(TRACK, *SAID_COLUMNS).outerjoin(
    RATING, RATING.c.content_hash == TRACK.c.content_hash
)
_TRACKS = _LISTED.add_columns(*CURVE.c[_CURVES]).outerjoin(
    CURVE, CURVE.c.content_hash == TRACK.c.content_hash
)

_OUTLINES = _LISTED.add_columns(
    *(CURVE.c[name] for name in _CURVES if name != "loudness_curve")
).outerjoin(CURVE, CURVE.c.content_hash == TRACK.c.content_hash)

_SAVE_TRACK = _upsert(TRACK, "content_hash")
_SAVE_CURVE = _upsert(CURVE, "content_hash")
_SAVE_RATING = _upsert(RATING, "content_hash")
_SAVE_FILE = _upsert(FILE, "path")
