"""A visit from the start of its session to the patient's way home."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from playlists.routes import load_routes
from soundscape.clock import Clock
from ui.care.care import Care
from ui.care.cases import Case
from ui.care.gate_card import GateCard
from ui.care.going_home import GoingHome
from ui.care.notes_card import EffectsCard, NotesCard, SoundCard
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.widgets.page import Page
from ui.words import _

NARROW_PX = 1000


class RecoveryPage(Page):
    """Notes, after-effects, the gate, and what the patient takes home.

    Parameters
    ----------
    care : Care
        Keeps what is told.
    case : Case
        The visit.
    clock : Clock
        Measures holds.
    """

    left = pyqtSignal()

    def __init__(self, care: Care, case: Case, clock: Clock) -> None:
        super().__init__(_("Visit"))
        self._case = case
        self.gate = GateCard(care, clock)
        self.notes = NotesCard(care)
        self.effects = EffectsCard(care)
        self.sound = SoundCard(care)
        self.home = GoingHome(care)
        self.back = Button(_("Back"), icon_name="arrow-left")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out(case)
        self.back.clicked.connect(lambda _on=False: self.left.emit())
        care.ticked.connect(self.follow)
        self.show_case(case)

    @property
    def visit_id(self) -> str:
        """Which visit is shown."""
        return self._case.id

    def show_case(self, case: Case) -> None:
        """Show where a visit stands."""
        self._case = case
        for card in (self.gate, self.notes, self.effects, self.sound, self.home):
            card.show_case(case)

    def follow(self) -> None:
        """Look at the clock: the gate opens at its second."""
        if self.isVisible():
            for card in (self.gate, self.notes, self.effects):
                card.follow()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the columns under each other where it is narrow."""
        narrow = self.width() < NARROW_PX * self.font().pixelSize() / 18.0
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        super().resizeEvent(event)
        self.settle()

    def _lay_out(self, case: Case) -> None:
        outer = QVBoxLayout()
        self.lay_out_in(outer)
        outer.setContentsMargins(32, 22, 32, 26)
        outer.setSpacing(GAP_PX + 4)
        head = QHBoxLayout()
        head.setSpacing(GAP_PX)
        titles = QVBoxLayout()
        titles.addWidget(Label(case.visit.alias, Role.HEADING, wraps=True))
        route = load_routes()[case.visit.rules.route]
        titles.addWidget(Label(_("Recovery, {route}").format(route=_(route.title)), Role.MUTED))
        head.addLayout(titles, 1)
        head.addWidget(self.back)
        outer.addLayout(head)
        self._columns.setSpacing(GAP_PX + 4)
        sides: tuple[tuple[QWidget, ...], ...] = (
            (self.gate, self.effects, self.gate.override),
            (self.notes, self.sound, self.home),
        )
        for cards in sides:
            column = QVBoxLayout()
            column.setSpacing(GAP_PX + 4)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        outer.addLayout(self._columns)
        outer.addStretch(1)
