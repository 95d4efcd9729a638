"""Who works here: people, what they are, and their PINs."""

from typing import TYPE_CHECKING, Any

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soundscape.clinic.roles import Role as StaffRole
from ui.clinic import has_records, with_clinic
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.settings.pin_change import PinChange
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.widgets.page import empty
from ui.widgets.person_form import PersonForm, role_titles
from ui.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from soundscape.clinic.people import Person
    from soundscape.clinic.service import Clinic


class StaffPage(SettingsPage):
    """Lists everybody, adds somebody, gives new PINs, and lets people sign in no longer.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(
            _("Staff"),
            _("Any of these PINs leaves the patient's screen and opens the settings."),
        )
        self._given = given
        self.form = PersonForm()
        self.change = PinChange()
        self.change.hide()
        self.rows: dict[str, QWidget] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP_PX)
        here = self.add_card(_("Here now"))
        here.body.addLayout(self._list)
        here.body.addWidget(self.change)
        self.add_card(_("Somebody new"), self.form)
        self.form.wished.connect(self._add)
        self.change.wished.connect(self._reset)
        self._show([])
        if has_records(given.folder):
            self._do(lambda _clinic: None, "")

    def _show(self, people: "list[Person]") -> None:
        empty(self._list)
        self.rows = {person.name: self._row(person) for person in people}
        for row in self.rows.values():
            self._list.addWidget(row)
        self.form.role.choose(StaffRole.STAFF if people else StaffRole.ADMIN)
        if not people:
            self._list.addWidget(
                Label(_("Nobody yet: the settings open without a PIN."), Role.MUTED, wraps=True)
            )

    def _row(self, person: "Person") -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_PX)
        title = role_titles()[person.role]
        said = (
            f"{person.name}, {title}"
            if person.is_active
            else _("{name}, has left").format(name=person.name)
        )
        line.addWidget(Label(said, Role.BODY if person.is_active else Role.MUTED, wraps=True), 1)
        if person.is_active:
            pin = Button(_("New PIN"), name=_("{name}: new PIN").format(name=person.name))
            pin.clicked.connect(lambda: self.change.ask(person.id, person.name))
            line.addWidget(pin)
        text = _("Has left") if person.is_active else _("Is back")
        leave = Button(text, name=f"{person.name}: {text}")
        leave.clicked.connect(lambda: self._set_active(person, is_active=not person.is_active))
        line.addWidget(leave)
        return row

    def _add(self, name: str, role: str, pin: str) -> None:
        actor = self._given.actor
        self._do(
            lambda clinic: clinic.people.add(actor, name, StaffRole(role), pin),
            _("{name} may sign in.").format(name=" ".join(name.split()))
            if self.rows
            else _("From now on the settings ask for a PIN."),
        )

    def _reset(self, person: str, pin: str) -> None:
        actor = self._given.actor
        said = _("The new PIN is kept.")
        self._do(lambda clinic: clinic.people.reset_pin(actor, person, pin), said)

    def _set_active(self, person: "Person", *, is_active: bool) -> None:
        if person.id == self._given.actor.id:
            self.refuse(_("Somebody else has to do that: nobody can shut themselves out."))
            return
        actor = self._given.actor
        self._do(
            lambda clinic: clinic.people.set_active(actor, person.id, is_active=is_active), ""
        )

    def _do(self, act: "Callable[[Clinic], Any]", said: str) -> None:
        """Do something to the people in the background, then list them as they are."""
        actor = self._given.actor

        def acted(clinic: "Clinic") -> "list[Person]":
            act(clinic)
            return list(clinic.people.all(actor))

        def show(people: "list[Person]") -> None:
            self.form.clear()
            self.change.hide()
            self._show(people)
            self.say(said)

        self._given.jobs.run(
            with_clinic(self._given.folder, self._given.clock, acted), show, self.refuse
        )
