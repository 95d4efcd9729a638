"""A record whose disk fails: sound goes on, nobody waits for it, and nothing is lost.

``SOUNDSCAPE_FAULT_S=60`` lets another program lock the record for so long.
"""

import contextlib
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from rig.chair import Chair
from rig.recorder import acknowledged
from rig.scene import pause

from soundscape.clock import MachineClock
from soundscape.errors import SessionError
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms
from soundscape.session.journal import JOURNAL_FILE, read_journal, read_rows
from soundscape.session.links import first_unlinked

pytestmark = pytest.mark.slow
RECORDER = Path(__file__).parents[1] / "rig" / "recorder.py"
HOST = "soundscape.session.host"
KILLS = 30
FAULT_S = float(os.environ.get("SOUNDSCAPE_FAULT_S", "3"))
LONGEST_WAIT_S = 1.0
"""A quarter of a second by design; waiting for the disk would take as long as its fault."""

TERMS = Terms(device="null", scale=1.0, attended=True)


def recorded_under(fault: str, record: Path, *, patience_s: float = 20.0) -> int:
    """Record while system calls on a record fail as strace is told; return what was said."""
    calls = fault.partition(":")[0]
    only = ["-P", str(record), "-P", str(record / JOURNAL_FILE)]
    only = only if calls in {"openat", "mkdir"} else []
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", *only, "-e", f"trace={calls}",
         "-e", f"inject={fault}",
         sys.executable, str(RECORDER), str(record), "30", "--pause-s", "0.02",
         "--patience-s", str(patience_s)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return acknowledged(done.stdout)


def numbers_in(folder: Path) -> list[int]:
    """Return the numbers of the recorded entries, in order."""
    return [int(entry.frame) for entry in read_journal(folder)]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param("pwrite64:error=ENOSPC:when=40..50", id="the disk is full for a while"),
        pytest.param("pwrite64:error=EROFS:when=40..46", id="the disk becomes read-only"),
        pytest.param("openat:error=EROFS:when=1..3", id="the disk is read-only at first"),
        pytest.param("mkdir:error=EACCES:when=1..2", id="the folder may not be made at first"),
        pytest.param("fdatasync:error=EIO:when=9..12", id="syncing fails for a while"),
        pytest.param("fdatasync:error=EIO:when=12+5", id="syncing fails now and then"),
        pytest.param("pwrite64:error=EIO:when=50..53", id="writing fails for a while"),
        pytest.param("pwrite64:error=EIO:when=55+37", id="writing fails now and then"),
    ],
)
def test_what_a_failing_disk_refused_is_written_once_when_it_is_well(
    fault: str, tmp_path: Path
) -> None:
    said = recorded_under(fault, tmp_path / "record")

    assert said == 30
    assert numbers_in(tmp_path / "record") == list(range(1, 31))


def test_the_injected_fault_is_felt(tmp_path: Path) -> None:
    said = recorded_under("pwrite64:error=ENOSPC:when=40+1", tmp_path / "record", patience_s=1.0)

    assert said < 30
    assert numbers_in(tmp_path / "record") == list(range(1, said + 1))


def test_a_recorder_killed_at_any_moment_has_kept_what_it_said(tmp_path: Path) -> None:
    rng = np.random.default_rng(28)
    clock = MachineClock()
    record = tmp_path / "record"
    said = 0
    for _ in range(KILLS):
        words = [str(record), "10000", "--first", str(said + 1)]
        with (tmp_path / "said").open("w+", encoding="ascii") as answers:
            process = subprocess.Popen([sys.executable, str(RECORDER), *words], stdout=answers)
            clock.sleep(float(rng.uniform(0.1, 0.5)))
            process.kill()
            process.wait(10)
            answers.seek(0)
            said = max(said, acknowledged(answers.read()))
        kept = numbers_in(record) if (record / JOURNAL_FILE).exists() else []

        assert kept == list(range(1, len(kept) + 1))
        assert len(kept) >= said
        said = len(kept)
    assert said > KILLS
    assert first_unlinked(read_rows(record)) is None


