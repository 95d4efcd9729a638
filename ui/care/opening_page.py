"""A patient's visit is opened: by an alias, never a name, and for the treatment chosen."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout

from playlists.routes import load_routes
from ui.care.care import Care
from ui.care.fields import line
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.card_page import CardPage
from ui.widgets.labels import Label
from ui.words import _, day_of

_LONGEST_ALIAS_CHARS = 40


class OpeningPage(CardPage):
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
        self.treatment = Label("", Role.SECTION, wraps=True)
        self.open = Button(_("Open the checklist"), Kind.PRIMARY)
        self.back = Button(_("Back"), icon_name="arrow-left")
        hint = _("A code or initials, no full name. It is kept encrypted.")
        card = self.add_card("", self.treatment, self.alias, Label(hint, Role.MUTED, wraps=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_PX)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.open)
        card.body.addLayout(buttons)
        self.alias.textChanged.connect(lambda text: self.open.setEnabled(bool(text.strip())))
        self.open.take_double_as_one()  # else a visit of nobody is opened, too
        self.open.clicked.connect(lambda _on=False: self._open())
        self.back.clicked.connect(lambda _on=False: self.left.emit())

    def ask(self, route: str) -> None:
        """Ask for a visit on a route."""
        self._route = route
        self.treatment.setText(_(load_routes()[route].title))
        now = self._care.at.astimezone()
        self.alias.setText(_("Visit {time}").format(time=f"{day_of(now)} {now:%H:%M}"))

    def _open(self) -> None:
        self._care.open_visit(self.alias.text(), self._route)
