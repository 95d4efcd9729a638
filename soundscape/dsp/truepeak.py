"""True peak, oversampled four times (ITU-R BS.1770-5, Annex 2), block by block."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin, upfirdn

from soundscape.units import CHANNELS, Decibels

SILENCE = Decibels(-120.0)
"""What the meter reads where there is nothing."""

_FACTOR = 4
_REACH_FRAMES = 16
_TAPS = firwin(2 * _REACH_FRAMES * _FACTOR + 1, 1.0 / _FACTOR, window=("kaiser", 6.0)) * _FACTOR
_SEGMENT_FRAMES = 512
# Between samples a signal can rise above them, but for music by far less than 6 dB: segments
# whose samples stay that far below the highest peak so far cannot hold a higher one.
_WORTH_LOOKING = 0.5


class TruePeakMeter:
    """A meter that is fed blocks of any length.

    Parameters
    ----------
    channels : int
        Channels of the blocks to come.
    """

    def __init__(self, channels: int = CHANNELS) -> None:
        self._context = np.zeros((2 * _REACH_FRAMES, channels))
        self._peak = 0.0

    def add(self, block: NDArray[np.floating]) -> None:
        """Take the next block, of shape (frames, channels)."""
        signal = np.concatenate([self._context, block])
        for start in range(0, len(signal) - 2 * _REACH_FRAMES, _SEGMENT_FRAMES):
            self._measure(signal[start : start + _SEGMENT_FRAMES + 2 * _REACH_FRAMES])
        self._context = signal[-2 * _REACH_FRAMES :]

    def reading(self) -> Decibels:
        """Return the highest peak of any channel so far, in dBTP."""
        silence = np.zeros((_REACH_FRAMES, self._context.shape[1]))
        self._measure(np.concatenate([self._context, silence]))
        floor = 10.0 ** (SILENCE / 20.0)
        return Decibels(float(20.0 * np.log10(max(self._peak, floor))))

    def _measure(self, segment: NDArray[np.float64]) -> None:
        """Look between the samples of one segment, but for the context at its ends."""
        highest = float(np.abs(segment).max())
        if highest <= self._peak * _WORTH_LOOKING:
            return
        over = upfirdn(_TAPS, segment.T, up=_FACTOR)
        # Sample n of the segment lies at 4n plus the filter's delay of 4 * reach.
        inner = over[:, 2 * _REACH_FRAMES * _FACTOR : len(segment) * _FACTOR]
        self._peak = max(self._peak, float(np.abs(inner).max(initial=0.0)))
