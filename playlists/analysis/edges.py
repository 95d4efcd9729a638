"""Silence at a track's ends."""

import numpy as np
from numpy.typing import NDArray

from soundscape.units import SESSION_RATE_HZ, Seconds

_STEP_FRAMES = SESSION_RATE_HZ // 100
# 50 dB under the track's own peak, so that a quiet master has no more silence than a loud one.
_SILENT_RATIO = 10.0 ** (-50.0 / 20.0)


class EdgeMeter:
    """A meter that is fed blocks at 48 kHz; it keeps one number for each 10 ms."""

    def __init__(self) -> None:
        self._rest = np.empty(0, np.float32)
        self._peaks: list[NDArray[np.float32]] = []

    def add(self, level: NDArray[np.float32]) -> None:
        """Take the next block: the louder channel's amplitude, of shape (frames,)."""
        levels = np.concatenate([self._rest, level])
        whole = len(levels) - len(levels) % _STEP_FRAMES
        self._peaks.append(levels[:whole].reshape(-1, _STEP_FRAMES).max(axis=1))
        self._rest = levels[whole:]

    def reading(self) -> tuple[Seconds, Seconds]:
        """Return the seconds of silence before the first sound and after the last one.

        What lies 50 dB below the track's peak is silence; a track without any sound is all lead.
        """
        rest = self._rest.max(initial=0.0, keepdims=True)
        peaks = np.concatenate([*self._peaks, rest[: len(self._rest)]])
        sounding = np.flatnonzero(peaks > peaks.max(initial=0.0) * _SILENT_RATIO)
        total_s = (len(peaks) - 1) / 100 + len(self._rest) / SESSION_RATE_HZ
        if not len(self._rest):
            total_s = len(peaks) / 100
        if not len(sounding):
            return Seconds(total_s), Seconds(0.0)
        tail_s = max(0.0, total_s - (int(sounding[-1]) + 1) / 100)
        return Seconds(int(sounding[0]) / 100), Seconds(tail_s)
