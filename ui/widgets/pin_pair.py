"""A new PIN, typed twice."""

from PyQt6.QtCore import QRegularExpression, pyqtSignal
from PyQt6.QtGui import QRegularExpressionValidator
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.fields import captioned, line
from ui.widgets.labels import Label
from ui.words import _

MOST_DIGITS = 12


class PinPair(QWidget):
    """Two fields beside each other; says in time that they differ.

    Whether a PIN is too easy is said by whoever keeps it.
    """

    changed = pyqtSignal()
    entered = pyqtSignal()
    """The enter key was pressed in one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.pin = _pin_line(_("PIN, 6 digits or more"))
        self.again = _pin_line(_("The same PIN again"))
        self.says = Label("", Role.WARNING, wraps=True)
        self.says.hide()
        pins = QHBoxLayout()
        pins.setSpacing(GAP_PX)
        for field in (self.pin, self.again):
            field.textChanged.connect(self._follow)
            field.returnPressed.connect(self.entered)
            pins.addWidget(captioned(field), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addLayout(pins)
        column.addWidget(self.says)

    def agreed(self) -> str:
        """Return the PIN; empty while the two differ."""
        pin = self.pin.text()
        return pin if pin == self.again.text() else ""

    def clear(self) -> None:
        """Forget what was typed."""
        self.pin.clear()
        self.again.clear()

    def _follow(self) -> None:
        again = self.again.text()
        differ = bool(again) and not self.pin.text().startswith(again)
        self.says.setText(_("The two PINs differ.") if differ else "")
        self.says.setVisible(differ)
        self.changed.emit()


def _pin_line(name: str) -> QLineEdit:
    """Return a line that takes digits and shows none."""
    field = line(name, MOST_DIGITS)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), field))
    return field
