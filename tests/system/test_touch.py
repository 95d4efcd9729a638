"""Real fingers: the driver's touches, through X and Qt, into a window's process."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.gallery.presets import card, window
from fakes.gallery.stage import Stage
from fakes.screens import themed
from fakes.session import FakeBridge
from PyQt6.QtCore import QPointF
from PyQt6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from rig.chair import Chair
from rig.touch_screen import SIZE_PX, TouchScreen

from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient
from soundscape.settings import write_settings
from ui.kiosk.calls import BURST_S
from ui.kiosk.keeping import KEPT
from ui.kiosk.lock import hashed_pin
from ui.kiosk.window import CORNER_HOLD_S, KioskWindow

pytestmark = pytest.mark.slow
PIN = "2580"
CORNER = (20.0, 20.0)
MIDDLE = (640.0, 400.0)
EDGES = ((1279.0, 799.0), (0.0, 400.0))
HAND = ((500.0, 300.0), (540.0, 280.0), (580.0, 270.0), (620.0, 285.0), (660.0, 330.0))


@pytest.fixture(scope="module")
def screen() -> Iterator[TouchScreen]:
    with tempfile.TemporaryDirectory(prefix="ss-") as name, TouchScreen(Path(name)) as screen:
        yield screen


@contextlib.contextmanager
def opened(
    role: str, folder: DataFolder, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a window that is open in a process of its own."""
    words = [sys.executable, "-m", "soundscape", "--role", role, "--data-dir", str(folder.root)]
    process = subprocess.Popen(words, env=os.environ | environment, start_new_session=True)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a window may be kept by another process
        process.wait(10)


def middle_of(part: QWidget, shown: QMainWindow) -> tuple[float, float]:
    """Return where a part's middle is in a window that fills the screen."""
    at = part.mapTo(shown, part.rect().center())
    return float(at.x()), float(at.y())


def laid_out(shown: QMainWindow, qtbot: QtBot) -> None:
    """Give a window the screen's size, as the window manager will give it to the real one."""
    shown.show()
    shown.resize(*SIZE_PX)
    qtbot.wait(50)


def test_a_patient_chooses_by_two_touches(
    screen: TouchScreen, qtbot: QtBot, tmp_path: Path, deaf_chair: Chair
) -> None:
    themed()
    twin = window(Stage(qtbot, DataFolder(tmp_path / "twin"), FakeClock()), "")
    qtbot.addWidget(twin)
    laid_out(twin, qtbot)
    ember, confirm = (
        middle_of(part, twin) for part in (card(twin, "ember"), twin.chooser.confirm)
    )
    choice = deaf_chair.folder.root / "choice.json"

    def touched() -> bool:
        screen.tap(ember)
        screen.tap(confirm)
        return choice.exists()

    with opened("presets", deaf_chair.folder, deaf_chair.environment | screen.environment):
        deaf_chair.until(touched)  # the window takes a second to be there

    assert json.loads(choice.read_text("utf-8"))["preset"] == "ember"


class PatientsScreen:
    """A patient's screen on a session, in a process of its own, under real fingers."""

    def __init__(self, screen: TouchScreen, chair: Chair, session: SessionClient) -> None:
        self.fingers, self._chair, self._session = screen, chair, session
        self._name = str(session.status()["session"])

    def count(self, event: str) -> int:
        """Return how often the record has an event."""
        return sum(entry.event == event for entry in self._chair.entries(self._name))

    def until(self, event: str, count: int = 1) -> None:
        """Return once the record has an event so often."""
        self._chair.until(lambda: self.count(event) >= count)

    def until_back(self) -> None:
        """Return once another window shows itself; on a busy machine it was missed meanwhile."""
        self._chair.until(lambda: self.count("screen_shown") + self.count("screen_back") == 2)

    def settle(self) -> None:
        """Let the desk see the call, and the burst that it began be over."""
        self._session.send("call_seen")
        over_s = float(self._session.status()["t_s"]) + BURST_S + 1.0
        self._chair.until(lambda: bool(self._session.status()["t_s"] > over_s))

    def kill(self) -> None:
        """End the window's own process at once, not who keeps it open."""
        (shown,) = self._chair.windows("kiosk", KEPT)
        os.kill(shown, signal.SIGKILL)


@pytest.fixture
def kept(
    screen: TouchScreen, deaf_chair: Chair, session: SessionClient
) -> Iterator[tuple[PatientsScreen, subprocess.Popen[bytes]]]:
    """Yield a patient's screen that is open on a session, and the process that keeps it open."""
    write_settings(deaf_chair.folder.settings, {"staff_pin": hashed_pin(PIN)})
    environment = deaf_chair.environment | screen.environment
    with opened("kiosk", deaf_chair.folder, environment) as process:
        patients = PatientsScreen(screen, deaf_chair, session)
        patients.until("screen_shown")
        yield patients, process


def pin_keys(qtbot: QtBot, folder: DataFolder) -> dict[str, tuple[float, float]]:
    """Return where the keys for the PIN lie on a patient's screen."""
    themed()
    write_settings(folder.settings, {"staff_pin": hashed_pin(PIN)})
    clock = FakeClock()
    twin = KioskWindow(folder, bridge=FakeBridge(), clock=clock)
    qtbot.addWidget(twin, before_close_func=lambda window: window.leave())
    laid_out(twin, qtbot)
    twin.screen_.pressed.emit(QPointF(*CORNER))
    clock.advance(CORNER_HOLD_S)
    twin.follow()
    return {name: middle_of(key, twin) for name, key in twin.pad.keys.items()}


def test_a_touch_anywhere_is_one_call(
    kept: tuple[PatientsScreen, subprocess.Popen[bytes]],
) -> None:
    patients, _process = kept
    counted = []
    for number, places in enumerate(((MIDDLE,), HAND, EDGES), 1):
        for _again in range(3):
            patients.fingers.tap(*places)
        patients.until("call", number)
        patients.settle()
        counted.append(patients.count("call"))

    assert counted == [1, 2, 3]


def test_a_screen_that_was_killed_is_back_and_calls(
    kept: tuple[PatientsScreen, subprocess.Popen[bytes]],
) -> None:
    patients, process = kept

    patients.kill()
    patients.until_back()
    patients.fingers.tap(MIDDLE)
    patients.until("call")

    assert process.poll() is None


def test_staff_leave_by_the_corner_and_their_pin(
    kept: tuple[PatientsScreen, subprocess.Popen[bytes]], qtbot: QtBot, tmp_path: Path
) -> None:
    patients, process = kept
    keys = pin_keys(qtbot, DataFolder(tmp_path / "twin"))

    for digit in (*PIN, ">"):
        patients.fingers.tap(keys[digit])
    patients.until("call")
    stayed = process.poll() is None
    patients.fingers.tap(CORNER, held_s=CORNER_HOLD_S + 1.0)
    for digit in (*PIN, ">"):
        patients.fingers.tap(keys[digit])

    assert process.wait(10) == 0
    assert stayed
    assert patients.count("screen_closed") == 1
    assert patients.count("call") == 1
