"""Listens to the virtual headphones for hours without keeping what it heard."""

import subprocess
import threading
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rig.virtual_card import FRAME_BYTES, VirtualCard

from soundscape.units import CHANNELS, SESSION_RATE_HZ

SILENT = 1e-6
GAP_FRAMES = SESSION_RATE_HZ // 500
_READ_BYTES = SESSION_RATE_HZ * FRAME_BYTES


class SilenceCounter:
    """Counts silences that lie between sounds, over blocks of any size."""

    def __init__(self) -> None:
        self.frames = 0
        self.gaps = 0
        self.longest_frames = 0
        self._silent_for = -1  # before the first sound silence is no gap

    def take(self, block: NDArray[np.float32]) -> None:
        """Count on.

        Parameters
        ----------
        block : NDArray[np.float32], shape (frames, channels)
            What followed.
        """
        self.frames += len(block)
        loud = np.flatnonzero(np.abs(block).max(axis=1, initial=0.0) > SILENT)
        if not len(loud):
            self._silent_for += len(block) if self._silent_for >= 0 else 0
            return
        within = np.diff(loud) - 1
        if self._silent_for >= 0:
            within = np.append(within, self._silent_for + loud[0])
        self.gaps += int(np.count_nonzero(within >= GAP_FRAMES))
        self.longest_frames = max(self.longest_frames, int(within.max(initial=0)))
        self._silent_for = len(block) - 1 - int(loud[-1])


class GapWatch:
    """Counts the silences of a sink while the block runs.

    Parameters
    ----------
    card : VirtualCard
        Whose.
    sink : str
        Which of its sinks.
    """

    def __init__(self, card: VirtualCard, sink: str) -> None:
        self._card = card
        self._sink = sink
        self.counted = SilenceCounter()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            ["parec", "-d", f"{self._sink}.monitor", "--format=float32le",
             f"--rate={SESSION_RATE_HZ}", "--channels=2", "--raw"],
            env=self._card.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)

    def _listen(self) -> None:
        pipe = self._process.stdout
        while pipe is not None and (raw := pipe.read(_READ_BYTES)):
            whole = len(raw) // FRAME_BYTES * FRAME_BYTES
            self.counted.take(np.frombuffer(raw[:whole], np.float32).reshape(-1, CHANNELS))
