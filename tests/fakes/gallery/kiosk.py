"""The patient's screen in its states; what it paints of words stays off its edges."""

from fakes.clock import FakeClock
from fakes.gallery.stage import Screen, Stage
from fakes.session import FakeBridge, status
from PyQt6.QtCore import QPointF
from PyQt6.QtWidgets import QWidget

from soundscape.settings import write_settings
from ui.bridge import Status
from ui.kiosk.lock import hashed_pin
from ui.kiosk.window import CORNER_HOLD_S, KioskWindow

STEADY_FRAMES = 120
"""So many looks at the clock, 0.2 s apart, bring every light to its rest."""
PIN = hashed_pin("2580")


def kiosk(stage: Stage, told: Status | None = None, glow: str = "off") -> KioskWindow:
    """Return the patient's screen after a while of some status."""
    write_settings(stage.folder.settings, {"kiosk_glow": glow, "staff_pin": PIN})
    bridge = FakeBridge()
    made = KioskWindow(stage.folder, bridge=bridge, clock=stage.clock)
    if told is not None:
        bridge.status_changed.emit(told)
    settle(made, stage.clock)
    return made


def settle(made: KioskWindow, clock: FakeClock) -> None:
    """Let every light come to its rest."""
    for _frame in range(STEADY_FRAMES):
        clock.advance(0.2)
        made.follow()


def touched(stage: Stage, told: Status | None) -> KioskWindow:
    """Return the patient's screen right after a touch."""
    made = kiosk(stage, told)
    made.screen_.pressed.emit(QPointF(600.0, 400.0))
    return made


def with_keys(stage: Stage) -> KioskWindow:
    """Return the patient's screen with staff's keys on it."""
    made = kiosk(stage, status())
    made.show()
    made.screen_.pressed.emit(QPointF(20.0, 20.0))
    stage.clock.advance(CORNER_HOLD_S)
    made.follow()
    return made


def leave(made: QWidget) -> None:
    """Leave as staff do."""
    assert isinstance(made, KioskWindow)
    made.leave()


def _screen(name: str, told: Status | None, glow: str = "off") -> Screen:
    return Screen(name, lambda stage: kiosk(stage, told, glow), end=leave)


def _touched(name: str, told: Status | None) -> Screen:
    return Screen(name, lambda stage: touched(stage, told), end=leave)


SEEN = status(call={"state": "seen", "at_s": 1960.0})
UNSEEN = status(desk_seen=False, call={"state": "sent", "at_s": 1960.0})
DARK = (
    _screen("away", status()),
    _screen("away, ember", status(), "ember"),
    _screen("away, moss", status(), "moss"),
)
"""What the patient has before closed eyes."""

SCREENS = (
    *DARK,
    _screen("fresh", None),
    _screen("settle", status(phase="settle", screen=1.0)),
    _screen("ground", status(phase="ground", screen=0.25)),
    _screen("recover, ember", status(phase="recover", screen=1.0), "ember"),
    _screen("ended", status(state="ended")),
    _touched("answer, sent", status()),
    _touched("answer, no desk", UNSEEN),
    _touched("answer, no session", None),
    _screen("answer, seen", SEEN),
    Screen("keys", with_keys, end=leave),
)
