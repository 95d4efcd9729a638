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
_SEGMENT_FRAMES = 128
# Between samples a signal can rise above them, but for music by far less than 6 dB: segments
# whose samples stay that far below the highest sample cannot hold the highest peak.
_WORTH_LOOKING = 0.5


class TruePeakMeter:
    """A meter that is fed blocks of any length.

    Parameters
    ----------
    channels : int
        Channels of the blocks to come.
    """

    def __init__(self, channels: int = CHANNELS) -> None:
        self._channels = channels
        self._waiting = np.zeros((2 * _REACH_FRAMES, channels), np.float32)
        self._peak = 0.0

    def add(self, block: NDArray[np.floating]) -> None:
        """Take the next block, of shape (frames, channels)."""
        signal = np.concatenate([self._waiting, block])
        whole = max(0, len(signal) - 2 * _REACH_FRAMES) // _SEGMENT_FRAMES * _SEGMENT_FRAMES
        self._measure(signal[: whole + 2 * _REACH_FRAMES])
        self._waiting = signal[whole:]

    def reading(self) -> Decibels:
        """Return the highest peak of any channel so far, in dBTP."""
        silence = np.zeros((_REACH_FRAMES + _SEGMENT_FRAMES, self._channels), np.float32)
        signal = np.concatenate([self._waiting, silence])
        whole = (len(signal) - 2 * _REACH_FRAMES) // _SEGMENT_FRAMES * _SEGMENT_FRAMES
        self._measure(signal[: whole + 2 * _REACH_FRAMES])
        floor = 10.0 ** (SILENCE / 20.0)
        return Decibels(float(20.0 * np.log10(max(self._peak, floor))))

    def _measure(self, signal: NDArray[np.floating]) -> None:
        """Look between the samples of whole segments, with context at both ends."""
        for channel in signal.T:
            levels = np.abs(channel)
            self._peak = max(self._peak, float(levels.max(initial=0.0)))
            inner = levels[_REACH_FRAMES : len(levels) - _REACH_FRAMES]
            highest = inner.reshape(-1, _SEGMENT_FRAMES).max(axis=1, initial=0.0)
            found = np.flatnonzero(highest > self._peak * _WORTH_LOOKING)
            reach = np.arange(_SEGMENT_FRAMES + 2 * _REACH_FRAMES)
            segments = channel[found[:, None] * _SEGMENT_FRAMES + reach]
            over = upfirdn(_TAPS, segments, up=_FACTOR)
            # Sample n of a segment lies at 4n plus the filter's delay of 4 * reach.
            over = over[:, 2 * _REACH_FRAMES * _FACTOR : segments.shape[1] * _FACTOR]
            self._peak = max(self._peak, float(np.abs(over).max(initial=0.0)))
