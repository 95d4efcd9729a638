"""Windows come to a session that lives, and come back to it, at the second where it is."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.screens import themed
from PyQt6.QtCore import QPointF
from pytestqt.qtbot import QtBot
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient
from ui.desk.window import DeskWindow
from ui.kiosk.window import KioskWindow

pytestmark = pytest.mark.slow
CLOSE_S = 1.5
"""A status is asked for four times a second and shown in whole seconds."""
PATIENCE_MS = 20_000
ATTACHED_S = 2.0
"""From a window's first paint to the session in it."""

TESTS = Path(__file__).parents[1]


@pytest.fixture
def desk(qtbot: QtBot, deaf_chair: Chair, session: SessionClient) -> DeskWindow:
    """Return a desk that was opened in the middle of a session."""
    assert session.status()["state"] == "running"
    return attached(qtbot, deaf_chair)


def attached(qtbot: QtBot, chair: Chair) -> DeskWindow:
    """Return a desk that has found the chair's session."""
    themed()
    made = DeskWindow(DataFolder(chair.folder.root))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(
        lambda: made.is_live and bool(made.start.facts.music.text()), timeout=PATIENCE_MS
    )  # what it asks in the background must not outlive it
    return made


def shown_s(desk: DeskWindow) -> float:
    """Return the second that a desk shows."""
    minutes, seconds = desk.live.header.elapsed.value().split(":")
    return 60.0 * float(minutes) + float(seconds)


def is_right(desk: DeskWindow, session: SessionClient) -> bool:
    """Return whether a desk shows where the session is; on a busy machine not at each moment."""
    return abs(shown_s(desk) - float(session.status()["t_s"])) <= CLOSE_S


def test_a_desk_shows_the_second_where_the_session_is(
    desk: DeskWindow, session: SessionClient, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: is_right(desk, session), timeout=PATIENCE_MS)

    assert desk.is_live


def test_another_desk_takes_over_where_one_was_closed(
    desk: DeskWindow, session: SessionClient, qtbot: QtBot, deaf_chair: Chair
) -> None:
    desk.close()
    deaf_chair.until(lambda: not session.status()["desk_seen"])

    second = attached(qtbot, deaf_chair)
    qtbot.waitUntil(lambda: is_right(second, session), timeout=PATIENCE_MS)

    assert session.status()["desk_seen"]


def test_a_desk_finds_the_host_again_that_was_killed(
    desk: DeskWindow, qtbot: QtBot, deaf_chair: Chair
) -> None:
    before_s = shown_s(desk)
    deaf_chair.kill("soundscape.session.host")
    qtbot.waitUntil(lambda: not _holds(desk), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: _holds(desk), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: shown_s(desk) > before_s, timeout=PATIENCE_MS)

    with contextlib.closing(SessionClient(deaf_chair.folder.runtime, "test")) as again:
        qtbot.waitUntil(lambda: is_right(desk, again), timeout=PATIENCE_MS)
        status = again.status()
    assert status["underruns"] == 0


def test_a_patients_screen_opened_in_the_middle_calls(
    session: SessionClient, qtbot: QtBot, deaf_chair: Chair
) -> None:
    themed()
    kiosk = KioskWindow(DataFolder(deaf_chair.folder.root))
    qtbot.addWidget(kiosk, before_close_func=lambda window: window.leave())
    kiosk.show()

    def called() -> bool:
        kiosk.screen_.pressed.emit(QPointF(300.0, 300.0))
        return bool(session.status()["call"]["state"] == "sent")

    qtbot.waitUntil(called, timeout=PATIENCE_MS)

    assert kiosk.screen_.answer()


@pytest.mark.paired
def test_a_desk_that_was_killed_and_opened_again_shows_the_session_at_once(
    session: SessionClient, deaf_chair: Chair
) -> None:
    with desk_process(deaf_chair) as first:
        told(first)
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        with desk_process(deaf_chair) as second:
            shown = told(second)
            since_s = MachineClock().now() - shown["at_s"]
            there_s = session.status()["t_s"] - since_s

    assert first.returncode == -signal.SIGKILL
    assert shown["after_paint_s"] <= ATTACHED_S
    assert shown["shown_s"] == pytest.approx(there_s, abs=CLOSE_S)
    assert session.status()["underruns"] == 0


@contextlib.contextmanager
def desk_process(chair: Chair) -> Iterator["subprocess.Popen[str]"]:
    """Yield a desk in a process of its own; it is ended at once."""
    paths = os.pathsep.join((str(TESTS.parent), str(TESTS)))
    environment = {**chair.environment, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
    words = [sys.executable, "-m", "rig.shown_desk", str(chair.folder.root)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: "subprocess.Popen[str]") -> dict[str, float]:
    """Return what a desk tells of itself once it shows the session."""
    assert process.stdout is not None
    return dict(json.loads(process.stdout.readline()))


def _holds(desk: DeskWindow) -> bool:
    return desk.live.header.link.text() == "Session"
