"""A visit from the start of its session to the patient's way home."""

from playlists.routes import load_routes
from soundscape.clock import Clock
from ui.care.care import Care
from ui.care.cases import Case
from ui.care.gate_card import GateCard
from ui.care.going_home import GoingHome
from ui.care.notes_card import EffectsCard, NotesCard, SoundCard
from ui.care.visit_page import VisitPage
from ui.widgets.buttons import Button
from ui.words import _


class RecoveryPage(VisitPage):
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

    def __init__(self, care: Care, case: Case, clock: Clock) -> None:
        super().__init__(_("Visit"), case)
        self.gate = GateCard(care, clock)
        self.notes = NotesCard(care)
        self.effects = EffectsCard(care)
        self.sound = SoundCard(care)
        self.home = GoingHome(care)
        self.back = Button(_("Back"), icon_name="arrow-left")
        route = load_routes()[case.visit.rules.route]
        self.add_head(_("Recovery, {route}").format(route=_(route.title)), self.back)
        self.add_columns(
            (self.gate, self.effects, self.gate.override), (self.notes, self.sound, self.home)
        )
        self.back.clicked.connect(lambda _on=False: self.left.emit())
        care.ticked.connect(self.follow)
        self.show_case(case)

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
