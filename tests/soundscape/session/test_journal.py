"""The record: nothing acknowledged is lost, whatever the disk does, and nothing is changed."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock

from soundscape.errors import SessionError
from soundscape.session.journal import JOURNAL_FILE, Journal, read_journal
from soundscape.session.rescue import Rescue
from soundscape.units import Frames


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path, FakeClock())
    yield journal
    journal.close()


def test_what_was_waited_for_is_on_the_disk_in_order(journal: Journal, tmp_path: Path) -> None:
    for number in range(50):
        journal.add(Frames(number), "note", {"text": f"{number}"})
    assert journal.wait(10.0)

    entries = read_journal(tmp_path)

    assert [entry.seq for entry in entries] == list(range(1, 51))
    assert [entry.facts["text"] for entry in entries] == [f"{n}" for n in range(50)]


def test_it_is_written_ahead_and_fully_synchronous(journal: Journal, tmp_path: Path) -> None:
    journal.add(Frames(0), "note", {})
    journal.wait(10.0)

    with sqlite3.connect(tmp_path / JOURNAL_FILE) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()

    assert mode == "wal"


def test_an_entry_can_be_neither_changed_nor_deleted(journal: Journal, tmp_path: Path) -> None:
    journal.add(Frames(0), "note", {"text": "true"})
    journal.wait(10.0)
    connection = sqlite3.connect(tmp_path / JOURNAL_FILE)

    for statement in ("UPDATE entry SET facts = '{}'", "DELETE FROM entry"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    connection.close()


def test_a_locked_record_is_kept_in_memory_and_written_later(
    journal: Journal, tmp_path: Path
) -> None:
    journal.add(Frames(0), "note", {"text": "before"})
    journal.wait(10.0)
    other = sqlite3.connect(tmp_path / JOURNAL_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    journal.add(Frames(1), "note", {"text": "while locked"})
    assert not journal.wait(0.6)
    assert journal.waiting == 1
    other.execute("COMMIT")
    other.close()

    journal.close(10.0)
    assert [entry.facts["text"] for entry in read_journal(tmp_path)] == ["before", "while locked"]
    assert not journal.trouble


def test_while_the_disk_is_in_trouble_nobody_waits_for_it(
    journal: Journal, tmp_path: Path
) -> None:
    (tmp_path / JOURNAL_FILE).mkdir()
    journal.add(Frames(0), "note", {})
    assert not journal.wait(3600.0)
    assert journal.trouble

    (tmp_path / JOURNAL_FILE).rmdir()
    journal.close(10.0)

    assert len(read_journal(tmp_path)) == 1


def test_an_entry_that_is_there_although_its_writing_failed_is_not_written_twice(
    tmp_path: Path,
) -> None:
    first = Journal(tmp_path, FakeClock())
    first.add(Frames(0), "note", {})
    first.wait(10.0)
    with sqlite3.connect(tmp_path / JOURNAL_FILE) as connection:
        connection.execute("INSERT INTO entry VALUES (2, 1, '', 'note', '{}', '')")
    connection.close()

    first.add(Frames(1), "note", {})
    first.add(Frames(2), "note", {})
    first.close(10.0)

    assert [(entry.seq, entry.frame) for entry in read_journal(tmp_path)] == [
        (1, 0),
        (2, 1),
        (3, 2),
    ]


def test_what_the_disk_refused_is_kept_elsewhere_and_written_by_the_next_to_come(
    tmp_path: Path,
) -> None:
    rescue = Rescue(tmp_path, "session")
    first = Journal(tmp_path / "session", FakeClock(), rescue)
    first.add(Frames(1), "note", {"text": "in time"})
    assert first.wait(10.0)
    other = sqlite3.connect(tmp_path / "session" / JOURNAL_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    first.add(Frames(2), "dose_start", {})
    assert not first.wait(10.0)
    first.close(0.0)  # as if it were killed: what waits is not written
    other.execute("COMMIT")
    other.close()
    assert [entry.event for entry in read_journal(tmp_path / "session")] == ["note"]

    second = Journal(tmp_path / "session", FakeClock(), rescue)
    second.add(Frames(3), "note", {"text": "later"})
    second.close(10.0)

    assert [(entry.seq, entry.event) for entry in second.rescued] == [(2, "dose_start")]
    frames = [entry.frame for entry in read_journal(tmp_path / "session")]
    assert frames == [1, 2, 3]
    assert rescue.read().rows == ()


@pytest.mark.parametrize("there", [0, 1, 2, 3])
def test_what_was_kept_elsewhere_is_written_once_however_much_of_it_was_written(
    tmp_path: Path, there: int
) -> None:
    rows = [(Frames(n), "", "note", "{}") for n in range(4)]
    first = Journal(tmp_path, FakeClock())
    for frame, *_ in rows[: 1 + there]:
        first.add(frame, "note", {})
    first.close(10.0)
    rescue = Rescue(tmp_path, "session")
    assert rescue.keep(1, rows[1:3])

    second = Journal(tmp_path, FakeClock(), rescue)
    second.add(Frames(9), "note", {})
    second.close(10.0)

    frames = [entry.frame for entry in read_journal(tmp_path)]
    assert frames == [*range(max(3, 1 + there)), 9]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"after": 1, "rows": [[1]]}', "\0"])
def test_a_second_place_that_cannot_be_read_holds_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "session.rescued").write_text(text, encoding="utf-8")

    journal = Journal(tmp_path, FakeClock(), Rescue(tmp_path, "session"))
    journal.close(10.0)

    assert journal.rescued == ()


def test_a_session_that_never_was_has_no_record(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="There is no session"):
        read_journal(tmp_path / "nobody")


def test_a_record_that_was_opened_a_moment_ago_holds_nothing(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / JOURNAL_FILE)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()

    assert read_journal(tmp_path) == []


def test_a_record_of_another_kind_cannot_be_read(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / JOURNAL_FILE)
    connection.execute("CREATE TABLE other (a)")
    connection.close()

    with pytest.raises(SessionError, match="cannot be read"):
        read_journal(tmp_path)


class SetClock(FakeClock):
    """A clock whose wall can be set, as by a person or a time server."""

    def __init__(self) -> None:
        super().__init__(100.0)
        self.wall_ahead_s = 0.0

    def wall_time(self) -> str:
        """Return the label of now."""
        return FakeClock(self.now() + self.wall_ahead_s).wall_time()


@pytest.mark.parametrize("by_s", [3600.0, -3600.0, -1e9])
def test_a_wall_clock_that_is_set_is_recorded_before_what_follows(
    tmp_path: Path, by_s: float
) -> None:
    clock = SetClock()
    journal = Journal(tmp_path, clock)
    journal.add(Frames(1), "note")
    clock.advance(7200.0)  # time that passes is no step
    journal.add(Frames(2), "note")
    clock.wall_ahead_s = by_s
    journal.add(Frames(3), "note")
    journal.add(Frames(4), "note")
    journal.close()

    entries = read_journal(tmp_path)

    assert [e.event for e in entries] == ["note", "note", "clock_stepped", "note", "note"]
    assert entries[2].facts == {"by_s": by_s}
