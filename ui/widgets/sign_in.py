"""Who it is: a name, then a PIN."""

from typing import Protocol

from PyQt6.QtCore import Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QVBoxLayout

from ui.theme import GAP_PX, Role, text_scale
from ui.widgets.card import Card
from ui.widgets.card_page import READING_PX, SIDE_PX
from ui.widgets.choices import Choices
from ui.widgets.labels import Label
from ui.widgets.page import Page
from ui.widgets.pin_keys import PinKeys
from ui.words import _

NARROW_PX = 900
MOST_BELOW = 6
"""So many names stand below each other beside the keys; more stand in two columns."""


class Entrance(Protocol):
    """What knows the names and checks the PIN."""

    names: tuple[str, ...]

    @property
    def changed(self) -> pyqtBoundSignal:
        """Comes when other names may sign in."""

    @property
    def denied(self) -> pyqtBoundSignal:
        """Carries why a PIN was not taken."""

    def touch(self) -> None:
        """Take notice that somebody is there."""

    def sign_in(self, name: str, pin: str) -> None:
        """Let somebody in, in the background."""


class SignInPage(Page):
    """Names to choose from, and keys; one name alone is chosen already.

    Parameters
    ----------
    entrance : Entrance
        Knows the names and checks the PIN.
    """

    left = pyqtSignal()

    def __init__(self, entrance: Entrance) -> None:
        super().__init__(_("Sign in"))
        self._entrance = entrance
        self._shown: tuple[str, ...] = ()
        self.names: Choices | None = None
        self.keys = PinKeys(_("Your PIN"))
        self._place = QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._outer = QVBoxLayout()
        self._lay_out()
        self.keys.left.connect(self.left)
        self.keys.entered.connect(self._enter)
        self.keys.touched.connect(entrance.touch)
        entrance.denied.connect(self.keys.forget)
        entrance.changed.connect(self.show_names)
        self.show_names()

    def show_names(self) -> None:
        """Show who may sign in; forget what was typed."""
        self.keys.forget(_("Your PIN"))
        if self._entrance.names == self._shown:
            return
        self._shown = self._entrance.names
        if self.names is not None:
            self.names.hide()
            self.names.deleteLater()
        columns = 1 if len(self._shown) <= MOST_BELOW else 2
        self.names = Choices(_("Name"), {n: n for n in self._shown}, columns=columns)
        self._place.addWidget(self.names)
        if len(self._shown) == 1:
            self.names.choose(self._shown[0])

    def _lay_out(self) -> None:
        self.lay_out_in(self._outer)
        self._outer.setSpacing(GAP_PX + 4)
        people = Card()
        people.body.addLayout(self._place)
        people.body.addStretch(1)
        numbers = Card()
        numbers.body.addWidget(self.keys)
        self._columns.setSpacing(GAP_PX + 4)
        self._columns.addWidget(people, 3)
        self._columns.addWidget(numbers, 2)
        self._outer.addStretch(1)
        self._outer.addWidget(Label(_("Who works here?"), Role.HEADING, wraps=True))
        self._outer.addLayout(self._columns)
        self._outer.addStretch(1)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand in the middle; put the keys under the names where it is narrow."""
        scale = text_scale(self.font())
        narrow = self.width() < NARROW_PX * scale
        side_px = max(SIDE_PX, round(self.width() - READING_PX * scale) // 2)
        self._outer.setContentsMargins(side_px, 26, side_px, 28)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        super().resizeEvent(event)
        self.settle()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take digits from a keyboard as from the keys."""
        if event is not None and event.text().isdecimal() and event.text() in self.keys.keys:
            self.keys.press(event.text())
        elif event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.keys.press(">")
        else:
            super().keyPressEvent(event)

    def _enter(self, pin: str) -> None:
        name = self.names.value() if self.names is not None else ""
        if not name:
            self.keys.forget(_("Choose your name first"))
            return
        self.keys.forget(_("One moment"))
        self._entrance.sign_in(name, pin)
