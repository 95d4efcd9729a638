"""One of the first steps: a heading, a plain line and what can be done; nothing has to be."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from ui.tasks import Jobs
from ui.theme import GAP_PX, Role
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.page import Page


class Step(Page):
    """A step; it may be passed over at any moment.

    Parameters
    ----------
    title : str
        Its heading.
    line : str
        One or two sentences under it.
    """

    acted = pyqtSignal()
    """Something was done here, so that to go on is not to pass over it."""

    def __init__(self, title: str, line: str) -> None:
        super().__init__(title)
        self.title = title
        self.has_acted = False
        self.jobs = Jobs()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(32, 8, 32, 16)
        self._column.setSpacing(GAP_PX + 4)
        self.lay_out_in(self._column)
        self._column.addWidget(Label(title, Role.HEADING, wraps=True))
        self._column.addWidget(Label(line, Role.MUTED, wraps=True))
        self._column.addStretch(1)

    def act(self) -> None:
        """Say that something was done here."""
        self.has_acted = True
        self.acted.emit()

    def enter(self) -> None:
        """Begin what is shown; called each time the step is shown."""

    def leave(self) -> None:
        """End what nobody sees any more; called each time the step is left."""

    def add_card(self, caption: str, *parts: QWidget) -> Card:
        """Put parts into a card of their own, after the others."""
        card = Card(caption)
        for part in parts:
            card.body.addWidget(part)
        self.add(card)
        return card

    def add(self, part: QWidget) -> None:
        """Put a part after the others."""
        self._column.insertWidget(self._column.count() - 1, part)
