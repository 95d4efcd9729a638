"""The door of the builder: where the clinic has people, one who may build playlists signs in."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QMainWindow

from soundscape.clinic.roles import CONSOLE, Action, Actor, is_permitted
from soundscape.clock import Clock, MachineClock
from soundscape.folders import DataFolder
from ui.settings.entrance import Entrance
from ui.theme import Role
from ui.widgets.labels import Label
from ui.widgets.sign_in import SignInPage
from ui.words import _


class DoorWindow(QMainWindow):
    """Asks for a name and a PIN, and makes way once somebody may come in.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock | None
        None is the machine's.
    """

    finished = pyqtSignal()

    def __init__(self, folder: DataFolder, *, clock: Clock | None = None) -> None:
        super().__init__()
        self.entrance = Entrance(folder, clock or MachineClock())
        self.gate: SignInPage | None = None
        self.waiting = Label(_("One moment"), Role.MUTED)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.entrance.opened.connect(self._let_in)
        self.entrance.changed.connect(self._ask)
        self.entrance.denied.connect(self._hear_denied)
        self.setObjectName("window")
        self.setWindowTitle(_("Builder"))
        self.setCentralWidget(self.waiting)
        self.resize(1280, 800)
        self.entrance.look()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Hear no more of what is still under way."""
        self.entrance.close()
        super().closeEvent(event)

    def _ask(self) -> None:
        self.gate = SignInPage(self.entrance)
        self.gate.left.connect(self.close)
        self.setCentralWidget(self.gate.scrolling())
        self.gate.setFocus()

    def _let_in(self, actor: Actor) -> None:
        if actor == CONSOLE or is_permitted(actor.role, Action.BUILD_PLAYLISTS):
            self.finished.emit()
        else:
            self.entrance.denied.emit(_("Therapists build playlists; ask one to sign in."))

    def _hear_denied(self, why: str) -> None:
        """Show why nobody could be asked for a PIN; the gate itself shows all else."""
        if self.gate is None:
            self.waiting.setText(why)
