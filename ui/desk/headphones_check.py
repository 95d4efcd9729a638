"""The chair's headphones: chosen, kept in the settings, and tried by a tone on each side."""

from importlib import import_module

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from soundscape.clock import Clock
from soundscape.engine.sinks import Sink, list_sinks
from soundscape.folders import DataFolder
from soundscape.settings import write_settings
from ui.desk.both_sides import BothSides
from ui.desk.headphones import Headphones
from ui.desk.wishes import chosen_headphones
from ui.tasks import Jobs
from ui.theme import GAP_PX, Role
from ui.widgets.labels import Label
from ui.words import _

LOOK_AGAIN_MS = 3000


class HeadphonesCheck(QWidget):
    """Looks again and again at what is plugged in, while it is watched.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock
        Paces the tones.
    """

    acted = pyqtSignal()
    """Headphones were chosen, or tried."""

    told = pyqtSignal(object)
    """The ``Sink`` that is chosen and there, or None."""

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._jobs = Jobs()
        self.headphones = Headphones()
        self.sides = BothSides()
        self.says = Label("", Role.BODY, wraps=True)
        self.says.hide()
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_AGAIN_MS)
        self.headphones.add_beside(self.sides.play)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        for part in (self.headphones, self.sides, self.says):
            column.addWidget(part)
        self._look_again.timeout.connect(self._look)
        self.headphones.chosen.connect(self._choose)
        self.sides.play.clicked.connect(self._play_sides)
        self._tell()

    def watch(self) -> None:
        """Begin to look at what is plugged in."""
        self.says.hide()
        self._look()
        self._look_again.start()

    def rest(self) -> None:
        """Look no more, and hear nothing of what is still under way."""
        self._look_again.stop()
        self._jobs.forget()

    def _look(self) -> None:
        if not self._jobs.is_busy:
            self._jobs.run(lambda _report: list_sinks(), self._show, self._refuse)

    def _show(self, sinks: tuple[Sink, ...]) -> None:
        self.headphones.show_sinks(sinks, chosen_headphones(self._folder))
        self._tell()

    def _choose(self, sink: Sink) -> None:
        choice = {"device": sink.name, "device_title": sink.title}
        write_settings(self._folder.settings, choice)
        self.sides.forget()
        self.acted.emit()
        self._tell()

    def _play_sides(self) -> None:
        sink = self.headphones.ready()
        if sink is None:
            return
        self._say(_("A tone sounds left, then right"), Role.BODY)
        self._jobs.run(
            lambda _report: import_module("soundscape.session.sides").play_sides(
                self._folder, sink.name, self._clock
            ),
            lambda _none: self._played(),
            self._refuse,
        )
        self._tell()

    def _played(self) -> None:
        self.says.hide()
        self.sides.show_played()
        self.acted.emit()
        self._tell()

    def _refuse(self, why: str) -> None:
        self._say(why, Role.WARNING)
        self._tell()

    def _say(self, words: str, role: Role) -> None:
        self.says.set_role(role)
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def _tell(self) -> None:
        ready = self.headphones.ready()
        self.sides.play.setEnabled(ready is not None and not self._jobs.is_busy)
        self.told.emit(ready)
