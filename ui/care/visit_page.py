"""A page of one visit: who it is and where they stand, then cards in two columns."""

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.care.cases import Case
from ui.theme import GAP_PX, Role, text_scale
from ui.widgets.buttons import Button
from ui.widgets.card_page import SIDE_PX
from ui.widgets.labels import Label
from ui.widgets.page import Page

NARROW_PX = 1100
LEAST_PX = 640


class VisitPage(Page):
    """Lays out a visit's cards; a column stands under the other where it is narrow.

    Parameters
    ----------
    name : str
        What a screen reader says.
    case : Case
        The visit.
    """

    left = pyqtSignal()

    def __init__(self, name: str, case: Case) -> None:
        super().__init__(name)
        self._case = case
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(GAP_PX)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP_PX + 4)
        self._outer = QVBoxLayout()
        self.lay_out_in(self._outer)
        self._outer.setContentsMargins(SIDE_PX, 22, SIDE_PX, 28)
        self._outer.setSpacing(GAP_PX + 4)

    @property
    def visit_id(self) -> str:
        """Which visit is shown."""
        return self._case.id

    @property
    def is_least(self) -> bool:
        """Whether there is no room for two things beside each other."""
        return self._is_below(LEAST_PX)

    def add_head(self, line: str, *acts: Button) -> None:
        """Show who it is, where they stand, and what leads away from here."""
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(Label(self._case.visit.alias, Role.HEADING, wraps=True))
        titles.addWidget(Label(line, Role.MUTED, wraps=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_PX)
        for act in acts:
            buttons.addWidget(act)
        self._head.addLayout(titles, 1)
        self._head.addLayout(buttons)
        self._outer.addLayout(self._head)

    def add_line(self, part: QWidget) -> None:
        """Put a part across both columns."""
        self._outer.addWidget(part)

    def add_columns(self, *sides: Sequence[QWidget]) -> None:
        """Put cards into columns, last of all."""
        for cards in sides:
            column = QVBoxLayout()
            column.setSpacing(GAP_PX + 4)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self._outer.addLayout(self._columns)
        self._outer.addStretch(1)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the columns under each other where it is narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if self._is_below(NARROW_PX) else across)
        self._head.setDirection(down if self.is_least else across)
        super().resizeEvent(event)
        self.settle()

    def _is_below(self, width_px: int) -> bool:
        return self.width() < width_px * text_scale(self.font())
