"""Several processes at once, and one that is killed: the audit stays one chain."""

import subprocess
import sys
import threading

import numpy as np
import pytest
from fakes.clinic import Staffed
from fakes.clock import FakeClock

from soundscape.clinic.roles import CONSOLE, Actor, Role
from soundscape.clinic.service import Clinic
from soundscape.folders import DataFolder

WRITER = """
import sys
from pathlib import Path
from soundscape.clinic.roles import Actor, Role
from soundscape.clinic.service import Clinic
from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
with Clinic.open(DataFolder(Path(sys.argv[1])), MachineClock()) as clinic:
    nurse = Actor(sys.argv[3], Role.STAFF)
    while True:
        print(clinic.visits.append(sys.argv[2], "mark", {"at": 1}, nurse).seq, flush=True)
"""
KILLS = 3


@pytest.fixture
def visit(staffed: Staffed) -> str:
    return staffed.clinic.visits.begin(staffed.actors[Role.STAFF], "Blue", "iv")


def write_many(folder: DataFolder, visit: str, nurse: Actor, count: int) -> None:
    """Write entries as a process of its own would."""
    with Clinic.open(folder, FakeClock(1000.0), boot="first") as clinic:
        for number in range(count):
            clinic.visits.append(visit, "mark", {"n": number}, nurse)


def test_two_that_write_at_once_make_one_chain(staffed: Staffed, visit: str) -> None:
    nurse = staffed.actors[Role.STAFF]
    writers = [
        threading.Thread(target=write_many, args=(staffed.folder, visit, nurse, 15))
        for _ in range(3)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    entries = staffed.clinic.visits.entries(visit, nurse)
    assert [entry.seq for entry in entries] == list(range(1, 46))
    assert staffed.clinic.audit.verify(CONSOLE).ok


def test_a_key_that_another_process_changed_is_taken_up(staffed: Staffed, visit: str) -> None:
    nurse = staffed.actors[Role.STAFF]
    with Clinic.open(staffed.folder, FakeClock(1000.0), boot="first") as other:
        first = other.upkeep.rotate_keys(CONSOLE)
        staffed.clinic.visits.append(visit, "mark", {"n": 1}, nurse)
        second = staffed.clinic.upkeep.rotate_keys(CONSOLE)
        other.visits.append(visit, "mark", {"n": 2}, nurse)

        assert other.visits.entries(visit, nurse) == staffed.clinic.visits.entries(visit, nurse)
    lines = staffed.clinic.audit.entries(CONSOLE)
    assert [line.key for line in lines[-4:]] == [first, first, second, second]
    assert staffed.clinic.audit.verify(CONSOLE).ok


@pytest.mark.slow
def test_killed_at_any_moment_it_has_kept_what_it_said(staffed: Staffed, visit: str) -> None:
    nurse = staffed.actors[Role.STAFF]
    rng = np.random.default_rng(7)
    words = [sys.executable, "-c", WRITER, str(staffed.folder.root), visit, nurse.id]
    for _ in range(KILLS):
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            said = [writer.stdout.readline() for _ in range(rng.integers(1, 20))]
            writer.kill()
            said += writer.stdout.readlines()

        found = [entry.seq for entry in staffed.clinic.visits.entries(visit, nurse)]
        assert found == list(range(1, len(found) + 1))
        assert len(found) >= max(int(line) for line in said if line.endswith("\n"))
        assert staffed.clinic.audit.verify(CONSOLE).ok
