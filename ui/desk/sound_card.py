"""The card with the patient's sound: how loud, softer, silent, and stop."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from soundscape.clock import Clock
from soundscape.units import Decibels, Seconds
from ui.bridge import STOP_FAST, Status
from ui.desk.actions import Action, ActionButton
from ui.desk.readings import signed_text
from ui.desk.talk_button import TalkButton
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.card import SIDE_PX, Card
from ui.widgets.even_flow import EvenFlow
from ui.widgets.hold_button import HoldButton
from ui.widgets.labels import Label
from ui.widgets.level_meter import LevelMeter
from ui.words import _

VOLUME_STEP_LU = 1.0
STOP_HOLD_S = Seconds(1.2)
STOP_FAST_HOLD_S = Seconds(3.0)
_LOUDEST_LU = 6.0


class SoundCard(Card):
    """Volume in steps of 1 LU, soften, silence, and the buttons to hold: to speak, to stop."""

    asked = pyqtSignal(str, dict)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._volume_lu = 0.0
        self._fades = False
        self.quieter = Button("", icon_name="minus", name=_("Quieter"))
        self.louder = Button("", icon_name="plus", name=_("Louder"))
        self.volume = Label("", Role.DIGITS)
        self.meter = LevelMeter(_("Output level"))
        self.soften = ActionButton(
            Action("soften", _("Soften"), "volume-1"),
            Action("unsoften", _("Sound back"), "volume-2"),
        )
        self.silence = ActionButton(
            Action("silence", _("Silence"), "volume-x"),
            Action("unsoften", _("Sound back"), "volume-2"),
        )
        self.talk = TalkButton()
        self.stop = HoldButton(_("Hold to stop"), clock, STOP_HOLD_S, longer_s=STOP_FAST_HOLD_S)
        self.stop.setAccessibleDescription(_("Hold on for a faster stop."))
        self._lay_out()
        self.quieter.clicked.connect(lambda: self._step(-VOLUME_STEP_LU))
        self.louder.clicked.connect(lambda: self._step(VOLUME_STEP_LU))
        self.stop.held.connect(lambda: self.asked.emit(STOP_FAST if self._fades else "stop", {}))
        self.stop.held_longer.connect(lambda: self.asked.emit(STOP_FAST, {}))
        for button in (self.soften, self.silence, self.talk):
            button.asked.connect(self.asked)

    def show_status(self, status: Status) -> None:
        """Show how loud it is and what is possible."""
        can = frozenset(status["can"])
        self._volume_lu = float(status["volume_lu"])
        self.volume.setText(f"{signed_text(self._volume_lu)} LU")
        peak_dbfs = status["peak_dbfs"]
        self.meter.show_peak(None if peak_dbfs is None else Decibels(float(peak_dbfs)))
        self.quieter.setEnabled("volume" in can)
        self.louder.setEnabled("volume" in can and self._volume_lu < _LOUDEST_LU)
        self.soften.follow(can)
        self.silence.follow(can)
        self.talk.show_status(status)
        self._fades = STOP_FAST in can and "stop" not in can
        self.stop.say(_("Hold to stop now") if self._fades else _("Hold to stop"))
        self.stop.setEnabled(bool({"stop", STOP_FAST} & can))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave the icons out where there is no room for them side by side."""
        pair = (self.soften, self.silence)
        for button in pair:
            button.fit(narrow=False)
        room = self.contentsRect().width() - 2 * SIDE_PX - GAP_PX
        narrow = 2 * max(button.sizeHint().width() for button in pair) > room
        for button in pair:
            button.fit(narrow=narrow)
        super().resizeEvent(event)

    def show_lost(self) -> None:
        """Offer nothing, because nobody would hear it."""
        for button in (self.quieter, self.louder, self.soften, self.silence, self.stop):
            button.setEnabled(False)
        self.talk.show_lost()

    def _step(self, by_lu: float) -> None:
        self.asked.emit("volume", {"lu": self._volume_lu + by_lu})

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(GAP_PX)
        reading = QVBoxLayout()
        reading.setSpacing(0)
        for label in (Label(_("Volume"), Role.CAPTION), self.volume):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            reading.addWidget(label)
        for button in (self.quieter, self.louder):
            button.setProperty("action", "true")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            button.setFixedWidth(64)
            button.setMaximumHeight(72)
        steps.addWidget(self.quieter)
        steps.addLayout(reading, 1)
        steps.addWidget(self.louder)
        pair = EvenFlow(GAP_PX)
        pair.addWidget(self.soften)
        pair.addWidget(self.silence)
        self.body.addLayout(steps, 2)
        self.body.addWidget(self.meter)
        self.body.addWidget(self.talk)  # far from the other button that is held
        self.body.addLayout(pair, 2)
        self.body.addWidget(self.stop)
