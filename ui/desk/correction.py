"""Corrects when the treatment was: an anchor is often touched some minutes late."""

from datetime import datetime, timedelta

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soundscape.clock import Clock
from soundscape.session.events import AGO, AGO_RANGE_MIN, Kind
from ui.bridge import Status
from ui.desk.readings import earlier_text, event_title
from ui.theme import GAP_PX, Role, tabular
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.words import _

CORRECT = str(Kind.CORRECT)
SHOWN_FOR_S = 300.0
"""After the touch; later than that nothing is corrected by the way."""

LEAST_WIDTH_PX = 88
REST_MS = 1200
"""Touches closer than this to each other are one correction."""


class Correction(QWidget):
    """Says what was touched last and when it was, with two buttons that move it by a minute.

    Parameters
    ----------
    clock : Clock
        Tells the wall time.
    """

    asked = pyqtSignal(str, dict)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._touched: Status | None = None
        self._passed_s = 0.0
        self._wanted_min: float | None = None
        self.says = Label("", Role.BODY)
        self.by = Label("", Role.MUTED)
        self.says.setFont(tabular(self.says.font()))
        self.earlier = Button(_("\u22121 min"), name=_("One minute earlier"))
        self.later = Button(_("+1 min"), name=_("One minute later"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.says, self.by):
            words.addWidget(label)
        row.addLayout(words, 1)
        for button, by_min in ((self.earlier, 1.0), (self.later, -1.0)):
            button.setProperty("action", "true")  # narrow
            button.setMinimumWidth(LEAST_WIDTH_PX)
            button.clicked.connect(lambda _on=False, by_min=by_min: self._move(by_min))
            row.addWidget(button)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.tell)
        self.hide()

    def show_status(self, status: Status) -> None:
        """Show the anchor that was touched last, while it can be corrected."""
        touched = status["last_anchor"] if CORRECT in status["can"] else None
        if touched is None:
            self.show_lost()
            return
        before, self._touched = self._touched, touched
        self._passed_s = float(status["t_s"]) - float(touched["touched_s"])
        is_other = before is None or before["touched_s"] != touched["touched_s"]
        if is_other or touched["ago_min"] == self._wanted_min:
            self.forget()
        is_fresh = self._passed_s < SHOWN_FOR_S or self._wanted_min is not None
        self.setVisible(is_fresh and status["call"]["state"] != "sent")  # a call comes first
        self._show()

    def show_lost(self) -> None:
        """Offer nothing, because nobody would hear it."""
        self.forget()
        self._touched = None
        self.hide()

    def forget(self) -> None:
        """Show what the session says, not what was last wished."""
        self._rest.stop()
        self._wanted_min = None

    def tell(self) -> None:
        """Tell the session what was set."""
        if self._touched is not None and self._wanted_min is not None:
            facts = {"anchor": self._touched["anchor"], AGO: self._wanted_min}
            self.asked.emit(CORRECT, facts)

    def _move(self, by_min: float) -> None:
        low, high = AGO_RANGE_MIN
        self._wanted_min = min(max(self._ago_min() + by_min, low), high)
        self._rest.start()
        self._show()

    def _ago_min(self) -> float:
        """Return by how much earlier it was, as it is wished or else as the session has it."""
        if self._wanted_min is not None:
            return self._wanted_min
        return 0.0 if self._touched is None else float(self._touched[AGO])

    def _show(self) -> None:
        if self._touched is None:
            return
        ago_min = self._ago_min()
        now = datetime.fromisoformat(self._clock.wall_time()).astimezone()
        at = now - timedelta(seconds=self._passed_s + 60.0 * ago_min)
        self.says.setText(f"{event_title(str(self._touched['event']))} {at:%H:%M}")
        self.by.setText(earlier_text(ago_min))
        self.by.setVisible(ago_min > 0.0)
        low, high = AGO_RANGE_MIN
        begun_min = float(self._touched["touched_s"]) / 60.0
        self.earlier.setEnabled(ago_min + 1.0 <= min(high, begun_min))
        self.later.setEnabled(ago_min > low)
