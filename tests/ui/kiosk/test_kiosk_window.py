"""The patient's screen: every touch calls, nothing else happens, only staff leave."""

from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.screens import (
    click,
    controls,
    nameless,
    press,
    relative_luminance,
    release,
    strike_key,
    themed,
)
from fakes.session import FakeBridge, status
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import (
    QCloseEvent,
    QEventPoint,
    QInputDevice,
    QPointingDevice,
    QTouchEvent,
)
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from soundscape.units import Seconds
from ui.kiosk.calls import BURST_S
from ui.kiosk.lock import hashed_pin
from ui.kiosk.window import CORNER_HOLD_S, KioskWindow

CORNER = QPoint(20, 20)
LETTERS = [Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_Tab, Qt.Key.Key_Return]


class Room:
    """A kiosk with its bridge and its clock."""

    def __init__(self, folder: DataFolder) -> None:
        self.clock = FakeClock(1000.0)
        self.bridge = FakeBridge()
        self.window = KioskWindow(folder, bridge=self.bridge, clock=self.clock)
        self.window.resize(1280, 800)
        self.window.show()
        self.screen = self.window.screen_

    def hold_corner(self, length: Seconds) -> None:
        """Press the corner for some seconds."""
        press(self.screen, at=CORNER)
        self.clock.advance(length)
        self.window.follow()
        release(self.screen, at=CORNER)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Room:
    themed()
    (tmp_path / "settings.toml").write_text(f'staff_pin = "{hashed_pin("2580")}"\n', "utf-8")
    made = Room(DataFolder(tmp_path))
    made.bridge.status_changed.emit(status())
    qtbot.addWidget(made.window, before_close_func=lambda window: window.leave())
    return made


def finger(kind: QEvent.Type, state: QEventPoint.State, at: QPointF) -> QTouchEvent:
    """Return a touch as a touch screen would send it."""
    device = QPointingDevice(
        "screen", 1, QInputDevice.DeviceType.TouchScreen, QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Position, 10, 0,
    )  # fmt: skip
    none = Qt.KeyboardModifier.NoModifier
    return QTouchEvent(kind, device, none, [QEventPoint(1, state, at, at)])


@pytest.mark.parametrize("at", [QPoint(5, 5), QPoint(1270, 790), QPoint(640, 400)])
def test_a_touch_anywhere_calls(room: Room, at: QPoint) -> None:
    click(room.screen, at=at)

    assert room.bridge.sent == [("call", {})]
    assert room.screen.answer() == "We are letting your nurse know."


def test_a_finger_calls_as_a_mouse_does(room: Room) -> None:
    app = QApplication.instance()
    assert app is not None
    touch = finger(QEvent.Type.TouchBegin, QEventPoint.State.Pressed, QPointF(300.0, 300.0))
    app.sendEvent(room.screen, touch)

    assert room.bridge.sent == [("call", {})]


def test_a_tap_beside_a_resting_hand_calls(room: Room) -> None:
    app = QApplication.instance()
    assert app is not None
    begin, update = QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate
    app.sendEvent(room.screen, finger(begin, QEventPoint.State.Pressed, QPointF(300.0, 300.0)))
    room.clock.advance(BURST_S)
    app.sendEvent(room.screen, finger(update, QEventPoint.State.Pressed, QPointF(500.0, 300.0)))

    assert room.bridge.sent == [("call", {}), ("call", {})]


@pytest.mark.parametrize("key", LETTERS)
def test_keys_do_nothing(room: Room, key: Qt.Key) -> None:
    strike_key(room.window, key)
    strike_key(room.screen, key)

    assert (room.bridge.sent, room.window.isVisible()) == ([], True)


def test_other_mouse_buttons_do_nothing(room: Room) -> None:
    click(room.screen, Qt.MouseButton.RightButton)
    click(room.screen, Qt.MouseButton.MiddleButton)

    assert room.bridge.sent == []


def test_the_wish_to_close_is_ignored(room: Room) -> None:
    event = QCloseEvent()
    room.window.closeEvent(event)

    assert not event.isAccepted()
    assert room.bridge.closed == 0


def test_staff_leave_by_the_corner_and_the_pin(room: Room) -> None:
    room.hold_corner(CORNER_HOLD_S)
    assert room.window.pad.isVisible()

    for key in "2580>":
        click(room.window.pad.keys[key])

    assert not room.window.isVisible()
    assert room.bridge.closed == 1


def test_a_wrong_pin_leaves_nobody_out(room: Room) -> None:
    room.hold_corner(CORNER_HOLD_S)
    for key in "1111>":
        click(room.window.pad.keys[key])

    assert room.window.isVisible()


def test_a_short_press_of_the_corner_is_a_call_and_no_more(room: Room) -> None:
    room.hold_corner(Seconds(2.9))
    room.clock.advance(1.0)
    room.window.follow()

    assert room.bridge.sent == [("call", {})]
    assert not room.window.pad.isVisible()


def test_a_touch_beside_the_keys_puts_them_away_and_calls(room: Room) -> None:
    room.hold_corner(CORNER_HOLD_S)
    room.clock.advance(BURST_S)
    click(room.screen, at=QPoint(1200, 700))

    assert not room.window.pad.isVisible()
    assert len(room.bridge.sent) == 2


def test_without_a_pin_the_corner_alone_leaves(qtbot: QtBot, tmp_path: Path) -> None:
    room = Room(DataFolder(tmp_path))
    qtbot.addWidget(room.window)
    room.hold_corner(CORNER_HOLD_S)

    assert not room.window.isVisible()


def test_a_lost_session_is_answered_honestly(room: Room) -> None:
    room.bridge.lost.emit("No session answers.")
    click(room.screen)

    assert room.bridge.sent == []
    assert room.screen.answer() == "Please call out or use your bell."


def test_a_refused_call_is_answered_honestly(room: Room) -> None:
    click(room.screen)
    room.bridge.refused.emit("call", "The session has ended.")
    room.window.follow()

    assert room.screen.answer() == "Please call out or use your bell."


def test_the_screen_is_black_while_the_patient_is_away(room: Room) -> None:
    room.window.follow()
    image = room.screen.grab().toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 16)
        for y in range(0, image.height(), 16)
    }

    assert seen == {"#000000"}


def test_an_answer_is_visible_and_dim(room: Room) -> None:
    click(room.screen)
    image = room.screen.grab().toImage()
    lights = [
        relative_luminance(image.pixelColor(x, y))
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    ]

    assert max(lights) > 0.2
    assert sum(lights) / len(lights) <= 0.005


def test_the_cursor_is_hidden_and_everything_is_named(room: Room) -> None:
    room.hold_corner(CORNER_HOLD_S)

    assert room.screen.cursor().shape() == Qt.CursorShape.BlankCursor
    assert nameless(room.window) == []
    assert all(min(c.width(), c.height()) >= 84 for c in controls(room.window))


def test_after_a_session_the_patient_is_welcomed_back(room: Room) -> None:
    room.bridge.status_changed.emit(status(state="fading_out"))
    room.bridge.lost.emit("No session answers.")
    room.window.follow()

    assert room.screen.words().startswith("Welcome back")


def test_a_patient_in_the_middle_of_a_session_is_not_woken_by_a_lost_link(room: Room) -> None:
    room.bridge.status_changed.emit(status(phase="deepen"))
    room.bridge.lost.emit("No session answers.")
    room.window.follow()

    assert room.screen.words() == ""


def test_a_session_is_told_that_staff_have_closed_the_screen(room: Room) -> None:
    room.window.leave()

    assert room.bridge.sent[-1] == ("screen_closed", {})
    assert room.bridge.closed == 1
