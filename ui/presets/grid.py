"""Cards in as few rows as the room allows: 4x1, 2x2 or one column."""

from collections.abc import Sequence

from PyQt6.QtCore import QRect, QSize
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QStyle, QWidget

from ui.presets.cards import PresetCard
from ui.theme import PATIENT_TARGET_PX

GAP_PX = 20
TALL_AT_LEAST_PX = 264
BESIDE_AT_LEAST_PX = 380
WIDEST_TALL = 1.3
"""A card with its picture on top must not be wider than this times its height."""


class CardGrid(QWidget):
    """Places its cards; ``columns`` says how many stand in a row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cards: Sequence[PresetCard] = ()
        self._columns = 1
        self._beside = False

    @property
    def columns(self) -> int:
        """How many cards stand in a row."""
        return self._columns

    def take(self, cards: Sequence[PresetCard]) -> None:
        """Show these cards."""
        self._cards = cards
        for card in cards:
            card.setParent(self)
        self.arrange(self.size())

    def arrange(self, room: QSize) -> bool:
        """Choose columns and form for a room: the first that fits, else one column, scrolled.

        Returns
        -------
        bool
            Whether all cards fit without scrolling.
        """
        fits = False
        for columns, beside in ((4, False), (2, False), (2, True), (1, False), (1, True)):
            self._columns, self._beside = columns, beside
            fits = columns <= max(len(self._cards), 1) and self._fits(room)
            if fits:
                break
        width = self._card_width(room.width())
        needed = max(self._tallest(width), PATIENT_TARGET_PX)
        self.setMinimumHeight(self._height_of(needed))
        self._place()
        return fits

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Place the cards in the new size."""
        super().resizeEvent(event)
        self._place()

    def _rows(self) -> int:
        return -(-len(self._cards) // self._columns) or 1

    def _height_of(self, row_height: int) -> int:
        return row_height * self._rows() + GAP_PX * (self._rows() - 1)

    def _card_width(self, width: int) -> int:
        return (width - GAP_PX * (self._columns - 1)) // self._columns

    def _fits(self, room: QSize) -> bool:
        """Return whether every card has the width its form asks for and no text would be cut."""
        width = self._card_width(room.width())
        height = (room.height() - GAP_PX * (self._rows() - 1)) // self._rows()
        scale = max((card.look.text_percent for card in self._cards), default=100) / 100.0
        least = BESIDE_AT_LEAST_PX if self._beside else TALL_AT_LEAST_PX
        looks_right = self._beside or width <= height * WIDEST_TALL
        return width >= least * scale and looks_right and self._tallest(width) <= height

    def _tallest(self, width: int) -> int:
        needs = (card.needed_height(width, beside=self._beside) for card in self._cards)
        return max(needs, default=0)

    def _place(self) -> None:
        rows = self._rows()
        width = self._card_width(self.width())
        height = (self.height() - GAP_PX * (rows - 1)) // rows
        heights = (card.words_height(width, beside=self._beside) for card in self._cards)
        words = max(heights, default=0)
        for number, card in enumerate(self._cards):
            card.lay_out(beside=self._beside, words_px=words)
            row, column = divmod(number, self._columns)
            left, top = column * (width + GAP_PX), row * (height + GAP_PX)
            place = QRect(left, top, width, height)
            card.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
