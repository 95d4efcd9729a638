"""What is kept, for how long, and its copies."""

from typing import TYPE_CHECKING, Any

from soundscape.clinic.backup import backups_in
from soundscape.units import Seconds
from ui.clinic import has_records, with_clinic
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.hold_button import HoldButton
from ui.widgets.labels import Label
from ui.words import _, counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from soundscape.clinic.service import Clinic

ERASE_HOLD_S = Seconds(1.5)
FOREVER = "forever"
DAYS = (30, 365, 1095, 3650)


class PrivacyPage(SettingsPage):
    """How long visits, notes and sessions are kept; erasing by a hold; a backup by a touch.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(
            _("Privacy"),
            _(
                "Everything stays on this machine; nothing is sent. Names and what people typed "
                "are kept encrypted."
            ),
        )
        self._given = given
        self.kept: dict[str, Choices] = {}
        for what, (title, line) in _classes().items():
            choices = Choices(title, _options())
            choices.chosen.connect(lambda days, what=what: self._keep(what, days))
            self.kept[what] = choices
            self.add_card(title, choices, Label(line, Role.MUTED, wraps=True))
        self.due = Label("", Role.BODY, wraps=True)
        self.erase = HoldButton(_("Hold to erase"), given.clock, ERASE_HOLD_S)
        self.add_card(_("Kept for longer than that"), self.due).add_acts(self.erase)
        self.copies = Label("", Role.BODY, wraps=True)
        self.back_up = Button(_("Make a backup"), icon_name="save")
        self.add_card(_("Backups"), self.copies).add_acts(self.back_up)
        self.erase.held.connect(self._erase)
        self.back_up.clicked.connect(self._back_up)
        self._show({}, ())
        if has_records(given.folder):
            self._do(lambda _clinic: None, "")

    def _show(self, kept: dict[str, int | None], due: tuple[Any, ...]) -> None:
        for what, choices in self.kept.items():
            days = kept.get(what)
            choices.choose(FOREVER if days is None else str(days))
        self.due.setText(
            counted(
                "{count} record is to be erased.", "{count} records are to be erased.", len(due)
            )
            if due
            else _("Nothing is kept for longer.")
        )
        self.erase.setEnabled(bool(due))
        made = list(backups_in(self._given.folder))
        last = _("The last one is of {day}.").format(day=f"{max(made):%Y-%m-%d}") if made else ""
        self.copies.setText(last or _("There is no backup yet."))

    def _keep(self, what: str, days: str) -> None:
        actor, number = self._given.actor, None if days == FOREVER else int(days)

        def act(clinic: "Clinic") -> None:
            from soundscape.clinic.upkeep import Kept  # noqa: PLC0415 -- it takes a while to load

            clinic.upkeep.set_retention(actor, Kept(what), number)

        self._do(act, _("Kept."))

    def _erase(self) -> None:
        actor = self._given.actor
        self._do(lambda clinic: clinic.upkeep.erase_due(actor), _("Erased."))

    def _back_up(self) -> None:
        actor = self._given.actor
        self.back_up.setEnabled(False)
        self.say(_("One moment"))
        self._do(lambda clinic: clinic.backups.rotate(actor), _("The backup is made."))

    def _do(self, act: "Callable[[Clinic], Any]", said: str) -> None:
        """Do something to the records in the background, then show how they are kept."""

        def acted(clinic: "Clinic") -> tuple[dict[str, int | None], tuple[Any, ...]]:
            act(clinic)
            kept = {str(what): days for what, days in clinic.upkeep.retention().items()}
            return kept, clinic.upkeep.due()

        def show(found: tuple[dict[str, int | None], tuple[Any, ...]]) -> None:
            self.back_up.setEnabled(True)
            self._show(*found)
            self.say(said)

        self._given.jobs.run(
            with_clinic(self._given.folder, self._given.clock, acted), show, self._deny
        )

    def _deny(self, why: str) -> None:
        self.back_up.setEnabled(True)
        self.refuse(why)


def _options() -> dict[str, str]:
    titles = {
        30: _("30 days"),
        365: _("1 year"),
        1095: _("3 years"),
        3650: _("10 years"),
    }
    return {FOREVER: _("For ever")} | {str(days): titles[days] for days in DAYS}


def _classes() -> dict[str, tuple[str, str]]:
    return {
        "visits": (_("Visits"), _("Checklists, times, after-effects, discharge.")),
        "notes": (_("Notes"), _("Intentions and what people typed.")),
        "sessions": (_("Sessions"), _("What sounded when, and what was told to the session.")),
    }
