"""Judges what the renderer wrote before it is heard: sound music keeps its promises.

The guard holds whatever comes within a ceiling; but garbage at the ceiling is still far louder
than the music. So a block that the renderer cannot have meant is not played at all.
"""

import numpy as np
from numpy.typing import NDArray

from soundscape.units import CHANNELS, SESSION_RATE_HZ, Frames

PROMISED = 0.3353
"""Highest sample that the renderer writes: its limiter's true peak of -9.5 dBTP, and rounding."""

OFFSET = 0.2
OFFSET_S = 1.0
"""Largest mean of a channel over about so long: more than any music has, or any file whose
offset is brought down to its trim."""

SURGE_RATIO = 100.0
SURGE_POWER = 0.07
"""Power that 100 ms may only have if the three seconds before came within 20 dB of it: more than
a sine at the promised peak has, and 14 dB above the loudness to which all music is trimmed."""

_SURGE_FRAMES = SESSION_RATE_HZ // 10
_RECENT_FRAMES = 3 * SESSION_RATE_HZ


class Sentry:
    """Sees every block, in order."""

    def __init__(self) -> None:
        self._last = np.zeros((1, CHANNELS), np.float32)
        self._mean = np.zeros(CHANNELS)
        self._powers: list[float] = []

    def lets_pass(self, block: NDArray[np.float32]) -> bool:
        """Return whether a block can be meant; if so it is remembered as what was heard last.

        Parameters
        ----------
        block : NDArray[np.float32], shape (frames, channels)
            As rendered, before the master level.
        """
        highest = max(float(block.max()), -float(block.min()))
        if not highest <= PROMISED or self._has_offset(block) or self._surges(block):
            return False
        self._last = block.copy()
        return True

    def instead(self, length: Frames) -> NDArray[np.float32]:
        """Return what is heard in place of a block that does not pass.

        The block before it, backwards and fading out: without a step, and soon silent.

        Returns
        -------
        NDArray[np.float32], shape (length, channels)
            Silence from the second time on.
        """
        out = np.zeros((length, CHANNELS), np.float32)
        known = self._last[::-1][:length]
        fade = np.linspace(1.0, 0.0, len(known), dtype=np.float32)[:, None]
        out[: len(known)] = known * fade
        self._last = np.zeros((1, CHANNELS), np.float32)
        return out

    def _has_offset(self, block: NDArray[np.float32]) -> bool:
        share = min(1.0, len(block) / (OFFSET_S * SESSION_RATE_HZ))
        self._mean += (block.mean(axis=0) - self._mean) * share
        return bool(np.abs(self._mean).max() > OFFSET)

    def _surges(self, block: NDArray[np.float32]) -> bool:
        """Return whether 100 ms are suddenly far louder than what was heard before."""
        now = max(1, _SURGE_FRAMES // len(block))
        self._powers = self._powers[-_RECENT_FRAMES // len(block) :]
        self._powers.append(float(np.square(block).mean()))
        power = sum(self._powers[-now:]) / now
        before = max(self._powers[:-now], default=0.0)
        return power > SURGE_POWER and power > before * SURGE_RATIO
