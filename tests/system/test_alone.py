"""A session's processes keep to themselves: no network, and nothing of the clinic's records."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms

pytestmark = pytest.mark.slow
TABLES = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
FOREIGN = re.compile(r"cryptography|sqlalchemy|argon2|alembic")


@pytest.fixture
def processes(deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Yield the folders in /proc of the processes of a running session."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    folder = DataFolder(deaf_chair.folder.root)
    clock = MachineClock()
    terms = Terms(device="null", scale=1.0, attended=True)
    keeper = launch(folder, arm_free_chair(folder, deaf_chair.plan_file, (), terms, clock), clock)
    with contextlib.closing(SessionClient(folder.runtime, "desk")) as client:
        deaf_chair.until(lambda: client.status()["t_s"] > 1.0)
        yield descendants(keeper.pid)
    deaf_chair.end()
    keeper.wait(10)


def descendants(first: int) -> list[Path]:
    """Return a process and all that it started, as folders of /proc."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int(
                (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
            )
    found = {first}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return [Path("/proc") / str(pid) for pid in sorted(found)]


def sockets_of(process: Path) -> set[str]:
    """Return the numbers of the sockets that a process holds."""
    found = set()
    for link in (process / "fd").iterdir():
        with contextlib.suppress(OSError):
            found.update(re.findall(r"socket:\[(\d+)\]", str(link.readlink())))
    return found


def on_the_network(process: Path) -> set[str]:
    """Return the numbers of all sockets of the network where a process is."""
    rows = (
        row.split()
        for table in TABLES
        for row in (process / "net" / table).read_text("ascii").splitlines()[1:]
    )
    return {row[9] for row in rows}


def test_a_session_opens_no_port_and_asks_nobody(processes: list[Path]) -> None:
    held = {process: sockets_of(process) for process in processes}

    assert len(processes) >= 3
    assert any(held.values())  # they do speak to each other
    assert not any(held[process] & on_the_network(process) for process in processes)


def test_a_session_loads_nothing_of_the_clinics_records(processes: list[Path]) -> None:
    loaded = {
        name
        for process in processes
        for name in FOREIGN.findall((process / "maps").read_text("utf-8", "replace"))
    }

    assert loaded == set()
