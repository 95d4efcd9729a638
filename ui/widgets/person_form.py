"""Asks for somebody who is to sign in: a name, what they are, and a PIN typed twice."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from soundscape.clinic.roles import Role as StaffRole
from ui.theme import GAP_PX
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.even_flow import EvenFlow
from ui.widgets.fields import captioned, line
from ui.widgets.pin_pair import PinPair
from ui.words import _


class PersonForm(QWidget):
    """Three fields and a choice; ``wished`` carries a name, a role and a PIN."""

    wished = pyqtSignal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.name = line(_("Name"))
        self.pins = PinPair()
        self.role = Choices(_("Role"), role_titles())
        self.role.choose(StaffRole.STAFF)
        self.keep = Button(_("Add"), icon_name="plus")
        self._lay_out()
        self.name.textChanged.connect(lambda _text: self._follow())
        self.pins.changed.connect(self._follow)
        self.name.returnPressed.connect(self.keep.click)
        self.pins.entered.connect(self.keep.click)
        self.keep.clicked.connect(self._wish)
        self._follow()

    def clear(self) -> None:
        """Forget what was typed."""
        self.name.clear()
        self.pins.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        for part in (captioned(self.name), captioned(self.role), self.pins):
            column.addWidget(part)
        acts = EvenFlow(GAP_PX, fills=False)
        acts.addWidget(self.keep)
        column.addLayout(acts)

    def _follow(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip() and self.pins.agreed()))

    def _wish(self) -> None:
        self.wished.emit(self.name.text(), self.role.value(), self.pins.agreed())


def role_titles() -> dict[str, str]:
    """Return what the roles of those who sign in are called."""
    return {
        StaffRole.STAFF: _("Staff"),
        StaffRole.THERAPIST: _("Therapist"),
        StaffRole.ADMIN: _("Administrator"),
    }
