"""A gate opened all the same: by a named person, with a reason, on the record."""

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout

from soundscape.clock import Clock
from soundscape.units import Seconds
from ui.care.fields import line
from ui.theme import GAP_PX, Role
from ui.widgets.card import Card
from ui.widgets.hold_button import HoldButton
from ui.widgets.labels import Label
from ui.words import _

HOLD_S = Seconds(1.0)
_LONGEST_REASON_CHARS = 300


class OverrideCard(Card):
    """A name, a reason, and a button to hold; hidden while nothing is in the way.

    Parameters
    ----------
    text : str
        What the button does.
    clock : Clock
        Measures the hold.
    """

    overridden = pyqtSignal(list, str, str)
    """What is overridden, by whom, and why."""

    def __init__(self, text: str, clock: Clock) -> None:
        super().__init__(_("Go on all the same"), Role.SECTION)
        self._items: list[str] = []
        self.says = Label("", Role.BODY, wraps=True)
        self.name = line(_("Who decides"))
        self.reason = line(_("Why"), _LONGEST_REASON_CHARS)
        self.button = HoldButton(text, clock, HOLD_S)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.name, 2)
        row.addWidget(self.reason, 3)
        self.body.addWidget(self.says)
        self.body.addLayout(row)
        self.body.addWidget(self.button)
        for field in (self.name, self.reason):
            field.textChanged.connect(lambda _text: self._allow())
        self.button.held.connect(self._tell)
        self._allow()
        self.hide()

    def know(self, name: str) -> None:
        """Propose who decides."""
        if not self.name.text():
            self.name.setText(name)

    def show_open(self, items: Sequence[str], said: str) -> None:
        """Show what is in the way; hide where nothing is."""
        self._items = list(map(str, items))
        self.says.setText(said)
        self.setVisible(bool(items))

    def _allow(self) -> None:
        named = bool(self.name.text().strip()) and bool(self.reason.text().strip())
        self.button.setEnabled(named)

    def _tell(self) -> None:
        name, reason = self.name.text().strip(), self.reason.text().strip()
        self.reason.clear()
        self.overridden.emit(self._items, name, reason)
