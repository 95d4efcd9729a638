"""Buttons: one primary at most on a screen, quiet ones, and one that stops."""

from enum import StrEnum

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QPushButton, QWidget

from ui.theme import Color, icon


class Kind(StrEnum):
    """How loudly a button speaks."""

    PRIMARY = "primary"
    QUIET = "quiet"
    STOP = "stop"
    PLAIN = "plain"


_ICON_COLOR = {
    Kind.PRIMARY: Color.ON_AMBER,
    Kind.QUIET: Color.TEXT,
    Kind.STOP: Color.STOP_TEXT,
    Kind.PLAIN: Color.MUTED,
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
        if icon_name:
            self.setIcon(icon(icon_name, _ICON_COLOR[kind]))
            self.setIconSize(QSize(24, 24))

    def say(self, text: str, icon_name: str = "") -> None:
        """Change the text, the name and, where one is given, the icon."""
        if self.text() == text:
            return
        self.setText(text)
        self.setAccessibleName(text)
        if icon_name:
            self.setIcon(icon(icon_name, _ICON_COLOR[Kind(self.property("kind"))]))
