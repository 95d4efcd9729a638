"""The program itself, which says when its window is first painted.

python -m benchmarks.screens.paint WORDS...    the program's own words; started by __main__
"""

import sys

from PyQt6.QtCore import QEvent, QObject, QTimer
from PyQt6.QtWidgets import QApplication

import soundscape.__main__
import ui.app


class NotingApplication(QApplication):
    """Says ``painted`` when everything of the first window was painted once."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self._painted = False

    def notify(self, receiver: QObject | None, event: QEvent | None) -> bool:
        """Look at every event, which makes the program a little slower."""
        if event is not None and event.type() is QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, _say_painted)  # this round paints the rest of the window
        return super().notify(receiver, event)


def _say_painted() -> None:
    sys.stdout.write("painted\n")
    sys.stdout.flush()


if __name__ == "__main__":
    ui.app.QApplication = NotingApplication  # type: ignore[misc]
    soundscape.__main__.main()
