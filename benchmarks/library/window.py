"""The builder on a library: how soon it shows, and how long it ever makes a finger wait.

python -m benchmarks.library.window DATA KEYSTROKES    prints JSON; started and timed by __main__
"""

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QEventLoop, QTimer
from PyQt6.QtWidgets import QApplication

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from ui.builder.track_model import Column
from ui.builder.window import BuilderWindow
from ui.theme import apply_theme

_SCROLLS = 200
_STEP_MS = 30


class Probe:
    """Notes how long the event loop does not come back to a timer that is always due."""

    def __init__(self) -> None:
        self._clock = MachineClock()
        self._last = self._clock.now()
        self.longest_ms = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(0)

    def reset(self) -> float:
        """Return the longest wait so far in milliseconds, and begin anew."""
        longest_ms, self.longest_ms = self.longest_ms, 0.0
        self._last = self._clock.now()
        return longest_ms

    def _tick(self) -> None:
        now = self._clock.now()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000.0)
        self._last = now


def main(data: Path, keystrokes: Path) -> None:
    """Show the builder, type, scroll and sort, and print the longest waits of the event loop."""
    clock = MachineClock()
    app = QApplication([])
    apply_theme(app)
    window = BuilderWindow(DataFolder(data))
    window.show()
    app.processEvents()
    sys.stdout.write(json.dumps({"painted": True}) + "\n")
    sys.stdout.flush()
    probe, library = Probe(), window.library
    started = clock.now()
    _until(lambda: library.table.isVisible() and not library.is_empty)
    figures = {"read_s": clock.now() - started, "reading_ms": probe.reset()}
    typed = json.loads(keystrokes.read_text(encoding="utf-8"))
    texts = [word if bpm is None else f"{word} bpm:{bpm[0]}..{bpm[1]}" for word, bpm in typed]
    _until(lambda: not window.is_busy)
    probe.reset()
    for text in texts:
        library.search.setText(text)
        _pause()
    figures["typing_ms"] = probe.reset()
    library.search.setText("")
    bar, chance = library.table.verticalScrollBar(), random.Random(3)  # noqa: S311
    for _ in range(_SCROLLS):
        if bar is not None:
            bar.setValue(chance.randint(0, bar.maximum()))
        _pause()
    figures["scrolling_ms"] = probe.reset()
    for column in Column:
        library.table.sortByColumn(column, library.table.horizontalHeader().sortIndicatorOrder())
        _pause()
    figures["sorting_ms"] = probe.reset()
    sys.stdout.write(json.dumps(figures) + "\n")
    window.close()
    app.processEvents()


def _pause() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_STEP_MS, loop.quit)
    loop.exec()


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        _pause()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
