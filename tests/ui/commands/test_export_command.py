"""``soundscape export`` writes every paper of a session, with its visit where there is one."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from fakes.clinic import staff_a_clinic
from fakes.clock import FakeClock
from fakes.plans import data_folder, short_plan
from fakes.visits import ANSWERS

from soundscape.clinic.roles import Role
from soundscape.clinic.service import Clinic
from soundscape.folders import DataFolder
from soundscape.session.files import Terms, arm
from soundscape.session.journal import Journal
from soundscape.units import frames_in
from soundscape.visit.rules import load_rules
from ui.commands.main import main

INTENTION = "To see the sea"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, str]:
    """Return a chair on which a session was run, and which."""
    folder = data_folder(tmp_path_factory.mktemp("chair"))
    clock = FakeClock(1000.0)
    terms = Terms("null", 1.0, attended=False)
    armed = arm(folder, short_plan(folder, unit_s=2.0), (), terms, clock)
    with closing(Journal(armed.folder, clock)) as journal:
        for at_s, event in ((0.0, "session_started"), (2.0, "dose_start"), (9.0, "session_ended")):
            journal.add(frames_in(at_s), event)
    return folder, armed.session


def exported(played: tuple[DataFolder, str], out: Path, *words: str) -> int:
    folder, session = played
    return main(["export", session, "--out", str(out), "--data-dir", str(folder.root), *words])


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("json", b"{"), ("csv", b"t_s,"), ("pdf", b"%PDF"), ("record-pdf", b"%PDF"),
     ("ics", b"BEGIN:VCALENDAR")],
)  # fmt: skip
def test_each_format_is_written_without_a_clinics_records(
    played: tuple[DataFolder, str], tmp_path: Path, kind: str, begins: bytes
) -> None:
    out = tmp_path / "new" / "file"

    assert exported(played, out, "--format", kind) == 0

    assert out.read_bytes().startswith(begins)
    assert [path.name for path in out.parent.iterdir()] == ["file"]


def test_the_answer_in_json_says_what_was_written(
    played: tuple[DataFolder, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.pdf"

    exported(played, out, "--format", "pdf", "--language", "de", "--paper", "letter", "--json")

    said = json.loads(capsys.readouterr().out)
    assert said == {"ok": True, "out": str(out), "events": 3, "bytes": out.stat().st_size}


def test_a_clinics_faulty_rule_is_refused_in_one_line(
    played: tuple[DataFolder, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = played[0].visit
    clinic.write_text("[rules.iv]\nrecovery_min = 5\n", "utf-8")
    try:
        status = exported(played, tmp_path / "sheet.pdf", "--format", "pdf")
    finally:
        clinic.unlink()

    assert status == 1
    assert "rules.iv.recovery_min: may be more than 60" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_visit_is_in_the_record_and_what_is_private_is_not(
    played: tuple[DataFolder, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDSCAPE_KEY_FILE", str(tmp_path / "soundscape.key"))
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    session = played[1]
    folder = DataFolder(tmp_path / "data")
    shutil.copytree(played[0].root, folder.root)
    nurse = staff_a_clinic(folder.root)[Role.STAFF]
    rules = load_rules()["iv"].to_json()
    opening = {"alias": "M-14", "route": "iv", "zone": "Europe/Berlin", "rules": rules}
    with Clinic.open(folder, FakeClock(1000.0), boot="first") as clinic:
        visit = clinic.visits.begin(nurse, "M-14", "iv", opening=opening)
        for item, facts in (
            ANSWERS | {"intention": {"choice": "shared", "text": INTENTION}}
        ).items():
            clinic.visits.append(visit, "answer", {"item": str(item), **facts}, nurse)
        clinic.visits.link_session(visit, session, nurse)

    for kind in ("json", "pdf"):
        assert exported((folder, session), tmp_path / kind, "--format", kind) == 0

    record = json.loads((tmp_path / "json").read_text("utf-8"))
    assert (record["label"], record["people"]) == ("M-14", [nurse.id])
    assert record["audit"].partition("-")[0].isdigit()
    assert INTENTION not in (tmp_path / "json").read_text("utf-8")
