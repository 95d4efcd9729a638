"""Asks for somebody who is to sign in: a name, what they are, and a PIN typed twice."""

from PyQt6.QtCore import QRegularExpression, pyqtSignal
from PyQt6.QtGui import QRegularExpressionValidator
from PyQt6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from soundscape.clinic.roles import Role as StaffRole
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.labels import Label
from ui.words import _

MOST_DIGITS = 12


class PersonForm(QWidget):
    """Three fields and a choice; ``wished`` carries a name, a role and a PIN.

    Whether a PIN is too easy is said by whoever keeps it.
    """

    wished = pyqtSignal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.name = _field(_("Name"))
        self.pin = pin_field(_("PIN, 6 digits or more"))
        self.again = pin_field(_("The same PIN again"))
        self.role = Choices(_("Role"), role_titles())
        self.role.choose(StaffRole.STAFF)
        self.says = Label("", Role.WARNING, wraps=True)
        self.says.hide()
        self.keep = Button(_("Add"), icon_name="plus")
        self._lay_out()
        for field in (self.name, self.pin, self.again):
            field.textChanged.connect(self._follow)
            field.returnPressed.connect(self.keep.click)
        self.keep.clicked.connect(self._wish)
        self._follow()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self.name, self.pin, self.again):
            field.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(Label(self.name.accessibleName(), Role.CAPTION))
        column.addWidget(self.name)
        column.addWidget(self.role)
        pins = QGridLayout()
        pins.setHorizontalSpacing(GAP_PX)
        for place, field in enumerate((self.pin, self.again)):
            pins.addWidget(Label(field.accessibleName(), Role.CAPTION, wraps=True), 0, place)
            pins.addWidget(field, 1, place)
        column.addLayout(pins)
        column.addWidget(self.says)
        column.addWidget(self.keep)

    def _follow(self) -> None:
        """Say in time that the two PINs differ."""
        pin, again = self.pin.text(), self.again.text()
        differ = bool(again) and not pin.startswith(again)
        self.says.setText(_("The two PINs differ.") if differ else "")
        self.says.setVisible(differ)
        self.keep.setEnabled(bool(self.name.text().strip() and pin) and pin == again)

    def _wish(self) -> None:
        self.wished.emit(self.name.text(), self.role.value(), self.pin.text())


def role_titles() -> dict[str, str]:
    """Return what the roles of those who sign in are called."""
    return {
        StaffRole.STAFF: _("Staff"),
        StaffRole.THERAPIST: _("Therapist"),
        StaffRole.ADMIN: _("Administrator"),
    }


def pin_field(name: str) -> QLineEdit:
    """Return a field that takes digits and shows none."""
    field = _field(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(MOST_DIGITS)
    field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), field))
    return field


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field
