"""What a finger can do in a window, the keyboard can do too."""

import pytest
from fakes.gallery import builder, care, desk, dialogs, first_run, presets, room, settings
from fakes.gallery.stage import Screen
from fakes.matrix import SIZES, Booth
from fakes.screens import controls, resize, strike_key
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

GALLERIES = (desk, presets, care, first_run, settings, room, builder, dialogs)
SCREENS = [screen for gallery in GALLERIES for screen in gallery.SCREENS]


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
