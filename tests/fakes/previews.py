"""A preview that makes no sound, starts no process and notes what it was asked."""

from PyQt6.QtCore import QObject, pyqtSignal

from ui.preview import Excerpt


class NotingPreview(QObject):
    """Has the signals and methods of ``ui.preview.Preview``; says ``playing`` at once."""

    playing = pyqtSignal()
    ended = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.played: list[Excerpt] = []
        self.sounds = False
        self.is_closed = False
        self.device = ""

    def use(self, device: str) -> None:
        """Note on which device it is to sound."""
        self.device = device

    def play(self, excerpt: Excerpt) -> None:
        """Note an excerpt; a closed preview plays nothing."""
        assert not self.is_closed
        self.played.append(excerpt)
        self.sounds = True
        self.playing.emit()

    def stop(self) -> None:
        """Note that nothing is to sound."""
        self.sounds = False

    def close(self) -> None:
        """Note the end."""
        self.is_closed = True
