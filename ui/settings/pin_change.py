"""A new PIN for somebody, typed twice."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.widgets.person_form import pin_field
from ui.words import _


class PinChange(QWidget):
    """Two fields under a name; ``wished`` carries an identifier and a PIN."""

    wished = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._person = ""
        self.title = Label("", Role.BODY, wraps=True)
        self.pin = pin_field(_("PIN, 6 digits or more"))
        self.again = pin_field(_("The same PIN again"))
        self.keep = Button(_("Keep"), icon_name="check")
        pins = QGridLayout()
        pins.setHorizontalSpacing(GAP_PX)
        for place, field in enumerate((self.pin, self.again)):
            field.textChanged.connect(self._follow)
            pins.addWidget(Label(field.accessibleName(), Role.CAPTION, wraps=True), 0, place)
            pins.addWidget(field, 1, place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addLayout(pins)
        column.addWidget(self.keep)
        self.keep.clicked.connect(lambda: self.wished.emit(self._person, self.pin.text()))
        self._follow()

    def ask(self, person: str, name: str) -> None:
        """Ask for the new PIN of a person."""
        self._person = person
        self.title.setText(_("{name}: new PIN").format(name=name))
        for field in (self.pin, self.again):
            field.clear()
        self.show()
        self.pin.setFocus()

    def _follow(self) -> None:
        self.keep.setEnabled(bool(self.pin.text()) and self.pin.text() == self.again.text())
