"""What each item of the checklist is answered with: ticks, steppers, and the few names."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from soundscape.visit.entries import LONGEST_TEXT_CHARS, Escort, Intention, Item
from soundscape.visit.state import Answer
from ui.care.moments import DAYS, HOURS, MINUTES, MomentField, Reach
from ui.care.words import escorts, intentions, item_title, masks
from ui.theme import GAP_PX
from ui.widgets import fields
from ui.widgets.choices import Choices, TickButton
from ui.widgets.even_flow import EvenFlow
from ui.widgets.fields import LONGEST_NAME_CHARS
from ui.words import _

Now = Callable[[], datetime]


class Field(QWidget):
    """The answer to one item.

    Parameters
    ----------
    item : Item
        Which.
    """

    answered = pyqtSignal(dict)
    """The answer's facts, once it is complete."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP_PX)

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        raise NotImplementedError


class DoneField(Field):
    """A tick that something was done."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.done = TickButton(_("Done"))
        self.done.setAccessibleName(f"{item_title(item)}: {self.done.text()}")
        self.done.clicked.connect(lambda on: self.answered.emit({"yes": on}))
        self.column.addWidget(self.done)

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        self.done.setChecked(answer.yes)


class YesNoField(Field):
    """Yes or no; no is an answer."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.choice = Choices(item_title(item), {"yes": _("Yes"), "no": _("No")})
        self.choice.chosen.connect(lambda said: self.answered.emit({"yes": said == "yes"}))
        self.column.addWidget(self.choice)

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        self.choice.choose("yes" if answer.yes else "no")


class MaskField(Field):
    """What became of the eye mask."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.choice = Choices(item_title(item), masks())
        self.choice.chosen.connect(lambda said: self.answered.emit({"choice": said}))
        self.column.addWidget(self.choice)

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        self.choice.choose(str(answer.choice))


class WhenField(Field):
    """When something was last done."""

    def __init__(self, item: Item, reach: Reach, now: Now) -> None:
        super().__init__(item)
        self.moment = MomentField(item_title(item), reach, now)
        self.moment.settled.connect(lambda at: self.answered.emit({"at": at.isoformat()}))
        self.column.addWidget(self.moment)

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        self.moment.show_moment(answer.at)


class ReviewField(Field):
    """With whom the medications were reviewed, and when."""

    def __init__(self, item: Item, now: Now) -> None:
        super().__init__(item)
        self.name = line(_("Prescriber's name"))
        self.moment = MomentField(item_title(item), DAYS, now)
        self.name.editingFinished.connect(self._tell)
        self.moment.settled.connect(lambda _at: self._tell())
        self.column.addWidget(self.name)
        self.column.addWidget(self.moment)
        self._said: dict[str, Any] = {}

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        show_text(self.name, answer.name)
        self.moment.show_moment(answer.at)

    def _tell(self) -> None:
        at, name = self.moment.value(), self.name.text().strip()
        if at is None or not name:
            return
        self._said = tell_once(self, {"name": name, "at": at.isoformat()}, self._said)


class IntentionField(Field):
    """Whether the intention is told, and if so in which words."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.choice = Choices(item_title(item), intentions())
        self.text = line(_("In the patient's own words; may stay empty"), LONGEST_TEXT_CHARS)
        self.text.hide()
        self.choice.chosen.connect(self._choose)
        self.text.editingFinished.connect(self._tell)
        self.column.addWidget(self.choice)
        self.column.addWidget(self.text)
        self._said: dict[str, Any] = {}

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        self.choice.choose(str(answer.choice))
        self.text.setVisible(answer.choice is Intention.SHARED)
        show_text(self.text, answer.text)

    def _choose(self, said: str) -> None:
        is_shared = said == Intention.SHARED
        self.text.setVisible(is_shared)
        if not is_shared:
            self.text.clear()
        self._tell()

    def _tell(self) -> None:
        text = self.text.text().strip()
        facts = {"choice": self.choice.value()} | ({"text": text} if text else {})
        self._said = tell_once(self, facts, self._said)


class EscortField(Field):
    """Who goes along, how they are reached, and how they travel."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.choice = Choices(item_title(item), escorts())
        self.name = line(_("Name"))
        self.phone = line(_("Phone"))
        self.extended = TickButton(_("Observed longer"))
        self.extended.hide()
        names = EvenFlow(GAP_PX)  # a phone number is seen whole
        names.addWidget(self.name)
        names.addWidget(self.phone)
        self.column.addWidget(self.choice)
        self.column.addWidget(self.extended)
        self.column.addLayout(names)
        self.choice.chosen.connect(self._choose)
        self.extended.clicked.connect(lambda _on: self._tell())
        for text in (self.name, self.phone):
            text.editingFinished.connect(self._tell)
        self._said: dict[str, Any] = {}

    def show_answer(self, answer: Answer) -> None:
        """Show the answer that is kept."""
        self.choice.choose(str(answer.choice))
        self.extended.setVisible(answer.choice is Escort.RIDE_SHARE)
        self.extended.setChecked(answer.extended)
        show_text(self.name, answer.name)
        show_text(self.phone, answer.phone)

    def _choose(self, said: str) -> None:
        self.extended.setVisible(said == Escort.RIDE_SHARE)
        self._tell()

    def _tell(self) -> None:
        choice, name, phone = self.choice.value(), self.name.text(), self.phone.text()
        if not (choice and name.strip() and phone.strip()):
            return
        facts: dict[str, Any] = {
            "choice": choice, "name": name.strip(), "phone": phone.strip()
        }  # fmt: skip
        if choice == Escort.RIDE_SHARE:
            facts["extended"] = self.extended.isChecked()
        self._said = tell_once(self, facts, self._said)


def line(name: str, longest_chars: int = LONGEST_NAME_CHARS) -> QLineEdit:
    """Return a line to type in that says itself what belongs there."""
    made = fields.line(name, longest_chars)
    made.setPlaceholderText(name)
    return made


def show_text(field: QLineEdit, text: str) -> None:
    """Show a text that is kept, unless somebody is typing another."""
    if not field.hasFocus() and text:
        field.setText(text)


def tell_once(field: Field, facts: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Tell an answer unless it is the one that was told last; return it."""
    if facts != said:
        field.answered.emit(facts)
    return facts


def field_for(item: Item, now: Now) -> Field:
    """Return what an item is answered with."""
    if item is Item.MEDICATIONS:
        return ReviewField(item, now)
    if item in _REACHES:
        return WhenField(item, _REACHES[item], now)
    return _FIELDS[item](item)


_REACHES: Mapping[Item, Reach] = {Item.FOOD: HOURS, Item.LIQUIDS: HOURS, Item.BLADDER: MINUTES}
_FIELDS: Mapping[Item, Callable[[Item], Field]] = {
    Item.ESCORT: EscortField,
    Item.STORED: DoneField,
    Item.CONSENT_MUSIC: YesNoField,
    Item.CONSENT_MASK: YesNoField,
    Item.CONSENT_LIGHTS: YesNoField,
    Item.INTENTION: IntentionField,
    Item.CLOTHING: DoneField,
    Item.HEADPHONES: DoneField,
    Item.EYE_MASK: MaskField,
    Item.CALL: DoneField,
}
