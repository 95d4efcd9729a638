"""Library and plan: beside each other, one below the other, or one at a time."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.theme import GAP_PX
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.words import _

MARGIN_PX = 20
CARD_PX = (44, 36)
"""How much wider and higher a frame is than what is in it."""


def slim(*buttons: Button) -> Button:
    """Let buttons that show an icon alone be no wider than a finger needs; return the first."""
    for button in buttons:
        button.setProperty("slim", "true")
    return buttons[0]


class Halves(QWidget):
    """Two stacks of pages in a frame each.

    Parameters
    ----------
    needed_px : Callable[[], tuple[int, int]]
        Returns how wide the pages of each half must be, so that no word is cut.
    """

    def __init__(self, needed_px: Callable[[], tuple[int, int]]) -> None:
        super().__init__()
        self._needed_px = needed_px
        self.left, self.right = QStackedWidget(), QStackedWidget()
        self._pages = (self.left, self.right)
        self.to_left = Button(_("Library"), icon_name="library")
        self.to_right = Button(_("Plan"), icon_name="list")
        self._split = QSplitter()
        self._cards = (Card(), Card())
        self._tabs = QWidget()
        self._lay_out()
        self.to_left.setChecked(True)
        self.to_left.clicked.connect(self.settle)
        self.to_right.clicked.connect(self.settle)

    @property
    def is_single(self) -> bool:
        """Whether only one of both is seen at a time."""
        high = sum(pages.minimumSizeHint().height() + CARD_PX[1] for pages in self._pages)
        return not self._fits_beside() and self.height() < high + 3 * MARGIN_PX

    @property
    def orientation(self) -> Qt.Orientation:
        """How both lie: beside each other, or the plan below."""
        return self._split.orientation()

    def show_half(self, *, left: bool) -> None:
        """Bring one of both into sight, where only one is seen."""
        (self.to_left if left else self.to_right).setChecked(True)
        self.settle()

    def settle(self) -> None:
        """Lay both out for the room that there is."""
        beside = self._fits_beside()
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._split.orientation() is not wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes([1000, 1000])
        single = self.is_single
        self._tabs.setVisible(single)
        for card, button in zip(self._cards, (self.to_left, self.to_right), strict=True):
            card.setVisible(not single or button.isChecked())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Rearrange for another size."""
        super().resizeEvent(event)
        self.settle()

    def _fits_beside(self) -> bool:
        needed_px = max(self._needed_px())
        return self.width() >= 2 * (needed_px + CARD_PX[0]) + 3 * MARGIN_PX

    def _lay_out(self) -> None:
        for card, pages in zip(self._cards, (self.left, self.right), strict=True):
            card.body.addWidget(pages)
            self._split.addWidget(card)
        self._split.setHandleWidth(MARGIN_PX)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([1000, 1000])
        group = QButtonGroup(self)
        row = QHBoxLayout(self._tabs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        for button in (self.to_left, self.to_right):
            button.setCheckable(True)
            group.addButton(button)
            row.addWidget(button, 1)
        self._tabs.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(GAP_PX)
        column.addWidget(self._tabs)
        column.addWidget(self._split, 1)
