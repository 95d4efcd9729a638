"""The patient's screen freezes or dies: the desk says so within seconds, and it is there again."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from fakes.screens import click, themed
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from rig.chair import Chair

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from soundscape.session.client import arm_free_chair, launch
from soundscape.session.files import Terms
from ui.desk.window import DeskWindow
from ui.kiosk.keeping import KEPT

pytestmark = pytest.mark.slow
TOLD_S = 5.0
BACK_S = 5.0
LONG_MS = 60_000
TERMS = Terms(device="null", scale=1.0, attended=True)


class Room:
    """A session that goes on, the patient's screen in processes of its own, and the desk."""

    def __init__(self, chair: Chair, session: str, qtbot: QtBot) -> None:
        self._chair, self._session, self._qtbot = chair, session, qtbot
        self._clock = MachineClock()
        self.desk = DeskWindow(DataFolder(chair.folder.root))
        qtbot.addWidget(self.desk)
        self.desk.show()
        self.until(lambda: self.desk.is_live)

    def until(self, condition: Callable[[], bool]) -> float:
        """Let the desk go on until something holds; return how long that took, in seconds."""
        begun_s = self._clock.now()
        self._qtbot.waitUntil(condition, timeout=LONG_MS)
        return float(self._clock.now() - begun_s)

    def count(self, event: str) -> int:
        """Return how often the record has an event."""
        return sum(entry.event == event for entry in self._chair.entries(self._session))

    def warning(self) -> str:
        """Return what the desk says of the patient's screen."""
        return self.desk.live.chair_screen.text()

    def screen(self) -> int:
        """Return the process that shows the patient's screen."""
        (number,) = self._chair.windows("kiosk", KEPT)
        return number

    def kill_screen_and_keeper(self) -> None:
        """End the patient's screen for good, first who keeps it open."""
        kept = self.screen()
        keepers = set(self._chair.windows("kiosk")) - {kept}
        for number in (*keepers, kept):
            os.kill(number, signal.SIGKILL)


@pytest.fixture
def room(deaf_chair: Chair, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Yield a chair with a session and a desk; its patient's screen shows itself."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", deaf_chair.environment["XDG_RUNTIME_DIR"])
    themed()
    folder, clock = DataFolder(deaf_chair.folder.root), MachineClock()
    armed = arm_free_chair(folder, deaf_chair.plan_file, (), TERMS, clock)
    keeper = launch(folder, armed, clock)
    with deaf_chair.window("kiosk", seconds_open=0.0):
        room = Room(deaf_chair, armed.session, qtbot)
        room.until(lambda: room.count("screen_shown") == 1)
        yield room
        room.desk.close()
    deaf_chair.end()
    keeper.wait(10)


@pytest.mark.paired
def test_a_patients_screen_that_freezes_is_told_at_the_desk_and_replaced(room: Room) -> None:
    frozen = room.screen()
    os.kill(frozen, signal.SIGSTOP)

    told_s = room.until(lambda: bool(room.warning()))
    room.until(lambda: not room.warning() and room.count("screen_back") > 0)

    assert told_s <= TOLD_S
    assert room.screen() != frozen
    assert (room.count("screen_lost"), room.count("screen_back")) == (1, 1)
    assert room.count("outage") + room.count("break") == 0


@pytest.mark.paired
def test_a_patients_screen_that_dies_is_back_within_seconds(room: Room) -> None:
    os.kill(room.screen(), signal.SIGKILL)

    back_s = room.until(lambda: room.count("screen_shown") + room.count("screen_back") == 2)

    assert back_s <= BACK_S


def test_a_patients_screen_that_is_gone_for_good_can_be_opened_at_the_desk(room: Room) -> None:
    room.kill_screen_and_keeper()
    room.until(lambda: bool(room.warning()))
    (button,) = room.desk.live.chair_screen.findChildren(QPushButton)

    click(button)
    click(button)  # as impatient people do; there is one screen all the same

    room.until(lambda: not room.warning() and room.count("screen_back") > 0)
    assert room.count("screen_back") == 1
    assert room.screen() > 0
