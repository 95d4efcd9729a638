"""Who may open the settings: anybody while the clinic has no people, afterwards by a PIN."""

from PyQt6.QtCore import QObject, pyqtSignal

from soundscape.clinic.roles import CONSOLE
from soundscape.clock import Clock
from soundscape.folders import DataFolder
from ui.clinic import has_records, with_clinic
from ui.tasks import Jobs


class Entrance(QObject):
    """Knows the names, checks a PIN; how long wrong ones pause is kept with the records.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock
        Measures the pause.
    """

    changed = pyqtSignal()
    denied = pyqtSignal(str)
    touched = pyqtSignal()
    opened = pyqtSignal(object)
    """An ``Actor``."""

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._jobs = Jobs()
        self.names: tuple[str, ...] = ()

    def look(self) -> None:
        """See who there is, and open at once where there is nobody."""
        if not has_records(self._folder):
            self.opened.emit(CONSOLE)
            return
        names = with_clinic(self._folder, self._clock, lambda clinic: clinic.people.names())
        self._jobs.run(names, self._know, self.denied.emit)

    def touch(self) -> None:
        """Take notice that somebody is there."""
        self.touched.emit()

    def sign_in(self, name: str, pin: str) -> None:
        """Let somebody in; a wrong PIN comes as ``denied``."""
        work = with_clinic(
            self._folder, self._clock, lambda clinic: clinic.people.sign_in(name, pin)
        )
        self._jobs.run(work, self.opened.emit, self.denied.emit)

    def close(self) -> None:
        """Hear no more of what is under way."""
        self._jobs.forget()

    def _know(self, names: tuple[str, ...]) -> None:
        self.names = names
        if names:
            self.changed.emit()
        else:
            self.opened.emit(CONSOLE)
