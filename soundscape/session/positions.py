"""Where the session stood, second by second: the frame beside the machine's clocks.

It ties frames to time for whoever reads the record later, and it is what a session that lost
everything at once (a power cut) can be resumed from. A plain file that only grows, each line
brought to the disk: the worst that a cut can do is to tear the last line off.
"""

import contextlib
import os
import threading
from pathlib import Path

from soundscape.clock import Clock
from soundscape.units import Frames

POSITIONS_FILE = "positions.csv"
EVERY_S = 1.0


class PositionLog:
    """Notes the frame that is heard, once a second, in a thread of its own.

    Parameters
    ----------
    folder : Path
        The session's folder.
    clock : Clock
        Its time and label stand beside each frame.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path = folder / POSITIONS_FILE
        self._clock = clock
        self._noted_at: float | None = None
        self._line = ""
        self._change = threading.Condition()
        threading.Thread(target=self._write_on, name="positions", daemon=True).start()

    def note(self, frame: Frames) -> None:
        """Take the frame that is heard now; all but one each second are dropped."""
        now = self._clock.now()
        if self._noted_at is not None and now - self._noted_at < EVERY_S:
            return
        self._noted_at = now
        with self._change:
            self._line = f"{frame},{now:.3f},{self._clock.wall_time()}\n"
            self._change.notify()

    def _write_on(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: bool(self._line))
                line, self._line = self._line, ""
            # A full disk costs some of these lines, and nothing else.
            with contextlib.suppress(OSError), self._path.open("a", encoding="ascii") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())


def last_position(folder: Path) -> Frames | None:
    """Return the last frame that a session is known to have reached; None if none is."""
    try:
        text = (folder / POSITIONS_FILE).read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    whole = text[: text.rfind("\n") + 1].splitlines()
    for line in reversed(whole):
        frame = line.split(",")[0]
        if frame.isdecimal():
            return Frames(int(frame))
    return None
