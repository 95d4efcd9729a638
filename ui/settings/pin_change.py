"""A new PIN for somebody, typed twice."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.even_flow import EvenFlow
from ui.widgets.labels import Label
from ui.widgets.pin_pair import PinPair
from ui.words import _


class PinChange(QWidget):
    """Two fields under a name; ``wished`` carries an identifier and a PIN."""

    wished = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._person = ""
        self.title = Label("", Role.BODY, wraps=True)
        self.pins = PinPair()
        self.keep = Button(_("Keep"), icon_name="check")
        acts = EvenFlow(GAP_PX, fills=False)
        acts.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.title)
        column.addWidget(self.pins)
        column.addLayout(acts)
        self.pins.changed.connect(self._follow)
        self.pins.entered.connect(self.keep.click)
        self.keep.clicked.connect(lambda: self.wished.emit(self._person, self.pins.agreed()))
        self._follow()

    def ask(self, person: str, name: str) -> None:
        """Ask for the new PIN of a person."""
        self._person = person
        self.title.setText(_("{name}: new PIN").format(name=name))
        self.pins.clear()
        self.show()
        self.pins.pin.setFocus()

    def _follow(self) -> None:
        self.keep.setEnabled(bool(self.pins.agreed()))
