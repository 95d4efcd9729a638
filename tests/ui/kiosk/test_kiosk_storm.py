"""A thousand random acts on the patient's screen, between dose and ground: calls, and no more."""

from pathlib import Path

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.screens import click, press, release, slide, strike_key, themed
from fakes.session import FakeBridge, status
from PyQt6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PyQt6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QEventPoint,
    QInputDevice,
    QKeyEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QTouchEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from soundscape.settings import write_settings
from ui.kiosk.calls import BURST_S
from ui.kiosk.lock import hashed_pin
from ui.kiosk.window import CORNER_HOLD_S, CORNER_PX, KioskWindow

ACTS = 1000
SIZE = (1280, 800)
PHASES = ("rise", "deepen", "return")
NO_KEY = Qt.KeyboardModifier.NoModifier
COMBINED = (NO_KEY, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier)
KEYS = (
    Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_Tab, Qt.Key.Key_Return,
    Qt.Key.Key_Space, Qt.Key.Key_W, Qt.Key.Key_F11, Qt.Key.Key_Meta, Qt.Key.Key_F10,
)  # fmt: skip
BEGIN, UPDATE, END = QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd
DOWN, UP = QEventPoint.State.Pressed, QEventPoint.State.Released


class Storm:
    """Meddles with a patient's screen and counts the calls that it should have come to."""

    def __init__(self, window: KioskWindow, clock: FakeClock) -> None:
        self.window = window
        self.screen = window.screen_
        self.clock = clock
        self.bursts = 0
        self._random = np.random.default_rng(6)
        self._last_s = -BURST_S
        self._screen = QPointingDevice(
            "screen", 1, QInputDevice.DeviceType.TouchScreen,
            QPointingDevice.PointerType.Finger, QInputDevice.Capability.Position, 10, 0,
        )  # fmt: skip
        self.acts = (
            self.tap, self.double_tap, self.swipe, self.finger, self.hand, self.key, self.wheel,
            self.menu, self.drop, self.pinch, self.close, self.rest,
        )  # fmt: skip

    def act(self) -> None:
        """Do one of the things that a hand, a keyboard or a mouse may do."""
        x, y = (int(part) for part in self._random.integers((0, 0), SIZE))
        self.acts[int(self._random.integers(len(self.acts)))](QPoint(x, y))
        self.clock.advance(float(self._random.uniform(0.0, 6.0)))
        self.window.follow()

    def tap(self, at: QPoint) -> None:
        """Click with a mouse, by each of its buttons."""
        self._touched()
        click(self.screen, at=at)
        click(self.screen, Qt.MouseButton.RightButton, at)
        click(self.screen, Qt.MouseButton.MiddleButton, at)

    def double_tap(self, at: QPoint) -> None:
        """Click twice."""
        self._touched()
        click(self.screen, at=at)
        click(self.screen, at=at)

    def swipe(self, at: QPoint) -> None:
        """Press, and let go elsewhere."""
        self._touched()
        press(self.screen, at=at)
        slide(self.screen, QPoint(600, 300))
        release(self.screen, at=QPoint(600, 300))

    def finger(self, at: QPoint) -> None:
        """Touch."""
        self._touched()
        self._send_touch(BEGIN, DOWN, at)
        self._send_touch(END, UP, at)

    def hand(self, at: QPoint) -> None:
        """Lay five fingers on the screen, one after another, and lift them."""
        self._touched()
        self._send_touch(BEGIN, DOWN, at)
        for finger in range(1, 5):
            self._send_touch(UPDATE, DOWN, at + QPoint(30 * finger, 0))
        self._send_touch(END, UP, at)

    def rest(self, at: QPoint) -> None:
        """Let a finger lie for a while; only in the corner would that be staff's."""
        self._touched()
        at = QPoint(max(at.x(), CORNER_PX), at.y())
        press(self.screen, at=at)
        self.clock.advance(float(self._random.uniform(0.0, 3.0 * CORNER_HOLD_S)))
        self.window.follow()
        release(self.screen, at=at)

    def key(self, at: QPoint) -> None:
        """Strike a key, alone or with another."""
        key, held = KEYS[at.x() % len(KEYS)], COMBINED[at.y() % len(COMBINED)]
        strike_key(self.screen, key)
        self._send(QKeyEvent(QEvent.Type.KeyPress, key, held))
        self._send(QKeyEvent(QEvent.Type.KeyRelease, key, held))

    def wheel(self, at: QPoint) -> None:
        """Turn a wheel."""
        self._send(
            QWheelEvent(
                QPointF(at), QPointF(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                NO_KEY, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003
            )
        )  # fmt: skip

    def menu(self, at: QPoint) -> None:
        """Ask for a menu."""
        self._send(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at))

    def drop(self, at: QPoint) -> None:
        """Drag a text in and drop it."""
        words, left = QMimeData(), Qt.MouseButton.LeftButton
        words.setText("words")
        copy = Qt.DropAction.CopyAction
        self._send(QDragEnterEvent(at, copy, words, left, NO_KEY))
        self._send(QDropEvent(QPointF(at), copy, words, left, NO_KEY))

    def pinch(self, at: QPoint) -> None:
        """Pinch on a pad."""
        self._send(
            QNativeGestureEvent(
                Qt.NativeGestureType.ZoomNativeGesture, self._screen, 2, QPointF(at), QPointF(at),
                QPointF(at), 0.5, QPointF(),
            )
        )  # fmt: skip

    def close(self, _at: QPoint) -> None:
        """Ask the window to close."""
        self.window.close()

    def _touched(self) -> None:
        now_s = self.clock.now()
        self.bursts += now_s - self._last_s >= BURST_S
        self._last_s = now_s

    def _send_touch(self, kind: QEvent.Type, state: QEventPoint.State, at: QPoint) -> None:
        point = QEventPoint(1, state, QPointF(at), QPointF(at))
        self._send(QTouchEvent(kind, self._screen, NO_KEY, [point]))

    def _send(self, event: QEvent) -> None:
        app = QApplication.instance()
        assert app is not None
        app.sendEvent(self.screen, event)


@pytest.mark.slow
@pytest.mark.parametrize("phase", PHASES)
def test_a_thousand_acts_are_calls_one_a_burst_and_never_leave(
    qtbot: QtBot, tmp_path: Path, phase: str
) -> None:
    themed()
    folder, clock, bridge = DataFolder(tmp_path), FakeClock(1000.0), FakeBridge()
    write_settings(folder.settings, {"staff_pin": hashed_pin("2580")})
    window = KioskWindow(folder, bridge=bridge, clock=clock)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.leave())
    window.show()
    window.resize(*SIZE)
    bridge.status_changed.emit(status(phase=phase))
    storm = Storm(window, clock)

    for _act in range(ACTS):
        storm.act()

    assert bridge.sent == [("call", {})] * storm.bursts
    assert storm.bursts > ACTS / 10
    assert (window.isVisible(), window.pad.isVisible(), bridge.closed) == (True, False, 0)
