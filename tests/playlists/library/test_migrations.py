"""A library of every earlier version becomes one of today's, and keeps all that it holds."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from playlists.library.migrations import VERSION
from playlists.library.repository import Library
from playlists.library.search import Search
from playlists.models import Rating
from soundscape.errors import LibraryError

# The tables as the versions had them, kept here so that no later change of today's reaches them.
FILE = (
    "CREATE TABLE file (path BLOB PRIMARY KEY, size_bytes BIGINT NOT NULL, "
    "modified_ns BIGINT NOT NULL, content_hash VARCHAR(64), reason TEXT, "
    "analysis_version INTEGER NOT NULL)"
)
INDEX = "CREATE INDEX ix_file_content_hash ON file (content_hash)"
TRACK_1 = (
    "CREATE TABLE track (content_hash VARCHAR(64) PRIMARY KEY, path BLOB NOT NULL, "
    "title TEXT NOT NULL, artist TEXT NOT NULL, album TEXT NOT NULL, present BOOLEAN NOT NULL, "
    "duration_s FLOAT NOT NULL, sample_rate_hz INTEGER NOT NULL, channels INTEGER NOT NULL, "
    "codec TEXT NOT NULL, tempo_bpm FLOAT, tempo_confidence FLOAT NOT NULL, "
    "energy FLOAT NOT NULL, energy_curve JSON NOT NULL, integrated_lufs FLOAT NOT NULL, "
    "loudness_range_lu FLOAT NOT NULL, true_peak_dbtp FLOAT NOT NULL, "
    "max_rise_lu_2s FLOAT NOT NULL, brightness_hz FLOAT NOT NULL, vocal_probability FLOAT, "
    "lead_silence_s FLOAT NOT NULL, tail_silence_s FLOAT NOT NULL, "
    "analysis_version INTEGER NOT NULL)"
)
RATING_1 = (
    "CREATE TABLE rating (content_hash VARCHAR(64) PRIMARY KEY, instrumental BOOLEAN, "
    "energy FLOAT, tags JSON NOT NULL, avoid BOOLEAN NOT NULL, licence TEXT NOT NULL)"
)
ADDED_IN_2 = (
    "ALTER TABLE track ADD COLUMN tempo_alternatives JSON DEFAULT '[]' NOT NULL",
    "ALTER TABLE track ADD COLUMN beat_strength TEXT DEFAULT 'none' NOT NULL",
    "ALTER TABLE track ADD COLUMN percussiveness FLOAT DEFAULT '0' NOT NULL",
    "ALTER TABLE track ADD COLUMN loudness_curve JSON DEFAULT '[]' NOT NULL",
    "ALTER TABLE track ADD COLUMN max_jump_lu FLOAT DEFAULT '0' NOT NULL",
    "ALTER TABLE track ADD COLUMN voice_spans JSON DEFAULT '[]' NOT NULL",
    "ALTER TABLE track ADD COLUMN fade_in_s FLOAT DEFAULT '0' NOT NULL",
    "ALTER TABLE track ADD COLUMN fade_out_s FLOAT DEFAULT '0' NOT NULL",
    "ALTER TABLE track ADD COLUMN audition_s FLOAT DEFAULT '0' NOT NULL",
    "ALTER TABLE track ADD COLUMN loopability FLOAT DEFAULT '0' NOT NULL",
)
ADDED_IN_3 = (
    "ALTER TABLE rating ADD COLUMN familiar BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE rating ADD COLUMN source TEXT DEFAULT '' NOT NULL",
)
STATEMENTS = {
    1: (FILE, INDEX, TRACK_1, RATING_1),
    2: (FILE, INDEX, TRACK_1, RATING_1, *ADDED_IN_2),
    3: (FILE, INDEX, TRACK_1, RATING_1, *ADDED_IN_2, *ADDED_IN_3),
}
DAWN = {
    "content_hash": "a" * 64,
    "path": b"/music/calm/dawn.flac",
    "title": "\u00c9veil",
    "artist": "Mara",
    "album": "",
    "present": 1,
    "duration_s": 300.0,
    "sample_rate_hz": 48_000,
    "channels": 2,
    "codec": "flac",
    "tempo_bpm": None,
    "tempo_confidence": 0.0,
    "energy": 0.25,
    "energy_curve": json.dumps([[0.0, 0.2], [10.0, 0.3]]),
    "integrated_lufs": -20.0,
    "loudness_range_lu": 5.0,
    "true_peak_dbtp": -3.0,
    "max_rise_lu_2s": 2.0,
    "brightness_hz": 800.0,
    "vocal_probability": 0.1,
    "lead_silence_s": 0.0,
    "tail_silence_s": 0.5,
    "analysis_version": 1,
}


@pytest.fixture(params=STATEMENTS, ids=lambda version: f"version {version}")
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as database:
        for statement in STATEMENTS[request.param]:
            database.execute(statement)
        marks = ", ".join("?" * len(DAWN))
        names = ", ".join(DAWN)
        database.execute(f"INSERT INTO track ({names}) VALUES ({marks})", [*DAWN.values()])  # noqa: S608
        database.execute(
            "INSERT INTO rating (content_hash, energy, tags, avoid, licence) "
            "VALUES (?, 0.4, '[\"harp\"]', 0, 'CC0')",
            [DAWN["content_hash"]],
        )
        database.execute(
            "INSERT INTO file VALUES (?, 10, 20, ?, NULL, 1)", [DAWN["path"], "a" * 64]
        )
        database.execute(f"PRAGMA user_version = {request.param}")
        database.commit()
    return path


def test_every_earlier_version_is_tried() -> None:
    assert list(STATEMENTS) == list(range(1, VERSION))


def test_what_was_measured_and_said_is_kept(old: Path) -> None:
    with Library.open(old) as library:
        (kept,) = library.tracks()
        files = library.files()

    assert (kept.title, kept.artist, kept.path) == ("Éveil", "Mara", Path("/music/calm/dawn.flac"))
    assert kept.analysis.energy_curve == ((0.0, 0.2), (10.0, 0.3))
    assert kept.analysis.tail_silence_s == 0.5
    assert kept.analysis.voice_spans == ()
    assert kept.rating == Rating(energy=0.4, tags=frozenset({"harp"}), licence="CC0")
    assert list(files) == [kept.path]


def test_it_can_be_searched_rated_and_filled_like_a_new_one(old: Path) -> None:
    with Library.open(old) as library:
        search = Search(library)
        found = search.page(search.find("eveil tag:harp"), 0, 10)
        library.rate("a" * 64, Rating(familiar=True, source="a gift"))
        changed = search.refresh()

        assert [track.title for track in found] == ["Éveil"]
        assert changed
        assert len(search.find("familiar source:gift")) == 1


def test_a_second_opening_changes_nothing(old: Path) -> None:
    Library.open(old).close()
    with closing(sqlite3.connect(old)) as database:
        first = database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()

    Library.open(old).close()

    with closing(sqlite3.connect(old)) as database:
        again = database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        version = database.execute("PRAGMA user_version").fetchone()
    assert again == first
    assert version == (VERSION,)


def test_it_has_then_what_a_new_library_has(old: Path, tmp_path: Path) -> None:
    Library.open(old).close()
    Library.open(tmp_path / "new.sqlite").close()

    def names(path: Path) -> set[tuple[str, str, str]]:
        with closing(sqlite3.connect(path)) as database:
            listed = "SELECT type, name, tbl_name FROM sqlite_master"
            return set(database.execute(listed).fetchall())

    assert names(old) == names(tmp_path / "new.sqlite")


def test_a_migration_that_fails_leaves_the_library_as_it_was(old: Path) -> None:
    with closing(sqlite3.connect(old)) as database:
        database.execute("CREATE TABLE track_before (a)")  # the name that it needs is taken
        before = database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()

    with pytest.raises(LibraryError, match="database fails"):
        Library.open(old)

    with closing(sqlite3.connect(old)) as database:
        after = database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    assert after == before
