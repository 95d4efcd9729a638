"""A page of cards: a heading, a plain line, cards under each other, no wider than one reads."""

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role, text_scale
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.page import Page

READING_PX = 860
"""Of the cards, at the usual text size: a longer line is lost on the way to the next one."""
SIDE_PX = 32


class CardPage(Page):
    """Lays out cards from the side at which a reader begins.

    Parameters
    ----------
    title : str
        Its heading.
    line : str
        One or two sentences under it; none where it is empty.

    Attributes
    ----------
    head : QHBoxLayout
        The heading; what leads away from the page stands at its end.
    column : QVBoxLayout
        The head, the cards, and the room below them.
    """

    def __init__(self, title: str, line: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.column = QVBoxLayout()
        self.column.setContentsMargins(SIDE_PX, 22, SIDE_PX, 28)
        self.column.setSpacing(GAP_PX + 4)
        self.lay_out_in(self.column)
        self.head = QHBoxLayout()
        self.head.setSpacing(GAP_PX)
        self.head.addWidget(Label(title, Role.HEADING, wraps=True), 1)
        self.column.addLayout(self.head)
        if line:
            self.column.addWidget(Label(line, Role.MUTED, wraps=True))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GAP_PX + 4)
        self.column.addLayout(self._cards)
        self.column.addStretch(1)

    def add_card(self, caption: str, *parts: QWidget) -> Card:
        """Put parts into a card of their own, after the others."""
        card = Card(caption, Role.SECTION)
        for part in parts:
            card.body.addWidget(part)
        self.add(card)
        return card

    def add(self, part: QWidget) -> None:
        """Put a part after the others."""
        self._cards.addWidget(part)

    def widest_px(self) -> int:
        """Return the width that it uses at the most, with its sides."""
        return round(READING_PX * text_scale(self.font())) + 2 * SIDE_PX

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave what is wider than one reads empty."""
        margins = self.column.contentsMargins()
        empty_px = SIDE_PX + max(0, self.width() - self.widest_px())
        margins.setLeft(empty_px if self.isRightToLeft() else SIDE_PX)
        margins.setRight(SIDE_PX if self.isRightToLeft() else empty_px)
        self.column.setContentsMargins(margins)
        super().resizeEvent(event)
        self.settle()
