"""The doctor looks at the clinic's records too, in lines of their own."""

import json
from pathlib import Path

import pytest

from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.service import Clinic
from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from ui.commands.main import main


def test_key_audit_and_backup_are_each_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOUNDSCAPE_KEY_FILE", str(tmp_path / "soundscape.key"))
    folder = DataFolder(tmp_path / "data")
    with Clinic.open(folder, MachineClock()) as clinic:
        clinic.backups.rotate(CONSOLE)

    main(["doctor", "--json", "--data-dir", str(folder.root)])

    checks = {each["name"]: each for each in json.loads(capsys.readouterr().out)["checks"]}
    assert {name: checks[name]["ok"] for name in ("key", "audit", "backup")} == {
        "key": True, "audit": True, "backup": True,
    }  # fmt: skip
    assert checks["backup"]["detail"] == "made today"
