"""Backups: made while a session writes, restored where nothing is, tried without harm."""

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.clinic import SESSION, Staffed, record_session
from fakes.clock import FakeClock

from soundscape.clinic.backup import backups_in
from soundscape.clinic.backups import restore_backup
from soundscape.clinic.roles import CONSOLE, Role
from soundscape.clinic.service import Clinic
from soundscape.errors import ClinicError
from soundscape.folders import DataFolder
from soundscape.session.journal import Journal, read_journal
from soundscape.units import Frames

DAY_S = 86_400.0


@pytest.fixture
def full(staffed: Staffed) -> Staffed:
    """Return a clinic with something of everything."""
    nurse = staffed.actors[Role.STAFF]
    visit = staffed.clinic.visits.begin(nurse, "Blue 7", "iv")
    staffed.clinic.visits.append(visit, "note", {"text": "calm"}, nurse)
    record_session(staffed.folder, "a", "b")
    staffed.folder.settings.write_text("look = 'night'\n", encoding="utf-8")
    for audio in (
        staffed.folder.store / "ab",
        staffed.folder.starter,
        staffed.folder.root / "demo",
    ):
        audio.mkdir(parents=True)
        (audio / "sound.flac").write_bytes(bytes(1000))
    with closing(sqlite3.connect(staffed.folder.library)) as library:
        library.execute("CREATE TABLE track (title TEXT)")
        library.executemany("INSERT INTO track VALUES (?)", [("a",), ("b",), ("c",)])
        library.commit()
    return staffed


def files_of(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def rows_of(path: Path) -> list[str]:
    """Return all that a database holds, as SQL, once it was found to be whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(connection.iterdump())


def test_everything_but_sound_comes_back_in_an_empty_folder(full: Staffed, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    made = full.clinic.backups.make(full.actors[Role.ADMIN], file)
    other = DataFolder(tmp_path / "other")

    found = restore_backup(file, other, FakeClock())

    assert files_of(other.root) == [
        "clinic.db", "library.sqlite", f"sessions/{SESSION}/journal.sqlite", "settings.toml",
    ]  # fmt: skip
    assert found.head == made.head
    assert rows_of(other.library) == rows_of(full.folder.library)
    assert read_journal(other.sessions / SESSION) == read_journal(full.folder.sessions / SESSION)
    with Clinic.open(other, FakeClock(2000.0), boot="first") as clinic:
        nurse = full.actors[Role.STAFF]
        assert clinic.visits.visits(nurse) == full.clinic.visits.visits(nurse)
        assert clinic.audit.verify(CONSOLE, known=[made.head]).ok


def test_nothing_of_it_can_be_read_without_the_key(full: Staffed, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    full.clinic.backups.make(CONSOLE, file)

    content = file.read_bytes()

    assert not [word for word in (b"SQLite", b"night", b"clinic", b"track") if word in content]


def test_a_backup_is_whole_while_a_session_writes(full: Staffed, tmp_path: Path) -> None:
    enough = threading.Event()
    home = full.folder.sessions / "20260102t000000-cd34"

    def play() -> None:
        with closing(Journal(home, FakeClock())) as journal:
            number = 0
            while not enough.is_set():
                number += 1
                journal.add(Frames(number), "call", {"n": number})
                journal.wait(1.0)

    playing = threading.Thread(target=play)
    playing.start()
    try:
        for number in range(3):
            full.clinic.backups.make(CONSOLE, tmp_path / f"{number}.backup")
    finally:
        enough.set()
        playing.join()

    lengths = []
    for number in range(3):
        other = DataFolder(tmp_path / f"other-{number}")
        restore_backup(tmp_path / f"{number}.backup", other, FakeClock())
        there = (other.sessions / home.name).is_dir()
        found = read_journal(other.sessions / home.name) if there else []
        assert [entry.facts["n"] for entry in found] == list(range(1, len(found) + 1))
        lengths.append(len(found))
    assert lengths == sorted(lengths)
    assert lengths[-1] > 0


def test_a_folder_with_anything_in_it_is_left_alone(full: Staffed, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    full.clinic.backups.make(CONSOLE, file)
    before = files_of(full.folder.root)

    with pytest.raises(ClinicError, match="is not empty"):
        restore_backup(file, full.folder, FakeClock())

    assert files_of(full.folder.root) == before


@pytest.mark.parametrize("cut", [1, 17, 1000])
def test_a_damaged_backup_restores_nothing(full: Staffed, tmp_path: Path, cut: int) -> None:
    file = tmp_path / "kept.backup"
    full.clinic.backups.make(CONSOLE, file)
    file.write_bytes(file.read_bytes()[:-cut])

    with pytest.raises(ClinicError, match="damaged"):
        restore_backup(file, DataFolder(tmp_path / "other"), FakeClock())

    assert not (tmp_path / "other").exists()
    assert not list(tmp_path.glob(".restore-*"))


def test_a_backup_of_a_record_that_was_changed_is_refused(full: Staffed, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    full.clinic.audit.anchor()
    with closing(sqlite3.connect(full.folder.sessions / SESSION / "journal.sqlite")) as record:
        record.executescript("DROP TRIGGER entry_stays; UPDATE entry SET frame = 9 WHERE seq = 1")
    full.clinic.backups.make(CONSOLE, file)

    with pytest.raises(ClinicError, match="does not hold: Entry 1 of session"):
        restore_backup(file, DataFolder(tmp_path / "other"), FakeClock())
    assert not (tmp_path / "other").exists()


def test_without_the_key_it_is_said_where_to_get_it(
    full: Staffed, tmp_path: Path, key_file: Path
) -> None:
    full.clinic.backups.make(CONSOLE, tmp_path / "kept.backup")
    key_file.unlink()

    with pytest.raises(ClinicError, match="keys recover"):
        restore_backup(tmp_path / "kept.backup", DataFolder(tmp_path / "other"), FakeClock())


def test_an_old_backup_opens_after_the_key_was_changed(full: Staffed, tmp_path: Path) -> None:
    full.clinic.backups.make(CONSOLE, tmp_path / "kept.backup")
    full.clinic.upkeep.rotate_keys(CONSOLE)

    assert restore_backup(
        tmp_path / "kept.backup", DataFolder(tmp_path / "other"), FakeClock()
    ).rows


def test_made_every_night_they_are_thinned_out(full: Staffed) -> None:
    made = []
    for _ in range(12):
        made.append(full.clinic.backups.rotate(CONSOLE))
        full.clock.advance(DAY_S)

    found = backups_in(full.folder)
    assert made[-1].path in found.values()
    latest = max(found)
    assert {latest - timedelta(days=n) for n in range(7)} <= set(found)
    assert len(found) < 12


def test_a_drill_restores_and_leaves_everything_as_it_was(full: Staffed) -> None:
    full.clinic.backups.rotate(CONSOLE)
    before = files_of(full.folder.root)

    found = full.clinic.backups.drill(full.actors[Role.ADMIN])

    assert found.files == 4
    assert found.rows > 5
    assert files_of(full.folder.root) == before
    assert full.clinic.audit.entries(CONSOLE)[-1].action == "restore_tried"


def test_a_drill_without_a_backup_says_what_to_do(full: Staffed) -> None:
    with pytest.raises(ClinicError, match="backup --rotate"):
        full.clinic.backups.drill(CONSOLE)
