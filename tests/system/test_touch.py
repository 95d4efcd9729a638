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
from PyQt6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from rig.chair import Chair
from rig.touch_screen import SIZE_PX, TouchScreen

from soundscape.folders import DataFolder

pytestmark = pytest.mark.slow


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
