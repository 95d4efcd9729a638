"""The fourth step: who works here, each with a PIN of their own."""

from typing import Any

from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.roles import Role as StaffRole
from soundscape.clock import Clock
from soundscape.folders import DataFolder
from ui.clinic import has_records, with_clinic
from ui.first_run.step import Step
from ui.theme import Role
from ui.widgets.labels import Label
from ui.widgets.person_form import PersonForm, role_titles
from ui.words import _


class PeopleStep(Step):
    """Adds people; the first is offered as an administrator, as somebody must add the others.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock
        Dates what is kept.
    """

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        super().__init__(
            _("Who works here?"),
            _(
                "With a PIN, staff leave the patient's screen and open the settings. An "
                "administrator looks after people and settings."
            ),
        )
        self._folder = folder
        self._clock = clock
        self._here: list[str] = []
        self._roles: set[str] = set()
        self.form = PersonForm()
        self.form.role.choose(StaffRole.ADMIN)
        self.says = Label("", Role.GOOD, wraps=True)
        self.says.hide()
        self.add_card(_("Somebody new"), self.form)
        self.add(self.says)
        self.form.wished.connect(self._keep)

    def enter(self) -> None:
        """See whether somebody has a PIN from before: only they may add others then."""
        if not self._here and has_records(self._folder):
            self.form.setEnabled(False)
            work = with_clinic(self._folder, self._clock, lambda clinic: clinic.people.names())
            self.jobs.run(work, self._meet, self._refuse)

    def _meet(self, names: tuple[str, ...]) -> None:
        self.form.setEnabled(not names)
        if names:
            self._say(_("Somebody has a PIN already; the settings add others."), Role.BODY)

    def _keep(self, name: str, role: str, pin: str) -> None:
        self.form.keep.setEnabled(False)
        work = with_clinic(
            self._folder,
            self._clock,
            lambda clinic: clinic.people.add(CONSOLE, name, StaffRole(role), pin),
        )
        self.jobs.run(work, self._welcome, self._refuse)

    def _welcome(self, person: Any) -> None:  # noqa: ANN401 -- a Person
        self._here.append(f"{person.name} ({role_titles()[person.role]})")
        self._roles.add(person.role)
        self.form.clear()
        self.form.role.choose(StaffRole.STAFF)
        self.form.name.setFocus()
        words = _("May sign in: {people}.").format(people=", ".join(self._here))
        if self._roles == {StaffRole.ADMIN}:
            words += " " + _(
                "Add who looks after patients, too: an administrator begins no session."
            )
        self._say(words, Role.GOOD)
        self.act()

    def _refuse(self, why: str) -> None:
        self.form.keep.setEnabled(True)
        self._say(why, Role.WARNING)

    def _say(self, words: str, role: Role) -> None:
        self.says.set_role(role)
        self.says.setText(words)
        self.says.show()
