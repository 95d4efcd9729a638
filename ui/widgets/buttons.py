"""Buttons: one primary at most on a screen, quiet ones, and one that stops."""

from enum import StrEnum

from PyQt6.QtCore import QSize, Qt, QTimer
from PyQt6.QtGui import QIcon, QMouseEvent, QShowEvent
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget

from ui.theme import Color, icon

_ICON_PX = 24
_GAP_PX = 6


class Kind(StrEnum):
    """How loudly a button speaks."""

    PRIMARY = "primary"
    QUIET = "quiet"
    STOP = "stop"
    PLAIN = "plain"
    BANNER = "banner"
    NEXT = "next"

    @property
    def ink(self) -> Color:
        """Color of its icon."""
        return _INK[self]


_INK = {
    Kind.PRIMARY: Color.ON_AMBER,
    Kind.QUIET: Color.TEXT,
    Kind.STOP: Color.STOP_TEXT,
    Kind.PLAIN: Color.MUTED,
    Kind.BANNER: Color.TEXT,
    Kind.NEXT: Color.AMBER,
}


class Button(QPushButton):
    """A button of the house.

    A touch does not give it the focus, so that the focus frame shows only for the keyboard.

    Parameters
    ----------
    text : str
        What it does, one to three words; may be empty where ``name`` is said.
    kind : Kind
        How loudly it speaks.
    icon_name : str
        One of ``assets/icons``; may be empty.
    name : str
        What a screen reader says; the text where it is empty.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.QUIET,
        *,
        icon_name: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self._is_hasty = True
        self._is_new = False
        self._pressed_ms: int | None = None
        self.show_icon(icon_name)

    def take_double_as_one(self) -> None:
        """Let a double click be one click, where a second would do something else."""
        self._is_hasty = False

    def showEvent(self, event: QShowEvent | None) -> None:
        """Be new for as long as a double click takes."""
        self._is_new = True
        QTimer.singleShot(QApplication.doubleClickInterval(), self._age)
        super().showEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Remember when it was pressed."""
        if event is not None:
            self._pressed_ms = event.timestamp()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Take a quick second click for one of its own, unless told otherwise.

        Where it has just appeared, one whose first click was another button's, which made way for
        this, was not meant for it. Fingers that type go from key to key as fast.
        """
        if event is None or not self._is_hasty:
            return
        pressed_ms, interval_ms = self._pressed_ms, QApplication.doubleClickInterval()
        is_own = pressed_ms is not None and event.timestamp() - pressed_ms <= interval_ms
        if is_own or not self._is_new:
            super().mouseDoubleClickEvent(event)

    def _age(self) -> None:
        self._is_new = False

    def set_kind(self, kind: Kind) -> None:
        """Make it speak louder or lower."""
        if self.property("kind") == kind:
            return
        self.setProperty("kind", kind)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)
        self.show_icon(self._icon_name)

    def say(self, text: str, icon_name: str) -> None:
        """Change the text, the name and the icon."""
        if self.text() != text:
            self.setText(text)
            self.setAccessibleName(text)
            self.show_icon(icon_name)

    def show_icon(self, icon_name: str) -> None:
        """Show an icon; none where the name is empty."""
        self._icon_name = icon_name
        gap_px = _GAP_PX if self.text() else 0
        ink = Kind(self.property("kind")).ink
        self.setIcon(icon(icon_name, ink, _ICON_PX, gap_px=gap_px) if icon_name else QIcon())
        self.setIconSize(QSize(_ICON_PX + gap_px, _ICON_PX))
