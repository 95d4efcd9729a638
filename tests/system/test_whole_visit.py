"""A whole visit through the windows, from the first run to the restored record, offline."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes.texts import ROOT
from rig.whole_visit import CANARIES, PIN

pytestmark = pytest.mark.slow
PATIENCE_S = 600
KEPT = ("data", "second", "run")
"""Folders in which nothing that people typed may stand in clear."""


@dataclass(frozen=True, slots=True)
class Journey:
    """What a visit left.

    Attributes
    ----------
    root : Path
        Where.
    session : str
        Its session.
    """

    root: Path
    session: str


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """Take the visit in a namespace whose only network is an idle loopback."""
    unshare = shutil.which("unshare")
    assert unshare, "this test needs 'unshare' of util-linux"
    root = tmp_path_factory.mktemp("visit")
    with tempfile.TemporaryDirectory(prefix="ss-") as run:
        environment = {
            **os.environ,
            "LANGUAGE": "en",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
            "QT_QPA_PLATFORM": "offscreen",
            "SOUNDSCAPE_KEY_FILE": str(root / "keys" / "soundscape.key"),
            "XDG_RUNTIME_DIR": run,
        }
        (root / "keys").mkdir()
        done = subprocess.run(
            [unshare, "--net", "--user", "--map-root-user",
             sys.executable, "-m", "rig.whole_visit", str(root)],
            env=environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S,
            check=False,
        )  # fmt: skip
        shutil.copytree(run, root / "run", ignore=_sockets)
    assert done.returncode == 0, done.stderr[-4000:]
    yield Journey(root, done.stdout.split()[-1])
    shutil.rmtree(root)


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not (Path(folder) / name).is_file()
            and not (Path(folder) / name).is_dir()]  # fmt: skip


def test_a_whole_visit_passes_without_a_network(journey: Journey) -> None:
    first = json.loads((journey.root / "out" / "record.json").read_text("utf-8"))
    pictures = sorted(path.stem[3:] for path in journey.root.glob("*.png"))

    assert first["session"] == journey.session
    assert first["label"] == CANARIES["alias"]
    assert first["visit"]["stage"] == "discharged"
    assert pictures == sorted([
        "first run", "start", "sign in", "checklist", "session", "recovery", "care list",
    ])  # fmt: skip


def test_what_staff_saved_is_a_sheet_and_a_calendar(journey: Journey) -> None:
    out = journey.root / "out"

    assert (out / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "follow.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_sessions_record_only_refers_to_what_was_typed(journey: Journey) -> None:
    record = json.loads((journey.root / "out" / "record.json").read_text("utf-8"))
    noted = [entry for entry in record["visit"]["entries"] if entry["kind"] == "note"]
    told = [event for event in record["events"] if event["event"] == "note"]

    assert len(noted) == len(told) == 2
    assert {event["text"] for event in told} == {entry["facts"]["text"] for entry in noted}


@pytest.mark.parametrize("field", [*CANARIES, "PIN"])
def test_nothing_typed_stands_anywhere_in_clear(journey: Journey, field: str) -> None:
    text = CANARIES.get(field, PIN)
    forms = [text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()]
    files = [path for name in KEPT for path in (journey.root / name).rglob("*") if path.is_file()]
    files.append(journey.root / "clinic.backup")

    found = [path.name for path in files if any(form in path.read_bytes() for form in forms)]

    assert len(files) > 20
    assert found == []


def test_the_search_would_find_what_stands_in_clear(journey: Journey) -> None:
    saved = (journey.root / "out" / "record.json").read_text("utf-8")

    assert CANARIES["alias"] in saved
    assert CANARIES["escort"] in saved
