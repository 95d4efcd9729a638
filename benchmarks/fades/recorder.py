"""Records what the virtual headphones play to a file, for hours if need be."""

import subprocess
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rig.virtual_card import FRAME_BYTES, VirtualCard

from soundscape.clock import Clock
from soundscape.units import CHANNELS, SESSION_RATE_HZ

SINK = "headphones"
_ORIGIN_LOOKS = 50
_LOOK_S = 0.01
_MARGIN_LOOKS = 500


class Recorder:
    """A recording that grows while the block runs.

    Parameters
    ----------
    card : VirtualCard
        Whose headphones.
    file : Path
        Where to; raw float32 stereo, replaced.
    clock : Clock
        Says when its first frame was played.
    """

    def __init__(self, card: VirtualCard, file: Path, clock: Clock) -> None:
        self._card = card
        self._file = file
        self._clock = clock
        self.origin_s = 0.0
        """When the first frame was played, on the clock; at most 0.03 s late."""

    def __enter__(self) -> Self:
        with self._file.open("wb") as file:
            self._process = subprocess.Popen(
                ["parec", "-d", f"{SINK}.monitor", "--format=float32le",
                 f"--rate={SESSION_RATE_HZ}", "--channels=2", "--latency-msec=20", "--raw"],
                env=self._card.environment, stdout=file, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        for _ in range(_MARGIN_LOOKS):
            if self._file.stat().st_size:
                break
            self._clock.sleep(_LOOK_S)
        looks = [self._origin_now_s() for _ in range(_ORIGIN_LOOKS)]
        self.origin_s = min(looks)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def samples(self) -> NDArray[np.float32]:
        """Return what was recorded so far, shape (frames, 2), without reading it into memory."""
        frames = self._file.stat().st_size // FRAME_BYTES
        return np.memmap(self._file, np.float32, "r", shape=(frames, CHANNELS))

    def _origin_now_s(self) -> float:
        # what arrives last is delayed least: the smallest difference is the truest
        self._clock.sleep(_LOOK_S)
        frames = self._file.stat().st_size // FRAME_BYTES
        return self._clock.now() - frames / SESSION_RATE_HZ
