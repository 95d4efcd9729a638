"""A record whose disk fails, as staff meet it: nothing is lost, and the desk waits for nothing.

``SOUNDSCAPE_FAULT_S=60`` lets each fault last for so long.
"""

import contextlib
import errno
import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.screens import click, themed
from PyQt6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from rig.chair import Chair
from rig.preloaded import preloaded

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import arm_free_chair, launch
from soundscape.session.files import Terms
from soundscape.session.journal import JOURNAL_FILE
from ui.desk.actions import ActionButton
from ui.desk.window import DeskWindow

pytestmark = [pytest.mark.slow, pytest.mark.paired]
LONG_MS = 60_000
LONGEST_STALL_S = 0.1
FAULT_MS = round(1000.0 * float(os.environ.get("SOUNDSCAPE_FAULT_S", "0")))
TERMS = Terms(device="null", scale=1.0, attended=True)
MARKS = ("Moved", "Spoke", "Tearful")

Fault = Callable[["Room"], contextlib.AbstractContextManager[None]]


class Stalls:
    """Measures for how long a window's event loop stands still at most.

    What the window cannot help is left out: that other programs have the processor meanwhile.
    """

    def __init__(self) -> None:
        self._clock = MachineClock()
        self._before: float | None = None
        self.longest_s = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to measure."""
        gc.collect()  # of the tests before, which is no part of the window
        self._timer.start(2)

    def stop(self) -> float:
        """End; return the longest time between two looks, in seconds."""
        self._timer.stop()
        return self.longest_s

    def _look(self) -> None:
        now = self._clock.now() - starved_s()
        if self._before is not None:
            self.longest_s = max(self.longest_s, now - self._before)
        self._before = now


def starved_s() -> float:
    """Return for how long this thread would have run, had a core been free, in seconds."""
    _ran, waited_ns, _times = Path("/proc/thread-self/schedstat").read_text("ascii").split()
    return int(waited_ns) / 1e9


class Room:
    """A session and its desk."""

    def __init__(self, chair: Chair, switch: Path, qtbot: QtBot) -> None:
        folder, clock = DataFolder(chair.folder.root), MachineClock()
        armed = arm_free_chair(folder, chair.plan_file, (), TERMS, clock)
        self.keeper = launch(folder, armed, clock)
        self.session = armed.session
        self.journal = armed.folder / JOURNAL_FILE
        self.switch = switch
        self._chair, self._qtbot = chair, qtbot
        self.desk = DeskWindow(folder)
        qtbot.addWidget(self.desk)
        self.desk.show()
        self.until(lambda: self.desk.is_live and self.says("Record"))
        self._qtbot.wait(1000)  # its first pictures are painted

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the desk go on until something holds."""
        self._qtbot.waitUntil(condition, timeout=LONG_MS)

    def stay(self, for_ms: int) -> None:
        """Let the desk go on for a while."""
        self._qtbot.wait(for_ms)

    def says(self, words: str) -> bool:
        """Return whether the desk says so of the record."""
        return self.desk.live.header.record.text() == words

    def mark(self, word: str) -> None:
        """Press a mark."""
        buttons = self.desk.live.findChildren(ActionButton)
        click(next(button for button in buttons if button.text() == word))
        self._qtbot.wait(300)

    def marks(self) -> list[str]:
        """Return the marks that are in the record."""
        entries = self._chair.entries(self.session)
        return [entry.facts["text"] for entry in entries if entry.event == "note"]

    def numbers(self) -> list[int]:
        """Return the numbers of the record's entries."""
        return [entry.seq for entry in self._chair.entries(self.session)]


@pytest.fixture
def room(
    deaf_chair: Chair, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    """Yield a session whose disk can be told to fail."""
    switch = tmp_path / "failing"
    switch.write_text("0", encoding="ascii")
    failing = {
        **preloaded("failing_disk", tmp_path),
        "FAILING_DISK_FILE": str(switch),
        "FAILING_DISK_PLACE": "/sessions/",
        "XDG_RUNTIME_DIR": deaf_chair.environment["XDG_RUNTIME_DIR"],
    }
    themed()
    with monkeypatch.context() as patch:
        for name, value in failing.items():
            patch.setenv(name, value)
        room = Room(deaf_chair, switch, qtbot)
        yield room
        room.desk.close()
    deaf_chair.end()
    room.keeper.wait(10)


def failing_with(error: int) -> Fault:
    """Return a disk that fails with an error."""

    @contextlib.contextmanager
    def fault(room: Room) -> Iterator[None]:
        room.switch.write_text(str(error), encoding="ascii")
        yield
        room.switch.write_text("0", encoding="ascii")

    return fault


@contextlib.contextmanager
def locked(room: Room) -> Iterator[None]:
    """Let another program have the record for itself."""
    with contextlib.closing(sqlite3.connect(room.journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(failing_with(errno.ENOSPC), id="the disk is full"),
        pytest.param(failing_with(errno.EROFS), id="the disk is read-only"),
        pytest.param(failing_with(errno.EIO), id="the disk is broken"),
        pytest.param(locked, id="another program has locked the record"),
    ],
)
def test_a_record_that_cannot_be_written_costs_the_desk_no_mark_and_no_moment(
    room: Room, fault: Fault
) -> None:
    stalls = Stalls()
    stalls.start()

    with fault(room):
        for word in MARKS:
            room.mark(word)
        room.until(lambda: room.says("Record only in memory"))
        room.stay(FAULT_MS)
        told = room.desk.live.notice.text()
    room.until(lambda: room.says("Record"))

    assert stalls.stop() <= LONGEST_STALL_S
    assert "wait in memory" in told
    assert room.marks() == list(MARKS)
    assert room.numbers() == list(range(1, len(room.numbers()) + 1))


def test_a_window_that_waits_for_a_disk_would_be_found_out(qtbot: QtBot) -> None:
    stalls = Stalls()
    stalls.start()

    QTimer.singleShot(50, lambda: MachineClock().sleep(0.2))
    qtbot.wait(500)

    assert stalls.stop() >= 0.2
