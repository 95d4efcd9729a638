"""A moment of the past set by two large buttons: for gloves, and for those who do not type."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from ui.care.words import day_text, moment_text
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.even_flow import EvenFlow
from ui.widgets.labels import Label
from ui.words import _

SETTLED_MS = 900
"""So long after the last press a moment counts as set: each is in the record for good."""

REPEAT_MS = 60
HOURS = (timedelta(minutes=15), timedelta(hours=24))
MINUTES = (timedelta(minutes=5), timedelta(hours=3))
DAYS = (timedelta(days=1), timedelta(days=60))
"""The step of a press, and how far back the buttons go."""

Reach = tuple[timedelta, timedelta]


class MomentField(QWidget):
    """A moment between two buttons, with a third that says it is now.

    Parameters
    ----------
    name : str
        What happened then, for screen readers.
    reach : Reach
        ``HOURS``, ``MINUTES`` or ``DAYS``.
    now : Callable[[], datetime]
        Tells the moment, in UTC.
    """

    settled = pyqtSignal(object)
    """A ``datetime`` in UTC, once nobody has pressed for a while."""

    def __init__(self, name: str, reach: Reach, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._name, self._now = name, now
        self._step, self._longest = reach
        self._at: datetime | None = None
        self.earlier = Button("", icon_name="minus", name=_("{name}: earlier").format(name=name))
        self.later = Button("", icon_name="plus", name=_("{name}: later").format(name=name))
        self.present = Button(_("Today") if reach is DAYS else _("Now"))
        self.present.setAccessibleName(f"{name}: {self.present.text()}")
        self.shown = Label(_("Not set"), Role.BODY, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.shown)
        row = EvenFlow(GAP_PX)
        for button, steps in ((self.earlier, -1), (self.later, 1)):
            button.setAutoRepeat(True)
            button.setAutoRepeatInterval(REPEAT_MS)
            button.clicked.connect(lambda _on=False, steps=steps: self.move_by(steps))
        self.present.clicked.connect(lambda _on=False: self._set(self._now()))
        for button in (self.earlier, self.later, self.present):
            button.setProperty("action", "true")  # narrow
            row.addWidget(button)
        column.addLayout(row)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self.settle)

    def value(self) -> datetime | None:
        """Return the moment, in UTC; None while it is not set."""
        return self._at

    def show_moment(self, at: datetime | None) -> None:
        """Show a moment that is known, unless another is being set."""
        if not self._settling.isActive() and at is not None:
            self._at = at
            self._show()

    def move_by(self, steps: int) -> None:
        """Set the moment earlier or later; the first press begins at the last full step."""
        now = self._now()
        full = datetime.min.replace(tzinfo=UTC)
        begun = self._at or now - (now - full) % min(self._step, HOURS[0])
        first = self._at is None and steps > 0
        self._set(begun if first else begun + steps * self._step)

    def settle(self) -> None:
        """Tell the moment now, without waiting for more presses."""
        self._settling.stop()
        if self._at is not None:
            self.settled.emit(self._at)

    def _set(self, at: datetime) -> None:
        now = self._now()
        self._at = min(max(at, now - self._longest), now)
        self._show()
        self._settling.start()

    def _show(self) -> None:
        if self._at is None:
            return
        local, now = self._at.astimezone(), self._now().astimezone()
        by_days = self._step >= DAYS[0]
        text = day_text(local, now) if by_days else moment_text(local, now)
        self.shown.setText(text)
        self.shown.setAccessibleName(f"{self._name}: {text}")
