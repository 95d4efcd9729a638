"""The button that staff hold while they speak to the patient."""

from PyQt6.QtCore import pyqtSignal

from ui.bridge import Status
from ui.theme import PRIMARY_TARGET_PX
from ui.widgets.buttons import Button, Kind
from ui.words import _

TOLD_S = 10.0
"""So long before the session ends the words it says how much is left."""


class TalkButton(Button):
    """Speaks while it is held, by finger or space bar, and says whether one is heard yet.

    Only a chair with a microphone for it has this button. Letting go ends the words; so does the
    session, after half a minute or when the desk is gone.
    """

    asked = pyqtSignal(str, dict)

    def __init__(self) -> None:
        super().__init__(_("Hold to speak"))
        self.setAccessibleDescription(_("The patient hears you while you hold it."))
        self.setMinimumHeight(PRIMARY_TARGET_PX)
        self.setEnabled(False)
        self.hide()
        self._is_asking = False
        self._was_talking = False
        self.pressed.connect(self._begin)
        self.released.connect(self._end)

    def show_status(self, status: Status) -> None:
        """Show whether one can speak, and whether one is heard."""
        talk, talking = status["talk"], bool(status["talking"])
        self.setVisible(bool(talk["route"]))
        self.setEnabled(talking or "talk_on" in status["can"])
        self._is_asking = self._is_asking and (talking or not self._was_talking)
        self._was_talking = talking
        self.set_kind(Kind.PRIMARY if talk["open"] else Kind.QUIET)
        self.say(_words(talking=talking, is_open=bool(talk["open"]), left_s=talk["left_s"]), "")

    def show_lost(self) -> None:
        """Offer nothing, because nobody would hear it."""
        self._is_asking = False
        self.setEnabled(False)

    def _begin(self) -> None:
        self._is_asking, self._was_talking = True, False
        self.asked.emit("talk_on", {})

    def _end(self) -> None:
        if self._is_asking:  # else the session has ended it already
            self._is_asking = False
            self.asked.emit("talk_off", {})


def _words(*, talking: bool, is_open: bool, left_s: float | None) -> str:
    """Return what the button says."""
    if not talking:
        return _("Hold to speak")
    if not is_open or left_s is None:
        return _("One moment")
    if left_s > TOLD_S:
        return _("Speak")
    return _("{seconds} s left").format(seconds=round(left_s))
