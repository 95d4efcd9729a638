"""The way out: how long since delivery ended, what is open still, and one button to hold."""

from PyQt6.QtWidgets import QHBoxLayout, QLineEdit

from soundscape.clock import Clock
from soundscape.units import Seconds
from soundscape.visit.checklist import Standing
from soundscape.visit.entries import EntryKind, Gate, Item
from soundscape.visit.gates import Open, discharge
from ui.care.care import Care
from ui.care.cases import Case
from ui.care.fields import line, show_text
from ui.care.item_row import Mark
from ui.care.override_card import OverrideCard
from ui.care.words import gate_text, left_text, passed_text
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.card import Card
from ui.widgets.hold_button import HoldButton
from ui.widgets.labels import Label
from ui.words import _

HOLD_S = Seconds(1.0)
_UNKNOWN = "\u2013"


class GateCard(Card):
    """Recovery's clock and discharge; live at the second, inert a second before.

    Parameters
    ----------
    care : Care
        Keeps what is told.
    clock : Clock
        Measures holds.
    """

    def __init__(self, care: Care, clock: Clock) -> None:
        super().__init__(_("Since delivery ended"), Role.SECTION)
        self._care = care
        self._case: Case | None = None
        self.since = Label(_UNKNOWN, Role.CLOCK)
        self.left = Label("", Role.BODY, wraps=True)
        self.marks = {gate: Mark(Role.BODY) for gate in Open}
        self.ended = Button(_("Delivery has ended"), icon_name="check")
        self.escort: QLineEdit = line(_("Who goes along"))
        self.here = Button(_("Is here"), icon_name="check")
        self.go = HoldButton(_("Hold to discharge"), clock, HOLD_S, kind=Kind.PRIMARY)
        self.override = OverrideCard(_("Hold to open discharge"), clock)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.escort, 1)
        row.addWidget(self.here)
        self.body.addWidget(self.since)
        self.body.addWidget(self.left)
        for gate, mark in self.marks.items():
            self.body.addWidget(mark)
            if gate is Open.DELIVERY:
                self.body.addWidget(self.ended)
        self.body.addLayout(row)
        self.body.addWidget(self.go)
        self.escort.textChanged.connect(lambda text: self.here.setEnabled(bool(text.strip())))
        self.here.clicked.connect(lambda _on=False: self._note_escort())
        self.here.setEnabled(False)
        self.ended.clicked.connect(lambda _on=False: self._note_end())
        self.override.overridden.connect(self._override)
        self.go.held.connect(self._discharge)

    def show_case(self, case: Case) -> None:
        """Show where a visit's discharge stands."""
        self._case = case
        expected = case.visit.answers.get(Item.ESCORT)
        show_text(self.escort, case.visit.escort_present or (expected.name if expected else ""))
        if self._care.signed is not None:
            self.override.know(self._care.signed.name)
        self.follow()

    def follow(self) -> None:
        """Look at the clock."""
        if self._case is None:
            return
        visit, at = self._case.visit, self._care.at
        if visit.discharged is not None:
            self._show_over()
            return
        found = discharge(visit, at)
        self.since.setText(_UNKNOWN if visit.ended is None else passed_text(at - visit.ended))
        self.left.setText(left_text(found.opens, found.left_s))
        self.left.setVisible(bool(self.left.text()))
        for gate, mark in self.marks.items():
            # Before delivery ends no time is counted, so none is over, whatever keeps the gate.
            is_open = gate in found.open or (gate is Open.TIME and found.opens is None)
            mark.say(Standing.UNMET if is_open else Standing.MET, gate_text(gate, is_open=is_open))
            mark.setVisible(gate is not Open.RIDE_SHARE or is_open)
        self.ended.setVisible(visit.ended is None and not self._care.is_live(self._case))
        self.go.setEnabled(found.live)
        said = ". ".join(gate_text(gate, is_open=True) for gate in found.open)
        self.override.show_open(found.open, f"{said}.")

    def _show_over(self) -> None:
        self.left.setText(_("Discharged."))
        self.left.show()
        self.ended.hide()
        self.go.setEnabled(False)
        self.here.setEnabled(False)
        self.override.show_open((), "")

    def _note_end(self) -> None:
        """Count from now: the sound was stopped before anybody told when delivery ended."""
        if self._case is not None:
            facts = {"anchor": str(self._case.visit.rules.end), "at": self._care.at.isoformat()}
            self._care.tell(self._case, EntryKind.ANCHOR, facts)

    def _note_escort(self) -> None:
        if self._case is not None:
            facts = {"name": self.escort.text().strip()}
            self._care.tell(self._case, EntryKind.ESCORT_PRESENT, facts)

    def _override(self, items: list[str], name: str, reason: str) -> None:
        if self._case is not None:
            facts = {"gate": str(Gate.DISCHARGE), "items": items, "name": name, "reason": reason}
            self._care.tell(self._case, EntryKind.OVERRIDE, facts)

    def _discharge(self) -> None:
        if self._case is not None:
            self._care.discharge(self._case)
