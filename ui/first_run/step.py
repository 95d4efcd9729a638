"""One of the first steps: a heading, a plain line and what can be done; nothing has to be."""

from PyQt6.QtCore import pyqtSignal

from ui.tasks import Jobs
from ui.widgets.card_page import SIDE_PX, CardPage


class Step(CardPage):
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
        super().__init__(title, line)
        self.column.setContentsMargins(SIDE_PX, 8, SIDE_PX, 16)  # its number stands above it
        self.has_acted = False
        self.jobs = Jobs()

    def act(self) -> None:
        """Say that something was done here."""
        self.has_acted = True
        self.acted.emit()

    def enter(self) -> None:
        """Begin what is shown; called each time the step is shown."""

    def leave(self) -> None:
        """End what nobody sees any more; called each time the step is left."""
