"""Windows come to a session that lives, and come back to it, at the second where it is."""

import contextlib
from collections.abc import Iterator

import pytest
from fakes.screens import themed
from PyQt6.QtCore import QPointF
from pytestqt.qtbot import QtBot
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms
from ui.desk.window import DeskWindow
from ui.kiosk.window import KioskWindow

pytestmark = pytest.mark.slow
CLOSE_S = 1.5
"""A status is asked for four times a second and shown in whole seconds."""
PATIENCE_MS = 20_000


@pytest.fixture
def session(deaf_chair: Chair, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionClient]:
    """Yield a line to a session that has been going on for some seconds."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    folder, clock = DataFolder(deaf_chair.folder.root), MachineClock()
    terms = Terms(device="null", scale=1.0, attended=True)
    keeper = launch(folder, arm_free_chair(folder, deaf_chair.plan_file, (), terms, clock), clock)
    with contextlib.closing(SessionClient(folder.runtime, "test")) as client:
        deaf_chair.until(lambda: client.status()["t_s"] > 3.0)
        yield client
    deaf_chair.end()
    keeper.wait(10)


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
        lambda: made.is_live and bool(made.start.music.text()), timeout=PATIENCE_MS
    )  # what it asks in the background must not outlive it
    return made


def shown_s(desk: DeskWindow) -> float:
    """Return the second that a desk shows."""
    minutes, seconds = desk.live.header.elapsed.value().split(":")
    return 60.0 * float(minutes) + float(seconds)


def test_a_desk_shows_the_second_where_the_session_is(
    desk: DeskWindow, session: SessionClient
) -> None:
    assert shown_s(desk) == pytest.approx(session.status()["t_s"], abs=CLOSE_S)


def test_another_desk_takes_over_where_one_was_closed(
    desk: DeskWindow, session: SessionClient, qtbot: QtBot, deaf_chair: Chair
) -> None:
    desk.close()
    deaf_chair.until(lambda: not session.status()["desk_seen"])

    second = attached(qtbot, deaf_chair)

    assert shown_s(second) == pytest.approx(session.status()["t_s"], abs=CLOSE_S)


def test_a_desk_finds_the_host_again_that_was_killed(
    desk: DeskWindow, qtbot: QtBot, deaf_chair: Chair
) -> None:
    before_s = shown_s(desk)
    deaf_chair.kill("soundscape.session.host")
    qtbot.waitUntil(lambda: not _holds(desk), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: _holds(desk), timeout=PATIENCE_MS)

    with contextlib.closing(SessionClient(deaf_chair.folder.runtime, "test")) as again:
        status = again.status()
    assert shown_s(desk) == pytest.approx(status["t_s"], abs=CLOSE_S)
    assert shown_s(desk) > before_s
    assert status["underruns"] == 0


def test_a_patients_screen_opened_in_the_middle_calls(
    session: SessionClient, qtbot: QtBot, deaf_chair: Chair
) -> None:
    kiosk = KioskWindow(DataFolder(deaf_chair.folder.root))
    qtbot.addWidget(kiosk, before_close_func=lambda window: window.leave())
    kiosk.show()

    def called() -> bool:
        kiosk.screen_.pressed.emit(QPointF(300.0, 300.0))
        return bool(session.status()["call"]["state"] == "sent")

    qtbot.waitUntil(called, timeout=PATIENCE_MS)

    assert kiosk.screen_.answer()


def _holds(desk: DeskWindow) -> bool:
    return desk.live.header.link.text() == "Session"
