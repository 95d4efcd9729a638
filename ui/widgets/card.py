"""A panel that groups what belongs together."""

from PyQt6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import GAP_PX, Role
from ui.widgets.even_flow import EvenFlow
from ui.widgets.labels import Label

SIDE_PX = 22
"""Between an edge and what is inside."""


class Card(QFrame):
    """A rounded panel with an optional caption; put things into ``body``.

    Parameters
    ----------
    caption : str
        Text on top; none where it is empty.
    role : Role
        Of the caption: small on a desk that is known, larger on a page that is read.
    across : bool
        Lay the body out from left to right, not from top to bottom.
    """

    def __init__(
        self, caption: str = "", role: Role = Role.CAPTION, *, across: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("card", "true")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SIDE_PX, 16, SIDE_PX, 20)
        outer.setSpacing(GAP_PX)
        if caption:
            label = Label(caption, role)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            outer.addWidget(label)
        self.body: QBoxLayout = QHBoxLayout() if across else QVBoxLayout()
        self.body.setSpacing(GAP_PX)
        outer.addLayout(self.body, 1)

    def add_acts(self, *buttons: QWidget) -> None:
        """Put buttons beside each other, no wider than the longest of their words needs."""
        acts = EvenFlow(GAP_PX, fills=False)
        for button in buttons:
            acts.addWidget(button)
        self.body.addLayout(acts)
