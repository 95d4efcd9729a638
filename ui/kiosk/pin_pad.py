"""The way out for staff: large keys, over the patient's screen."""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QVBoxLayout

from ui.kiosk.staff_door import StaffDoor
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.words import _

IDLE_MS = 15_000
LONGEST_PIN_CHARS = 12


class PinPad(Card):
    """Takes a PIN; goes away by itself when nobody touches it.

    Parameters
    ----------
    lock : StaffDoor
        Says whether a PIN opens.
    """

    opened = pyqtSignal()

    def __init__(self, lock: StaffDoor) -> None:
        super().__init__()
        self._lock = lock
        self._pin = ""
        self._title = Label(_("Staff only"), Role.TITLE)
        self._dots = Label("", Role.TITLE)
        self.keys: dict[str, Button] = {}
        for label in (self._title, self._dots):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout()
        column.addWidget(self._title)
        column.addWidget(self._dots)
        column.addLayout(self._key_grid())
        self.body.addLayout(column)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.put_away)
        self.hide()

    def ask(self) -> None:
        """Show the keys."""
        self._forget(_("Staff only"))
        self.adjustSize()
        self.show()
        self.raise_()
        self._idle.start()

    def put_away(self) -> None:
        """Hide, and forget what was typed."""
        self._idle.stop()
        self._forget(_("Staff only"))
        self.hide()

    def _key_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, key in enumerate("123456789<0>"):
            names = {"<": _("Leave"), ">": _("Open")}
            icons = {"<": "x", ">": "check"}
            icon_name = icons.get(key, "")
            text = "" if icon_name else key
            button = Button(text, icon_name=icon_name, name=names.get(key, key))
            button.setProperty("key", "true")
            button.clicked.connect(lambda _on=False, key=key: self._press(key))
            grid.addWidget(button, place // 3, place % 3)
            self.keys[key] = button
        return grid

    def _press(self, key: str) -> None:
        self._idle.start()
        if key == "<":
            self.put_away()
        elif key == ">":
            self._try()
        elif len(self._pin) < LONGEST_PIN_CHARS:
            self._pin += key
            self._dots.setText("\u2022 " * len(self._pin))

    def _try(self) -> None:
        if self._lock.opens(self._pin):
            self.put_away()
            self.opened.emit()
            return
        self._forget(_("Please wait a little") if self._lock.waits else _("Not this one"))

    def _forget(self, title: str) -> None:
        self._pin = ""
        self._dots.setText("")
        self._title.setText(title)
