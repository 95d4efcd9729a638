"""A session that was cut off: the desk says where, and staff say what becomes of it."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout

from soundscape.clock import Clock
from soundscape.units import Seconds
from ui.sentences import translated
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Kind
from ui.widgets.card import Card
from ui.widgets.hold_button import HoldButton
from ui.widgets.labels import Label
from ui.words import _

HOLD_S = Seconds(1.0)


class InterruptedCard(Card):
    """Two buttons to hold; hidden while no session was cut off.

    Parameters
    ----------
    clock : Clock
        Measures the holds.
    """

    resumed = pyqtSignal()
    ended = pyqtSignal()

    def __init__(self, clock: Clock) -> None:
        super().__init__(_("A session was cut off"))
        self.said = Label("", Role.BODY, wraps=True)
        self.resume = HoldButton(_("Hold to resume"), clock, HOLD_S, kind=Kind.PRIMARY)
        self.end = HoldButton(_("Hold to end it"), clock, HOLD_S)
        self.resume.held.connect(self.resumed)
        self.end.held.connect(self.ended)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_PX)
        buttons.addWidget(self.resume)
        buttons.addWidget(self.end)
        self.body.addWidget(self.said)
        self.body.addLayout(buttons)
        self.hide()

    def show_session(self, sentence: str) -> None:
        """Say which session it was and what is heard of it; an empty sentence hides the card."""
        self.said.setText(translated(sentence))
        self.setVisible(bool(sentence))

    def allow(self, *, allowed: bool) -> None:
        """Let the buttons be held, or not."""
        self.resume.setEnabled(allowed)
        self.end.setEnabled(allowed)
