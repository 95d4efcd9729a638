"""What staff note of a visit: vital signs and notes that are typed, after-effects by a touch."""

from collections.abc import Callable

from PyQt6.QtWidgets import QHBoxLayout, QLineEdit

from soundscape.visit.entries import Effect, EntryKind
from soundscape.visit.gates import still_noted
from ui.care.care import Care
from ui.care.cases import Case
from ui.care.fields import line
from ui.care.words import effect_title, likings, severities, vitals_text
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choices import Choices
from ui.widgets.fields import captioned
from ui.widgets.labels import Label
from ui.words import _

LONGEST_NOTE_CHARS = 1000
TAKEN = "taken"
"""What is noted where vital signs were taken and their values stand elsewhere."""


class NotesCard(Card):
    """Vital signs, as they are due, and notes; no value is read or judged.

    Parameters
    ----------
    care : Care
        Keeps what is typed.
    """

    def __init__(self, care: Care) -> None:
        super().__init__(_("Notes"), Role.SECTION)
        self._care = care
        self._case: Case | None = None
        self.due = Label("", Role.BODY, wraps=True)
        self.values = line(_("Vital signs, as you read them"), LONGEST_NOTE_CHARS)
        self.keep_values = Button(_("Keep"))
        self.taken = Button(_("Taken"), icon_name="check")
        self.note = line(_("A note"), LONGEST_NOTE_CHARS)
        self.keep_note = Button(_("Keep"))
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.due, 1)
        row.addWidget(self.taken)
        self.body.addLayout(row)
        self._add_line(self.values, self.keep_values, EntryKind.VITALS)
        self._add_line(self.note, self.keep_note, EntryKind.NOTE)
        self.taken.take_double_as_one()
        self.taken.clicked.connect(lambda _on=False: self._keep(EntryKind.VITALS, TAKEN))

    def show_case(self, case: Case) -> None:
        """Note things of this visit."""
        self._case = case
        is_over = case.visit.discharged is not None
        for part in (self.values, self.taken):
            part.setEnabled(not is_over)
        self.follow()

    def follow(self) -> None:
        """Look at the clock."""
        if self._case is not None:
            prompt = self._care.prompt(self._case) if not self._case.visit.discharged else None
            self.due.setText(vitals_text(prompt, self._care.at) or _("Vital signs"))

    def _add_line(self, field: QLineEdit, button: Button, kind: EntryKind) -> None:
        button.setEnabled(False)
        button.setAccessibleName(f"{field.accessibleName()}: {button.text()}")
        field.textChanged.connect(lambda text: button.setEnabled(bool(text.strip())))
        keep: Callable[[], None] = lambda: self._keep(kind, field.text().strip(), field.clear)  # noqa: E731
        field.returnPressed.connect(keep)
        button.take_double_as_one()
        button.clicked.connect(lambda _on=False: keep())
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(field, 1)
        row.addWidget(button)
        self.body.addLayout(row)

    def _keep(self, kind: EntryKind, text: str, done: Callable[[], None] | None = None) -> None:
        if self._case is not None and text:
            self._care.keep(self._case, kind, text, done)


class EffectsCard(Card):
    """After-effects, each noted with how much of it there is, by one touch.

    Parameters
    ----------
    care : Care
        Keeps what is told.
    """

    def __init__(self, care: Care) -> None:
        super().__init__(_("After-effects"), Role.SECTION)
        self._care = care
        self._case: Case | None = None
        self.still = Label("", Role.BODY, wraps=True)
        self.choices = {effect: Choices(effect_title(effect), severities()) for effect in Effect}
        for effect, choice in self.choices.items():
            choice.chosen.connect(lambda said, effect=effect: self._note(effect, said))
            self.body.addWidget(captioned(choice))
        self.body.addWidget(self.still)

    def show_case(self, case: Case) -> None:
        """Show what was noted last."""
        self._case = case
        for noted in case.visit.effects:
            self.choices[noted.effect].choose(str(noted.severity))
        self.follow()

    def follow(self) -> None:
        """Say what is still noted when it would usually have passed: that decides nothing."""
        if self._case is None:
            return
        found = still_noted(self._case.visit, self._care.at)
        named = ", ".join(effect_title(noted.effect) for noted in found)
        said = _("Still noted after the hour: {effects}. The clinician decides.")
        self.still.setText(said.format(effects=named) if named else "")
        self.still.setVisible(bool(named))

    def _note(self, effect: Effect, severity: str) -> None:
        if self._case is not None:
            facts = {"effect": str(effect), "severity": severity}
            self._care.tell(self._case, EntryKind.EFFECT, facts)


class SoundCard(Card):
    """How the patient found the sound: one touch, asked after it is over, or left out.

    Parameters
    ----------
    care : Care
        Keeps what is told.
    """

    def __init__(self, care: Care) -> None:
        super().__init__(_("How was the sound? May be left out"), Role.SECTION)
        self._care = care
        self._case: Case | None = None
        self.liked = Choices(_("How was the sound?"), likings())
        self.liked.chosen.connect(self._note)
        self.body.addWidget(self.liked)

    def show_case(self, case: Case) -> None:
        """Show what was said."""
        self._case = case
        if case.visit.sound is not None:
            self.liked.choose(str(case.visit.sound))

    def _note(self, said: str) -> None:
        if self._case is not None:
            self._care.tell(self._case, EntryKind.SOUND, {"liked": said})
