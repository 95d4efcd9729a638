"""The visit at the desk: its pages, its two bars, and what they mean for the session."""

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QEvent, QObject, pyqtSignal
from PyQt6.QtGui import QWindow

from soundscape.clock import Clock
from soundscape.folders import DataFolder
from soundscape.session.preflight import Check
from ui.bridge import Status
from ui.care.bars import LiveBar, StartBar
from ui.care.care import Care
from ui.care.records import Records
from ui.care.steady import SteadyClock
from ui.care.view import CareView, Wanted
from ui.words import _

_TOUCHES = frozenset({
    QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress,
})  # fmt: skip


class AtDesk(QObject):
    """Care as the desk meets it.

    Parameters
    ----------
    folder : DataFolder
        The clinic's data.
    clock : Clock
        The desk's.
    """

    opened = pyqtSignal()
    """The pages of care are to be seen."""

    left = pyqtSignal()

    told = pyqtSignal(str, dict)
    """What to tell the session."""

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        super().__init__()
        steady = SteadyClock(clock)
        self._intention = ""
        self.care = Care(Records(folder, steady), steady)
        self.care.setParent(self)
        self.view = CareView(self.care, clock)
        self.start_bar = StartBar(self.care)
        self.live_bar = LiveBar(self.care)
        for bar in (self.start_bar, self.live_bar):
            bar.asked.connect(self._ask)
        self.view.left.connect(self.left)
        self.view.call.acted.connect(lambda: self.told.emit("call_seen", {}))
        self.care.session_told.connect(self.told)
        self.care.look()

    def watch(self, window: QWindow | None) -> None:
        """Take every touch of a window as a sign that somebody is here."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Note a touch, and let it go on its way."""
        if event is not None and event.type() in _TOUCHES:
            self.care.touch()
        return super().eventFilter(watched, event)

    def know(self, route: str, checks: Sequence[Check]) -> None:
        """Take the treatment that is chosen, and what the machine sees of itself."""
        self.view.know(route, checks)

    def heed(self, intention: str) -> None:
        """Take what became of the patient's intention; its words may be in the visit now."""
        if intention != self._intention:
            self._intention = intention
            self.care.refresh()

    def holds_back(self, route: str) -> bool:
        """Return whether a session may not start yet; what is in the way is then shown."""
        why = self.care.why_no_start(route)
        if why:
            self._look_again()
            self.view.know(route, self.view.checks)
            self.view.ask(Wanted.CHECKLIST, why)
            self.opened.emit()
        return bool(why)

    def follow(self, status: Status) -> Status:
        """Take a session's status; return it as whoever is here may see and use it."""
        self.care.follow(status)
        self.view.show_call(status)
        return self.care.permitted(status)

    def refusal(self, event: str) -> str:
        """Return why an event may not be told as the desk stands; empty if it may."""
        return "" if self.care.may_tell(event) else _("The desk is locked. Sign in first.")

    def take(self, event: str, facts: dict[str, Any]) -> bool:
        """Return whether an event's text is kept with the visit, and told from there."""
        return self.care.take(event, facts)

    def close(self) -> None:
        """Ask for nothing more."""
        self.care.close()

    def _ask(self, name: str) -> None:
        wanted = Wanted(name)
        if wanted is Wanted.LOCK and self.care.signed is not None:
            self.care.lock()
            return
        self._look_again()
        if wanted is Wanted.CHECKLIST:
            self.care.refresh()
        self.view.ask(wanted)
        self.opened.emit()

    def _look_again(self) -> None:
        """See who may sign in now: somebody may be new, or gone."""
        if self.care.signed is None:
            self.care.look()
