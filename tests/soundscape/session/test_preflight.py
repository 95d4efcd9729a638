"""What is looked at before a session: each check says what to do when it fails."""

import hashlib
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.plans import data_folder

from soundscape.session.preflight import power, sleep, stored_files, time


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
