"""The way out for staff: large keys, over the patient's screen."""

from PyQt6.QtCore import QTimer, pyqtSignal

from ui.kiosk.staff_door import StaffDoor
from ui.theme import Color
from ui.widgets.card import Card
from ui.widgets.pin_keys import PinKeys
from ui.words import _

IDLE_MS = 15_000
_DARK = f"QFrame, QPushButton {{ background: {Color.NIGHT}; color: {Color.MUTED}; }}"
"""It lies on a dark screen, beside somebody who may have opened their eyes."""


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
        self._keys = PinKeys(_("Staff only"))
        self.keys = self._keys.keys
        self.body.addWidget(self._keys)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.put_away)
        self._keys.touched.connect(self._idle.start)
        self._keys.entered.connect(self._try)
        self._keys.left.connect(self.put_away)
        self.setStyleSheet(_DARK)
        self.hide()

    def ask(self) -> None:
        """Show the keys."""
        self._keys.forget(_("Staff only"))
        self.adjustSize()
        self.show()
        self.raise_()
        self._idle.start()

    def put_away(self) -> None:
        """Hide, and forget what was typed."""
        self._idle.stop()
        self._keys.forget(_("Staff only"))
        self.hide()

    def _try(self, pin: str) -> None:
        if self._lock.opens(pin):
            self.put_away()
            self.opened.emit()
            return
        why = _("Please wait a little") if self._lock.waits else _("Not this one")
        self._keys.forget(why)