@pytest.fixture
def desk(deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionClient]:
    """Yield the desk's line to a session that waits for staff, in its own time."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    folder = DataFolder(deaf_chair.folder.root)
    clock = MachineClock()
    keeper = launch(folder, arm_free_chair(folder, deaf_chair.plan_file, (), TERMS, clock), clock)
    with contextlib.closing(SessionClient(folder.runtime, "desk")) as client:
        yield client
    deaf_chair.end()
    keeper.wait(10)


def told(desk: SessionClient, count: int) -> tuple[list[bool], list[float]]:
    """Tell a session events of both kinds; return which were recorded, and how long it took."""
    clock = MachineClock()
    recorded, took_s = [], []
    for number in range(count):
        begun_s = clock.now()
        event = {"event": "extend", "minutes": 0.5} if number % 3 == 2 else {"event": "call_seen"}
        recorded.append(bool(desk.send(**event)["recorded"]))
        took_s.append(clock.now() - begun_s)
    return recorded, took_s


def heals(chair: Chair, desk: SessionClient, session: str, count: int) -> None:
    """Wait until the record is well again; see that all that was told is in it, once."""
    chair.until(lambda: desk.status()["record"] == {"state": "ok", "waiting": 0})
    entries = chair.entries(session)
    mine = [entry for entry in entries if entry.event in {"extend", "call_seen"}]
    assert len(mine) == count
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    desk.send("stop_fast")
    chair.until(lambda: chair.passed(session, "session_ended"))
    ended = chair.entries(session)[-1]
    assert (ended.facts["dry_s"], ended.facts["underruns"]) == (0.0, 0)


def test_a_session_goes_on_while_nothing_can_be_written(
    deaf_chair: Chair, desk: SessionClient
) -> None:
    session = desk.status()["session"]
    (host,) = deaf_chair.processes(HOST)
    _, most = resource.prlimit(host, resource.RLIMIT_FSIZE)
    resource.prlimit(host, resource.RLIMIT_FSIZE, (0, most))
    recorded, took_s = told(desk, 9)
    meanwhile = desk.status()
    resource.prlimit(host, resource.RLIMIT_FSIZE, (most, most))

    assert not any(recorded)
    assert meanwhile["record"]["waiting"] >= 9
    assert any("wait in memory" in notice["text"] for notice in meanwhile["notices"])
    assert statistics.median(took_s) <= LONGEST_WAIT_S
    heals(deaf_chair, desk, session, 9)


def test_a_session_that_ends_while_nothing_can_be_written_says_so_until_it_is(
    deaf_chair: Chair, desk: SessionClient
) -> None:
    session = desk.status()["session"]
    (host,) = deaf_chair.processes(HOST)
    _, most = resource.prlimit(host, resource.RLIMIT_FSIZE)
    resource.prlimit(host, resource.RLIMIT_FSIZE, (0, most))
    told(desk, 3)
    desk.send("stop_fast")
    deaf_chair.until(lambda: desk.status()["state"] == "ended")
    words = [notice["text"] for notice in desk.status()["notices"]]
    with pytest.raises(SessionError, match="record cannot be written"):
        arm_free_chair(deaf_chair.folder, deaf_chair.plan_file, (), TERMS, MachineClock())
    assert not deaf_chair.passed(session, "session_ended")
    resource.prlimit(host, resource.RLIMIT_FSIZE, (most, most))
    deaf_chair.until(lambda: not deaf_chair.processes(HOST))

    assert any("leave the machine on" in each for each in words)
    assert not any("safe bed" in each for each in words)  # there is nothing left to fall on it
    entries = deaf_chair.entries(session)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[-1].event == "session_ended"
    assert sum(entry.event == "call_seen" for entry in entries) == 2


def is_dosed(desk: SessionClient) -> bool:
    """Return whether a session, which may just be taken up, knows the start of the dose."""
    with contextlib.suppress(SessionError):
        return desk.status()["anchors"]["dose_start"] is not None
    return False


def test_what_could_not_be_written_is_known_to_the_host_that_follows(
    deaf_chair: Chair, desk: SessionClient
) -> None:
    session = desk.status()["session"]
    other = sqlite3.connect(
        deaf_chair.folder.sessions / session / JOURNAL_FILE, isolation_level=None
    )
    other.execute("BEGIN IMMEDIATE")
    desk.send("dose_start")
    deaf_chair.until((deaf_chair.runtime / f"{session}.rescued").is_file)
    deaf_chair.kill(HOST)
    deaf_chair.until(lambda: bool(deaf_chair.processes(HOST)))
    other.execute("ROLLBACK")
    other.close()

    deaf_chair.until(lambda: deaf_chair.passed(session, "host_restarted"))

    deaf_chair.until(lambda: is_dosed(desk))
    assert [e.event for e in deaf_chair.entries(session)].count("dose_start") == 1


def test_another_program_that_locks_the_record_makes_nobody_wait(
    deaf_chair: Chair, desk: SessionClient
) -> None:
    session = desk.status()["session"]
    other = sqlite3.connect(
        deaf_chair.folder.sessions / session / JOURNAL_FILE, isolation_level=None
    )
    other.execute("BEGIN IMMEDIATE")
    recorded, took_s = told(desk, 9)
    pause(max(0.0, FAULT_S - sum(took_s)))
    other.execute("ROLLBACK")
    other.close()

    assert not any(recorded)
    assert statistics.median(took_s) <= LONGEST_WAIT_S
    heals(deaf_chair, desk, session, 9)
