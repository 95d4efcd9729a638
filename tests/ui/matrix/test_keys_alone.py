"""A session is begun, led and stopped, and its sound chosen, by Tab, arrows and Space alone."""

from fakes.clock import FakeClock
from fakes.gallery import desk, presets
from fakes.gallery.stage import Screen
from fakes.matrix import SIZES, Booth
from fakes.screens import click, press_key, release_key, resize, strike_key
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QApplication, QWidget

from soundscape.units import Seconds
from ui.desk.session_panel import SessionPanel
from ui.desk.start_panel import BEGIN_HOLD_S, StartPanel
from ui.presets.window import PresetsWindow
from ui.widgets.hold_button import HoldButton

MOST_TABS = 80
STOP_HOLD_S = Seconds(1.3)


def screen_of(gallery: tuple[Screen, ...], name: str) -> Screen:
    """Return a screen by its name."""
    return next(screen for screen in gallery if screen.name == name)


class Keys:
    """Somebody who has a keyboard and nothing else.

    Parameters
    ----------
    window : QWidget
        What is shown; nothing in it has the focus yet.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        resize(window, *SIZES[0])
        window.activateWindow()
        QApplication.processEvents()

    def go_to(self, wanted: QWidget) -> None:
        """Strike Tab until something has the focus."""
        for _strike in range(MOST_TABS):
            if QApplication.focusWidget() is wanted:
                return
            strike_key(QApplication.focusWidget() or self._window, Qt.Key.Key_Tab)
        raise AssertionError(wanted.accessibleName())

    def strike(self, wanted: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
        """Strike a key on something."""
        self.go_to(wanted)
        strike_key(wanted, key)

    def hold(self, wanted: HoldButton, clock: FakeClock, hold_s: Seconds) -> None:
        """Hold the space bar on something for a while."""
        self.go_to(wanted)
        press_key(wanted, Qt.Key.Key_Space)
        clock.advance(hold_s)
        wanted.follow()
        release_key(wanted, Qt.Key.Key_Space)


def named(window: QWidget, name: str) -> QAbstractButton:
    """Return the button that a screen reader calls so."""
    return next(b for b in window.findChildren(QAbstractButton) if b.accessibleName() == name)


def test_a_session_is_begun_by_keys_alone(booth: Booth) -> None:
    begun: list[tuple[str, str]] = []
    with booth.shown(screen_of(desk.SCREENS, "start, typical")) as window:
        assert isinstance(window, StartPanel)
        window.begun.connect(lambda wish: begun.append((wish.route, wish.preset)))
        keys = Keys(window)
        chosen = next(button for button in window.route_buttons.values() if button.isChecked())
        keys.strike(chosen, Qt.Key.Key_Right)
        keys.hold(window.begin, booth.clock, BEGIN_HOLD_S)

    assert begun == [("im", "ember")]


def test_a_session_is_held_and_stopped_by_keys_alone(booth: Booth) -> None:
    asked: list[str] = []
    with booth.shown(screen_of(desk.SCREENS, "live, typical")) as window:
        assert isinstance(window, SessionPanel)
        window.asked.connect(lambda event, _facts: asked.append(event))
        keys = Keys(window)
        keys.strike(named(window, "Hold here"))
        keys.strike(named(window, "Moved"))
        keys.hold(window.sound.stop, booth.clock, STOP_HOLD_S)

    assert asked == ["hold", "note", "stop"]


def test_a_patient_chooses_a_sound_by_keys_alone(booth: Booth) -> None:
    with booth.shown(screen_of(presets.SCREENS, "typical")) as window:
        assert isinstance(window, PresetsWindow)
        keys = Keys(window)
        first, second = window.chooser.cards[:2]
        keys.strike(first, Qt.Key.Key_Right)
        keys.strike(second)
        keys.strike(window.chooser.confirm)
        keys.strike(window.intention.share)

        assert window.chooser.chosen() == second.preset.name
        assert window.answer.isVisible()


def test_a_card_that_is_touched_has_no_frame(booth: Booth) -> None:
    with booth.shown(screen_of(presets.SCREENS, "typical")) as window:
        assert isinstance(window, PresetsWindow)
        card = window.chooser.cards[0]
        click(card)

        assert not card.hasFocus()
