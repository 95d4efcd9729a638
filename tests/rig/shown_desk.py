"""A desk in a process of its own that tells how soon it shows the session, and at which second.

Run as ``python -m rig.shown_desk DATA_DIR``; it writes one line of JSON, and stays open.
"""

import json
import sys
from pathlib import Path
from typing import cast

from PyQt6.QtCore import QEvent, QObject, QTimer
from PyQt6.QtWidgets import QApplication

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from ui.app import first_windows
from ui.desk.window import DeskWindow
from ui.theme import apply_theme, read_look

LOOK_MS = 10


class Watch(QObject):
    """Waits for a desk's first paint, and for the session in it.

    Parameters
    ----------
    desk : DeskWindow
        Not painted yet.
    """

    def __init__(self, desk: DeskWindow) -> None:
        super().__init__()
        self._desk = desk
        self._clock = MachineClock()
        self._painted_s: float | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)
        desk.installEventFilter(self)

    def eventFilter(self, _of: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 -- Qt names it
        """Note the first paint; nothing is kept from the desk."""
        if self._painted_s is None and event is not None and event.type() == QEvent.Type.Paint:
            self._painted_s = self._clock.now()
        return False

    def _look(self) -> None:
        if self._painted_s is None or not self._desk.is_live:
            return
        self._timer.stop()
        minutes, seconds = self._desk.live.header.elapsed.value().split(":")
        now_s = self._clock.now()
        told = {
            "at_s": now_s,
            "after_paint_s": now_s - self._painted_s,
            "shown_s": 60.0 * float(minutes) + float(seconds),
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Open the desk of a data folder."""
    folder = DataFolder(Path(sys.argv[1]))
    app = QApplication(sys.argv[:1])
    apply_theme(app, read_look(folder.settings))
    windows = first_windows("desk", folder)
    _watch = Watch(cast("DeskWindow", windows[0]))
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
