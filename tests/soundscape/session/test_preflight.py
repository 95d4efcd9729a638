"""What is looked at before a session: each check says what to do when it fails."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.plans import data_folder

from soundscape.session.preflight import notifications, power, sleep, stored_files, time


def supply(folder: Path, name: str, **facts: str) -> None:
    (folder / name).mkdir(parents=True)
    for fact, value in facts.items():
        (folder / name / fact).write_text(f"{value}\n", encoding="ascii")


def test_a_machine_without_a_battery_is_fine(tmp_path: Path) -> None:
    assert power(tmp_path / "none").ok


@pytest.mark.parametrize(
    ("online", "charge", "ok"), [("1", "5", True), ("0", "95", True), ("0", "40", False)]
)
def test_a_battery_must_last_for_a_session(
    tmp_path: Path, online: str, charge: str, *, ok: bool
) -> None:
    supply(tmp_path, "AC", type="Mains", online=online)
    supply(tmp_path, "BAT0", type="Battery", capacity=charge)

    found = power(tmp_path)

    assert found.ok is ok
    assert ("plug" in found.detail) is (not ok or online == "1")


def test_a_machine_that_may_fall_asleep_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "never sleeps" in sleep().detail


Desktop = Callable[[str, str, str], None]


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    """Return what lets a desktop be there whose program answers so; an empty answer fails."""

    def be_there(name: str, program: str, said: str) -> None:
        script = tmp_path / program
        script.write_text(f"#!/bin/sh\necho '{said}'\ntest -n '{said}'\n", encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("XDG_CURRENT_DESKTOP", name)

    return be_there


@pytest.mark.parametrize(
    ("name", "program", "said", "ok"),
    [
        ("ubuntu:GNOME", "gsettings", "true", False),
        ("GNOME", "gsettings", "false", True),
        ("KDE", "gdbus", "(<false>,)", False),
        ("KDE", "gdbus", "(<true>,)", True),
    ],
)
def test_messages_that_could_cover_the_patients_screen_are_found(
    desktop: Desktop, name: str, program: str, said: str, *, ok: bool
) -> None:
    desktop(name, program, said)

    found = notifications()

    assert found.ok is ok
    assert ("do not disturb" in found.detail) is not ok


@pytest.mark.parametrize(("name", "said"), [("sway", "true"), ("GNOME", "")])
def test_a_desktop_that_does_not_tell_of_its_messages_is_not_guessed_at(
    desktop: Desktop, name: str, said: str
) -> None:
    desktop(name, "gsettings", said)

    assert "not known here" in notifications().detail


def test_a_stored_file_that_has_changed_is_found(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    digest = hashlib.sha256(b"music").hexdigest()
    path = folder.store / digest[:2] / f"{digest}.flac"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"music")
    whole = stored_files(folder)

    path.write_bytes(b"mus1c")
    damaged = stored_files(folder)

    assert whole.ok
    assert not damaged.ok
    assert str(path) in damaged.detail


def test_a_machine_that_has_lost_the_date_is_told_to_be_set() -> None:
    class Lost(FakeClock):
        """A clock whose battery is empty."""

        def wall_time(self) -> str:
            """Return the label of a machine that does not know."""
            return "1970-01-01T00:00:00.000+00:00"

    assert not time(Lost()).ok
    assert time(FakeClock()).ok
