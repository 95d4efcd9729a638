"""What a finger can do on the desk and on the patient's choice, the keyboard can do too."""

import pytest
from fakes.gallery import desk, presets
from fakes.gallery.stage import Screen
from fakes.matrix import SIZES, Booth
from fakes.screens import controls, resize, strike_key
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from ui.presets.window import PresetsWindow

SCREENS = (*desk.SCREENS, *presets.SCREENS)


def reached(window: QWidget) -> set[QWidget]:
    """Return what has the focus at one time or another while Tab is struck again and again.

    In a group of which one is chosen Tab comes to one, and the arrows to the others.
    """
    seen: set[QWidget] = set()
    for _strike in range(len(window.findChildren(QWidget))):
        strike_key(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        group = now.group() if isinstance(now, QAbstractButton) else None
        seen |= {now, *(group.buttons() if group is not None and group.exclusive() else ())}
    return seen


def begin(window: QWidget) -> None:
    """Let a window have the keyboard."""
    resize(window, *SIZES[0])
    window.activateWindow()
    QApplication.processEvents()


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_tab_reaches_whatever_can_be_touched(booth: Booth, screen: Screen) -> None:
    with booth.shown(screen) as window:
        begin(window)
        wanted = {
            control
            for control in (*controls(window), *window.findChildren(QComboBox))
            if control.isVisible() and control.isEnabled()
        }
        missed = wanted - reached(window)

        assert [control.accessibleName() for control in missed] == []


def test_a_patient_chooses_by_keys_alone(booth: Booth) -> None:
    screen = next(screen for screen in presets.SCREENS if screen.name == "typical")
    with booth.shown(screen) as window:
        assert isinstance(window, PresetsWindow)
        begin(window)
        first = window.chooser.cards[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)
        strike_key(first, Qt.Key.Key_Right)
        second = QApplication.focusWidget()
        assert second is not None
        strike_key(second, Qt.Key.Key_Space)
        strike_key(second, Qt.Key.Key_Tab)
        chosen = window.chooser.chosen()
        strike_key(window.chooser.confirm, Qt.Key.Key_Space)
        strike_key(window, Qt.Key.Key_Tab)
        answer = QApplication.focusWidget()
        assert answer is window.intention.share
        strike_key(answer, Qt.Key.Key_Space)

        assert chosen == window.chooser.cards[1].preset.name
        assert window.answer.isVisible()
