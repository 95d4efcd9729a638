"""True peak, oversampled four times (ITU-R BS.1770-5, Annex 2), block by block."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.signal import firwin

from soundscape.units import CHANNELS, Decibels

SILENCE = Decibels(-120.0)
"""What the meter reads where there is nothing."""

_FACTOR = 4
_REACH_FRAMES = 16
_SEGMENT_FRAMES = 32
_STRETCH_FRAMES = 32 * _SEGMENT_FRAMES  # looked over first, as long rows are found faster
_WIDTH_FRAMES = _SEGMENT_FRAMES + 2 * _REACH_FRAMES
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
        self._between = _between_samples()
        self._waiting = np.zeros((2 * _REACH_FRAMES, channels), np.float32)
        self._peak = 0.0

    def add(self, block: NDArray[np.floating]) -> None:
        """Take the next block, of shape (frames, channels)."""
        signal = np.concatenate([self._waiting, block], dtype=np.float32)
        whole = max(0, len(signal) - 2 * _REACH_FRAMES) // _STRETCH_FRAMES * _STRETCH_FRAMES
        self._measure(signal[: whole + 2 * _REACH_FRAMES])
        self._waiting = signal[whole:]

    def reading(self) -> Decibels:
        """Return the highest peak of any channel so far, in dBTP."""
        silence = np.zeros((_REACH_FRAMES + _STRETCH_FRAMES, self._channels), np.float32)
        signal = np.concatenate([self._waiting, silence])
        whole = (len(signal) - 2 * _REACH_FRAMES) // _STRETCH_FRAMES * _STRETCH_FRAMES
        self._measure(signal[: whole + 2 * _REACH_FRAMES])
        floor = 10.0 ** (SILENCE / 20.0)
        return Decibels(float(20.0 * np.log10(max(self._peak, floor))))

    def _measure(self, signal: NDArray[np.float32]) -> None:
        """Look between the samples of whole segments, with context at both ends."""
        for channel in np.ascontiguousarray(signal.T):
            self._peak = max(self._peak, _largest(channel))
            worth = _worth_looking(channel, self._peak * _WORTH_LOOKING)
            if len(worth):
                contexts = sliding_window_view(channel, _WIDTH_FRAMES)[::_SEGMENT_FRAMES][worth]
                self._peak = max(self._peak, _largest(contexts @ self._between))


def _worth_looking(channel: NDArray[np.float32], above: float) -> NDArray[np.intp]:
    """Return the numbers of the segments in which a sample is higher than that."""
    inner = channel[_REACH_FRAMES : len(channel) - _REACH_FRAMES]
    stretches = inner.reshape(-1, _STRETCH_FRAMES)
    loud = np.flatnonzero(_highest(stretches) > above)
    segments = stretches[loud].reshape(-1, _SEGMENT_FRAMES)
    each = _STRETCH_FRAMES // _SEGMENT_FRAMES
    numbers = (loud[:, None] * each + np.arange(each)).ravel()
    return numbers[_highest(segments) > above]


def _highest(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the largest magnitude in each row."""
    highest: NDArray[np.float32] = np.maximum(
        rows.max(axis=1, initial=0.0), -rows.min(axis=1, initial=0.0)
    )
    return highest


def _between_samples() -> NDArray[np.float32]:
    """Return what turns a segment with its context into the three points after each sample."""
    length = 2 * _REACH_FRAMES * _FACTOR + 1
    taps = firwin(length, 1.0 / _FACTOR, window=("kaiser", 6.0)) * _FACTOR
    matrix = np.zeros((_WIDTH_FRAMES, _SEGMENT_FRAMES, _FACTOR - 1), np.float32)
    for part in range(1, _FACTOR):
        # So far after a sample, the sample k frames later weighs as the tap 4k before the middle.
        weights = taps[_FACTOR - part :: _FACTOR]
        for frame in range(_SEGMENT_FRAMES):
            matrix[frame + 1 : frame + 1 + len(weights), frame, part - 1] = weights[::-1]
    return matrix.reshape(_WIDTH_FRAMES, -1)


def _largest(values: NDArray[np.float32]) -> float:
    """Return the largest magnitude."""
    return max(float(values.max(initial=0.0)), -float(values.min(initial=0.0)))
