"""The clinic's commands: JSON alone, one line for a refusal, and the whole way round."""

import io
import json
import os
import sqlite3
import warnings
from contextlib import closing
from getpass import GetPassWarning
from pathlib import Path
from typing import Any

import pytest
from fakes.clinic import SESSION, record_session

from soundscape.folders import DataFolder
from ui.commands.main import main

Output = pytest.CaptureFixture[str]


class Terminal:
    """Runs commands on a data folder."""

    def __init__(self, root: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def run(self, *words: object, typed: str = "", root: Path | None = None) -> tuple[int, Any]:
        """Run a command; return its status and what it printed as JSON."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main([*map(str, words), "--json", "--data-dir", str(root or self.root)])
        said = self._capsys.readouterr()
        assert len(said.err.splitlines()) == status
        return status, json.loads(said.out)


@pytest.fixture
def terminal(tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("SOUNDSCAPE_KEY_FILE", str(tmp_path / "soundscape.key"))
    return Terminal(tmp_path / "data", capsys, monkeypatch)


def test_people_are_added_listed_reset_and_removed(terminal: Terminal) -> None:
    status, nora = terminal.run("staff", "add", "Nora", "--pin-stdin", typed="924713\n")
    assert (status, nora["role"], nora["active"]) == (0, "staff", True)
    assert terminal.run("staff", "reset", "nora", "--pin-stdin", typed="837261\n")[0] == 0
    assert terminal.run("staff", "remove", nora["id"])[0] == 0

    _, listed = terminal.run("staff", "list")

    assert listed == [{**nora, "active": False}]


@pytest.mark.parametrize(
    ("words", "typed", "why"),
    [
        (("add", "Nora", "--pin-stdin"), "123456\n", "guessed first"),
        (("add", "Nora", "--pin-stdin"), "", "digits"),
        (("reset", "Nobody", "--pin-stdin"), "924713\n", "nobody called"),
        (("remove", "Nobody"), "", "nobody called"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    terminal: Terminal, words: tuple[str, ...], typed: str, why: str
) -> None:
    status, said = terminal.run("staff", *words, typed=typed)

    assert (status, said["ok"]) == (1, False)
    assert why in said["error"]


def test_a_pin_is_asked_for_twice_and_not_shown(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["924713", "924731", "924713", "924713"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))

    assert "differ" in terminal.run("staff", "add", "Nora")[1]["error"]
    assert terminal.run("staff", "add", "Nora")[0] == 0


def test_the_audit_is_whole_until_somebody_changes_it(terminal: Terminal) -> None:
    record_session(DataFolder(terminal.root), "a", "b", "c")
    terminal.run("staff", "add", "Nora", "--pin-stdin", typed="924713\n")
    assert terminal.run("audit", "verify") == (0, {"ok": True, "entries": 2, "first_bad": None})
    _, head = terminal.run("audit", "head")

    with closing(sqlite3.connect(terminal.root / "clinic.db")) as connection:
        connection.executescript("DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE seq = 2")

    assert terminal.run("audit", "verify")[0] == 0
    status, said = terminal.run("audit", "verify", "--head", f"{head['seq']}-{head['mac']}")
    assert (status, said["ok"], said["first_bad"]) == (1, False, 2)


def test_a_changed_record_of_a_session_is_found(terminal: Terminal) -> None:
    home = record_session(DataFolder(terminal.root), "a", "b", "c")
    with closing(sqlite3.connect(home / "journal.sqlite")) as record:
        record.executescript("DROP TRIGGER entry_stays; UPDATE entry SET frame = 9 WHERE seq = 2")

    status, said = terminal.run("audit", "verify")

    assert (status, said["ok"]) == (1, False)
    assert said["why"].startswith(f"Entry 2 of session {SESSION}")


def test_a_backup_comes_back_in_a_second_folder_with_its_chain(
    terminal: Terminal, tmp_path: Path
) -> None:
    record_session(DataFolder(terminal.root), "a", "b")
    terminal.run("staff", "add", "Nora", "--pin-stdin", typed="924713\n")
    _, made = terminal.run("backup", tmp_path / "kept.backup")
    other = tmp_path / "other"

    status, restored = terminal.run("restore", tmp_path / "kept.backup", root=other)

    assert (status, restored["files"], restored["head"]) == (0, made["files"], made["head"])
    assert terminal.run("audit", "verify", "--head", made["head"], root=other)[0] == 0
    assert terminal.run("staff", "list", root=other) == terminal.run("staff", "list")
    assert "is not empty" in terminal.run("restore", tmp_path / "kept.backup")[1]["error"]


def test_backups_rotate_and_are_tried(terminal: Terminal) -> None:
    assert "--rotate" in terminal.run("restore", "--drill")[1]["error"]

    _, made = terminal.run("backup", "--rotate")

    assert Path(made["out"]).parent == terminal.root / "backups"
    assert terminal.run("restore", "--drill")[1]["ok"] is True
    assert "either" in terminal.run("backup")[1]["error"]
    assert "which file" in terminal.run("restore")[1]["error"]


def test_a_lost_key_comes_back_from_its_sheet(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("staff", "add", "Nora", "--pin-stdin", typed="924713\n")
    _, rotated = terminal.run("keys", "rotate")
    _, sheet = terminal.run("keys", "sheet")
    (tmp_path / "sheet.txt").write_text(sheet["sheet"], encoding="utf-8")
    Path(os.environ["SOUNDSCAPE_KEY_FILE"]).unlink()
    assert "keys recover" in terminal.run("staff", "list")[1]["error"]

    _, found = terminal.run("keys", "recover", tmp_path / "sheet.txt")

    assert found["keys"][-1] == rotated["key"]
    assert [person["name"] for person in terminal.run("staff", "list")[1]] == ["Nora"]


def test_retention_is_set_and_applied(terminal: Terminal) -> None:
    record_session(DataFolder(terminal.root), "a", session="20200101t000000-ab12")
    forever = {"visits": None, "notes": None, "sessions": None}
    assert terminal.run("retention", "show") == (0, forever)
    assert terminal.run("retention", "set", "sessions", "30")[1] == {**forever, "sessions": 30}

    _, gone = terminal.run("retention", "apply")

    assert gone["erased"] == [{"what": "sessions", "id": "20200101t000000-ab12"}]
    assert terminal.run("retention", "apply")[1]["erased"] == []
    assert "number of days" in terminal.run("retention", "set", "notes", "soon")[1]["error"]
    assert "There is no" in terminal.run("retention", "erase", "visits", "x")[1]["error"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("staff", "list"), "Nobody yet."),
        (("audit", "verify"), "The entry is as it was written."),
        (("retention", "show"), "visits    forever"),
        (("keys", "sheet"), "Soundscape: recovery sheet of"),
    ],
)
def test_without_json_a_person_can_read_it(
    terminal: Terminal, capsys: Output, words: tuple[str, ...], line: str
) -> None:
    assert main([*words, "--data-dir", str(terminal.root)]) == 0

    assert capsys.readouterr().out.startswith(line)


def test_a_pin_is_typed_unseen_or_not_at_all(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(_prompt: str) -> str:
        warnings.warn("it may be echoed", GetPassWarning, stacklevel=1)
        return "924713"

    monkeypatch.setattr("getpass.getpass", seen)

    status = main(["staff", "add", "Nora", "--data-dir", str(tmp_path)])

    assert status == 1
    assert "or --pin-stdin" in capsys.readouterr().err
