"""Who it is: a name, then a PIN."""

from typing import Protocol

from PyQt6.QtCore import Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QVBoxLayout

from ui.theme import GAP_PX, Role
from ui.widgets.card import Card
from ui.widgets.choices import Choices
from ui.widgets.labels import Label
from ui.widgets.page import Page
from ui.widgets.pin_keys import PinKeys
from ui.words import _

NARROW_PX = 900


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
        outer = QVBoxLayout()
        self.lay_out_in(outer)
        outer.setContentsMargins(32, 26, 32, 28)
        outer.setSpacing(GAP_PX + 4)
        outer.addWidget(Label(_("Who works here?"), Role.HEADING, wraps=True))
        people = Card()
        people.body.addLayout(self._place)
        people.body.addStretch(1)
        numbers = Card()
        numbers.body.addWidget(self.keys)
        numbers.body.addStretch(1)
        self._columns.setSpacing(GAP_PX + 4)
        self._columns.addWidget(people, 3)
        self._columns.addWidget(numbers, 2)
        outer.addLayout(self._columns)
        outer.addStretch(1)
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
        self.names = Choices(_("Name"), {name: name for name in self._shown})
        self._place.addWidget(self.names)
        if len(self._shown) == 1:
            self.names.choose(self._shown[0])

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the keys under the names where it is narrow."""
        narrow = self.width() < NARROW_PX * self.font().pixelSize() / 18.0
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
