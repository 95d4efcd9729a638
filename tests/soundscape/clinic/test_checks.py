"""What is found of key, audit and backup before anybody relies on them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fakes.clinic import Staffed
from fakes.clock import FakeClock

from soundscape.clinic.checks import records
from soundscape.clinic.roles import CONSOLE
from soundscape.folders import DataFolder
from soundscape.session.preflight import Check

DAY_S = 86_400.0


def found(staffed: Staffed) -> dict[str, Check]:
    """Return what is found of a clinic, by what was looked at."""
    return {check.name: check for check in records(staffed.folder, staffed.clock)}


def test_a_chair_without_records_has_none_and_gets_none(tmp_path: Path, key_file: Path) -> None:
    folder = DataFolder(tmp_path / "data")

    (key,) = records(folder, FakeClock())

    assert key.ok
    assert "none yet" in key.detail
    assert not folder.root.exists()
    assert not key_file.exists()


def test_whole_records_with_a_backup_of_today_are_fine(staffed: Staffed) -> None:
    staffed.clinic.backups.rotate(CONSOLE)

    checks = found(staffed)

    assert list(checks) == ["key", "audit", "backup"]
    assert all(check.ok for check in checks.values())
    assert checks["backup"].detail == "made today"


def test_a_clinic_that_never_made_a_backup_is_told_how(staffed: Staffed) -> None:
    backup = found(staffed)["backup"]

    assert not backup.ok
    assert "soundscape backup --rotate" in backup.detail


def test_a_backup_of_a_week_ago_still_serves_and_an_older_one_does_not(staffed: Staffed) -> None:
    staffed.clinic.backups.rotate(CONSOLE)
    staffed.clock.advance(7.5 * DAY_S)
    week = found(staffed)["backup"]
    staffed.clock.advance(DAY_S)
    older = found(staffed)["backup"]

    assert (week.ok, week.detail) == (True, "made 7 days ago")
    assert (older.ok, older.detail[:25]) == (False, "The last one is 8 days ol")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_a_fault(
    staffed: Staffed, key_file: Path, mode: int
) -> None:
    key_file.chmod(mode)

    (key,) = found(staffed).values()

    assert not key.ok
    assert "chmod 600" in key.detail


def test_a_key_that_is_gone_is_a_fault_while_records_are_here(
    staffed: Staffed, key_file: Path
) -> None:
    key_file.unlink()

    (key,) = found(staffed).values()

    assert not key.ok
    assert "keys recover" in key.detail


def test_a_changed_line_of_the_audit_is_told(staffed: Staffed) -> None:
    with closing(sqlite3.connect(staffed.folder.clinic)) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("UPDATE audit SET actor = 'somebody' WHERE seq = 2")

    audit = found(staffed)["audit"]

    assert not audit.ok
    assert "2" in audit.detail
