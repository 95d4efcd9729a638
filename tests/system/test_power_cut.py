"""A power cut at any moment loses nothing that was said to be recorded."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rig.power_cut import cut_everywhere, traced

pytestmark = pytest.mark.slow


def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    steps = traced(tmp_path / "record", ["60", "--sessions", "3"])

    outcome = cut_everywhere(steps)

    assert outcome.acknowledged == 60
    assert outcome.states > 600
    assert (outcome.damaged, outcome.losing) == (0, 0)


def test_nor_one_while_the_log_is_copied_into_the_file(tmp_path: Path) -> None:
    # a thousand pages of log are copied and the log is begun anew
    steps = traced(tmp_path / "record", ["110", "--text-length", "40000"])
    copied = [step for step in steps if step.name == "journal.sqlite"]

    outcome = cut_everywhere(steps, every=197)

    assert len(copied) > 1000
    assert outcome.acknowledged == 110
    assert (outcome.damaged, outcome.losing) == (0, 0)


def test_a_record_that_trusts_the_disk_blindly_is_found_out(tmp_path: Path) -> None:
    steps = traced(tmp_path / "record", ["60", "--careless"])

    outcome = cut_everywhere(steps)

    assert outcome.losing > 0


ARMING = """
import sys
from fakes.plans import data_folder, short_plan
from soundscape.clock import MachineClock
from soundscape.session.files import Terms, arm
folder = data_folder(Path(sys.argv[1]))
arm(folder, short_plan(folder), (), Terms("null", 1.0, attended=True), MachineClock())
"""


def test_a_session_that_is_armed_is_on_the_disk_with_every_name_of_it(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    subprocess.run(
        ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", "trace=fsync,fdatasync",
         sys.executable, "-c", f"from pathlib import Path\n{ARMING}", str(tmp_path)],
        check=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    synced = set(re.findall(r"sync\(\d+<([^>]*)>\) = 0", log.read_text(encoding="utf-8")))

    data = tmp_path / "data"
    (session,) = (data / "sessions").iterdir()
    stored = [path for path in (data / "store").rglob("*") if path.is_dir()]
    assert len([*session.iterdir()]) == 3
    for path in (*session.iterdir(), session, session.parent, data, *stored, data / "store"):
        assert str(path) in synced
    for path in (path for path in (data / "store").rglob("*") if path.is_file()):
        assert any(each.startswith(str(path)) for each in synced)  # before it had its name
