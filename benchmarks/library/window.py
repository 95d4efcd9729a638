"""The builder on a library: how soon it shows, and how long it ever makes a finger wait.

python -m benchmarks.library.window DATA KEYSTROKES [plan]    prints JSON; timed by __main__

With ``plan`` a plan is sought as well, which takes a library whose files are there.
"""

import itertools
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QEventLoop, QTimer
from PyQt6.QtWidgets import QApplication

from soundscape.clock import MachineClock
from soundscape.folders import DataFolder
from ui.builder.library_panel import LibraryPanel
from ui.builder.track_model import Column
from ui.builder.window import BuilderWindow
from ui.theme import apply_theme

_SCROLLS = 200
_STEP_MS = 30


class Probe:
    """Notes how long the event loop does not come back to a timer that is always due.

    Beside the wall's time it notes the processor's, which other programs do not make longer.
    """

    def __init__(self) -> None:
        self._clock = MachineClock()
        self._last = self._clock.now()
        self._last_used = time.thread_time()
        self.longest_ms = self.busiest_ms = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(0)

    def reset(self, what: str) -> dict[str, float]:
        """Return the longest waits so far in milliseconds, named by what was done; begin anew."""
        found = {f"{what}_ms": self.longest_ms, f"{what}_cpu_ms": self.busiest_ms}
        self.longest_ms = self.busiest_ms = 0.0
        self._last, self._last_used = self._clock.now(), time.thread_time()
        return found

    def _tick(self) -> None:
        now, used = self._clock.now(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000.0)
        self.busiest_ms = max(self.busiest_ms, (used - self._last_used) * 1000.0)
        self._last, self._last_used = now, used


def main(data: Path, keystrokes: Path, *, plans: bool) -> None:
    """Show the builder, use it, and print the longest waits of the event loop."""
    app = QApplication([])
    apply_theme(app)
    window = BuilderWindow(DataFolder(data))
    window.show()
    app.processEvents()
    sys.stdout.write(json.dumps({"painted": True}) + "\n")
    sys.stdout.flush()
    probe = Probe()
    figures = _read(window, probe)
    typed = json.loads(keystrokes.read_text(encoding="utf-8"))
    texts = [word if bpm is None else f"{word} bpm:{bpm[0]}..{bpm[1]}" for word, bpm in typed]
    figures |= _used(window.library, probe, texts)
    if plans:
        figures |= _planned(window, probe, texts)
    sys.stdout.write(json.dumps(figures) + "\n")
    window.close()
    app.processEvents()


def _read(window: BuilderWindow, probe: Probe) -> dict[str, float]:
    """Wait for the library."""
    clock, library = MachineClock(), window.library
    started = clock.now()
    _until(lambda: library.table.isVisible() and not library.is_empty)
    figures = {"read_s": clock.now() - started}
    _until(lambda: not window.is_busy)
    return figures | probe.reset("reading")


def _used(library: LibraryPanel, probe: Probe, texts: list[str]) -> dict[str, float]:
    """Type, scroll and sort."""
    for text in texts:
        library.search.setText(text)
        _pause()
    figures = probe.reset("typing")
    library.search.setText("")
    bar, chance = library.table.verticalScrollBar(), random.Random(3)  # noqa: S311
    for _ in range(_SCROLLS):
        if bar is not None:
            bar.setValue(chance.randint(0, bar.maximum()))
        _pause()
    figures |= probe.reset("scrolling")
    for column in Column:
        library.table.sortByColumn(column, library.table.horizontalHeader().sortIndicatorOrder())
        _pause()
    return figures | probe.reset("sorting")


def _planned(window: BuilderWindow, probe: Probe, texts: list[str]) -> dict[str, float]:
    """Seek a plan, and type until it is there.

    Raises
    ------
    SystemExit
        If there is no plan.
    """
    clock, words = MachineClock(), itertools.cycle(texts)
    started = clock.now()
    window.plan.solve.click()
    while not window.plans.has_plan:
        if window.plan.solve.isEnabled():
            raise SystemExit(window.plan.refusal.text())
        window.library.search.setText(next(words))
        _pause()
    return {"planned_s": clock.now() - started, **probe.reset("planning")}


def _pause() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_STEP_MS, loop.quit)
    loop.exec()


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        _pause()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]), plans=sys.argv[3:] == ["plan"])
