"""A patient's visit is opened: by an alias, never a name, and for the treatment chosen."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout

from playlists.routes import load_routes
from ui.care.care import Care
from ui.care.fields import line
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.page import Page
from ui.words import _

_LONGEST_ALIAS_CHARS = 40


class OpeningPage(Page):
    """Asks what the patient is called here; a proposal stands there already.

    Parameters
    ----------
    care : Care
        Opens the visit.
    """

    left = pyqtSignal()

    def __init__(self, care: Care) -> None:
        super().__init__(_("New visit"))
        self._care = care
        self._route = ""
        self.alias = line(_("What the patient is called here"), _LONGEST_ALIAS_CHARS)
        self.treatment = Label("", Role.BODY, wraps=True)
        self.open = Button(_("Open the checklist"), Kind.PRIMARY)
        self.back = Button(_("Back"), icon_name="x")
        outer = QVBoxLayout()
        self.lay_out_in(outer)
        outer.setContentsMargins(32, 26, 32, 28)
        outer.setSpacing(GAP_PX + 4)
        outer.addWidget(Label(_("New visit"), Role.HEADING, wraps=True))
        card = Card()
        hint = _("A code or initials, no full name. It is kept encrypted.")
        card.body.addWidget(self.treatment)
        card.body.addWidget(self.alias)
        card.body.addWidget(Label(hint, Role.MUTED, wraps=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_PX)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.open)
        card.body.addLayout(buttons)
        outer.addWidget(card)
        outer.addStretch(1)
        self.alias.textChanged.connect(lambda text: self.open.setEnabled(bool(text.strip())))
        self.open.clicked.connect(lambda _on=False: self._open())
        self.back.clicked.connect(lambda _on=False: self.left.emit())

    def ask(self, route: str) -> None:
        """Ask for a visit on a route."""
        self._route = route
        self.treatment.setText(_(load_routes()[route].title))
        now = self._care.at.astimezone()
        self.alias.setText(_("Visit {time}").format(time=f"{now:%d.%m. %H:%M}"))

    def _open(self) -> None:
        self._care.open_visit(self.alias.text(), self._route)
