"""A page of the settings: a heading, a plain line, cards under each other, and a last word."""

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.page import Page

STEPPER_PX = 600
"""A number's two buttons are no farther apart, however wide the page."""


class SettingsPage(Page):
    """Lays out cards; ``say`` tells what was done, or why it was not.

    Parameters
    ----------
    title : str
        Its heading.
    line : str
        One sentence under it; none where it is empty.
    """

    def __init__(self, title: str, line: str = "") -> None:
        super().__init__(title)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(28, 22, 28, 28)
        self._column.setSpacing(GAP_PX + 4)
        self.lay_out_in(self._column)
        self._column.addWidget(Label(title, Role.HEADING, wraps=True))
        if line:
            self._column.addWidget(Label(line, Role.MUTED, wraps=True))
        self.says = Label("", Role.BODY, wraps=True)
        self.says.hide()
        self._column.addWidget(self.says)
        self._column.addStretch(1)

    def add_card(self, caption: str, *parts: QWidget) -> Card:
        """Put parts into a card of their own, after the others."""
        card = Card(caption)
        for part in parts:
            card.body.addWidget(part)
        self.add(card)
        return card

    def add(self, part: QWidget) -> None:
        """Put a part after the others."""
        last = self._column.indexOf(self.says)
        self._column.insertWidget(self._column.count() - 1 if last < 0 else last, part)

    def framed(self) -> QWidget:
        """Return the page in an area that scrolls, with its last word always in sight below."""
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scrolling(), 1)
        column.addWidget(self.says)
        self.says.setContentsMargins(28, 10, 28, 14)
        return frame

    def say(self, words: str, *, refused: bool = False) -> None:
        """Say what was done, or why it was not; nothing where it is empty."""
        self.says.set_role(Role.WARNING if refused else Role.GOOD)
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def refuse(self, words: str) -> None:
        """Say why something was not done."""
        self.say(words, refused=True)
