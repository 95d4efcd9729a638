"""A page of the settings: cards under each other, and a last word."""

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Role
from ui.widgets.card_page import SIDE_PX, CardPage
from ui.widgets.labels import Label


class SettingsPage(CardPage):
    """Lays out cards; ``say`` tells what was done, or why it was not.

    Parameters
    ----------
    title : str
        Its heading.
    line : str
        One sentence under it; none where it is empty.
    """

    def __init__(self, title: str, line: str = "") -> None:
        super().__init__(title, line)
        self.says = Label("", Role.BODY, wraps=True)
        self.says.hide()
        self.column.addWidget(self.says)

    def framed(self) -> QWidget:
        """Return the page in an area that scrolls, with its last word always in sight below."""
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scrolling(), 1)
        column.addWidget(self.says)
        self.says.setContentsMargins(SIDE_PX, 10, SIDE_PX, 14)
        return frame

    def say(self, words: str, *, refused: bool = False) -> None:
        """Say what was done, or why it was not; nothing where it is empty."""
        self.says.set_role(Role.WARNING if refused else Role.GOOD)
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def refuse(self, words: str) -> None:
        """Say why something was not done."""
        self.say(words, refused=True)
