"""The list before a session: the route's items by staff, beside what the machine sees itself."""

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout

from playlists.routes import load_routes
from soundscape.clock import Clock
from soundscape.session.preflight import Check
from soundscape.visit.checklist import Checklist, Standing
from soundscape.visit.entries import EntryKind, Gate, Item
from ui.care.care import Care
from ui.care.cases import Case
from ui.care.fields import field_for
from ui.care.item_row import ItemRow, Mark
from ui.care.override_card import OverrideCard
from ui.care.visit_page import VisitPage
from ui.care.words import items_text
from ui.sentences import check_text
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.page import empty
from ui.words import _, counted

_PREPARED = (Item.MEDICATIONS, Item.FOOD, Item.LIQUIDS, Item.ESCORT)
_AGREED = (Item.STORED, Item.CONSENT_MUSIC, Item.CONSENT_MASK, Item.CONSENT_LIGHTS, Item.INTENTION)
_LAST = (Item.CLOTHING, Item.HEADPHONES, Item.EYE_MASK, Item.CALL, Item.BLADDER)


class ChecklistPage(VisitPage):
    """The list of one visit; every touch is kept at once.

    Parameters
    ----------
    care : Care
        Keeps the answers.
    case : Case
        The visit.
    clock : Clock
        Measures holds.
    """

    new_asked = pyqtSignal()

    def __init__(self, care: Care, case: Case, clock: Clock) -> None:
        super().__init__(_("Checklist"), case)
        self._care = care
        self.rows = {item: ItemRow(field_for(item, lambda: care.at)) for item in Item}
        self.machine = QVBoxLayout()
        self.machine.setSpacing(GAP_PX)
        self.sum = Label("", Role.TITLE, wraps=True)
        self.override = OverrideCard(_("Hold to start without"), clock)
        self.new = Button(_("Another patient"), icon_name="plus")
        self.done = Button(_("Back to the start"), icon_name="arrow-left")
        self._lay_out()
        for item, row in self.rows.items():
            row.field.answered.connect(lambda facts, item=item: self._answer(item, facts))
        self.override.overridden.connect(self._override)
        self.done.clicked.connect(lambda _on=False: self.left.emit())
        self.new.clicked.connect(lambda _on=False: self.new_asked.emit())
        care.ticked.connect(self.follow)
        self.show_case(case)

    def show_case(self, case: Case) -> None:
        """Show a visit's answers as they are kept."""
        self._case = case
        for item, answer in case.visit.answers.items():
            self.rows[item].field.show_answer(answer)
        if self._care.signed is not None:
            self.override.know(self._care.signed.name)
        self._show_list()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show what the machine sees of itself."""
        empty(self.machine)
        for check in checks:
            self.machine.addWidget(_machine_row(check))

    def follow(self) -> None:
        """Look at the clock: items flip at their second."""
        if self.isVisible():
            self._show_list()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put a field under its name too where it is narrow."""
        for row in self.rows.values():
            row.fit(narrow=self.is_least)
        super().resizeEvent(event)

    def _show_list(self) -> None:
        found = self._care.list_of(self._case)
        for row in found.rows:
            self.rows[row.item].show_row(row)
        self.sum.setText(_sum_text(found))
        self.override.show_open(found.open, items_text(found.open))
        self.done.set_kind(Kind.PRIMARY if found.ready else Kind.QUIET)

    def _answer(self, item: Item, facts: dict[str, object]) -> None:
        self._care.tell(self._case, EntryKind.ANSWER, {"item": str(item), **facts})

    def _override(self, items: list[str], name: str, reason: str) -> None:
        facts = {"gate": str(Gate.START), "items": items, "name": name, "reason": reason}
        self._care.tell(self._case, EntryKind.OVERRIDE, facts)

    def _lay_out(self) -> None:
        route = load_routes()[self._case.visit.rules.route]
        line = _("Before the session, {route}").format(route=_(route.title))
        self.add_head(line, self.new, self.done)
        self.add_line(self.sum)
        prepared = self._card(_("Comes prepared"), _PREPARED)
        agrees = self._card(_("Agrees, each time anew"), _AGREED)
        last = self._card(_("Last of all"), _LAST)
        self.add_columns((prepared, agrees), (last, self._machine_card(), self.override))

    def _card(self, caption: str, items: Sequence[Item]) -> Card:
        card = Card(caption, Role.SECTION)
        for item in items:
            card.body.addWidget(self.rows[item])
        return card

    def _machine_card(self) -> Card:
        card = Card(_("The machine sees itself"), Role.SECTION)
        card.body.addLayout(self.machine)
        return card


def _machine_row(check: Check) -> Mark:
    mark = Mark()
    standing = Standing.MET if check.ok else Standing.WARN
    mark.say(standing, check_text(check))
    return mark


def _sum_text(found: Checklist) -> str:
    """Return in one line whether a session may start."""
    if found.open:
        return counted("{count} thing is open", "{count} things are open", len(found.open))
    overridden = [row for row in found.rows if row.covered and row.standing is Standing.UNMET]
    if overridden:
        return _("Ready by an override: {items}").format(
            items=items_text(row.item for row in overridden)
        )
    return _("Ready")
