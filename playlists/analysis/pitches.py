"""A track's power in semitones, with a window long enough to tell them apart, block by block."""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.signal import firwin, upfirdn
from scipy.signal.windows import hann

from soundscape.units import SESSION_RATE_HZ

PITCH_FRAMES_PER_S = 25
SEMITONES = 48
_LOWEST_HZ = 110.0
_DECIMATION = 4
_RATE_HZ = SESSION_RATE_HZ // _DECIMATION
_WINDOW_FRAMES = 2048
_HOP_FRAMES = _RATE_HZ // PITCH_FRAMES_PER_S
# The highest semitone lies near 1.7 kHz, so only what folds down from 10 kHz and above matters:
# few taps keep it 50 dB down.
_TAPS = 25
_CUTOFF_HZ = 4_000.0


class PitchSpectrometer:
    """Powers of semitones from 110 Hz up, fed with blocks of mono at 48 kHz."""

    def __init__(self) -> None:
        self._taps = firwin(_TAPS, _CUTOFF_HZ, fs=SESSION_RATE_HZ).astype(np.float32)
        self._undecimated = np.zeros(_TAPS - 1, np.float32)
        self._window = hann(_WINDOW_FRAMES, sym=False).astype(np.float32)
        self._rest = np.zeros(_WINDOW_FRAMES // 2, np.float32)
        self._first, self._to_semitones = _semitone_matrix()

    def semitones(self, mono: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the powers that the next block completes.

        Parameters
        ----------
        mono : NDArray[np.float32], shape (frames,)
            The next block.

        Returns
        -------
        NDArray[np.float32], shape (pitch frames, SEMITONES)
            ``PITCH_FRAMES_PER_S`` frames a second.
        """
        signal = np.concatenate([self._rest, self._decimated(mono)])
        count = max(0, (len(signal) - _WINDOW_FRAMES) // _HOP_FRAMES + 1)
        self._rest = signal[count * _HOP_FRAMES :]
        if not count:
            return np.empty((0, SEMITONES), np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(signal, _WINDOW_FRAMES)
        bins = rfft(windows[::_HOP_FRAMES] * self._window, axis=1)
        used = bins[:, self._first : self._first + len(self._to_semitones)]
        return np.asarray(np.square(np.abs(used)) @ self._to_semitones)

    def _decimated(self, mono: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return all of the next block's frames at the lower rate that no later one alters."""
        signal = np.concatenate([self._undecimated, mono])
        count = max(0, (len(signal) - _TAPS) // _DECIMATION + 1)
        self._undecimated = signal[count * _DECIMATION :]
        if not count:
            return np.empty(0, np.float32)
        # upfirdn's first output that has all its taps within the signal is at frame _TAPS - 1.
        lead = (-(_TAPS - 1)) % _DECIMATION
        padded = np.concatenate([np.zeros(lead, np.float32), signal])
        first = (_TAPS - 1 + lead) // _DECIMATION
        return np.asarray(upfirdn(self._taps, padded, down=_DECIMATION)[first : first + count])


def _semitone_matrix() -> tuple[int, NDArray[np.float32]]:
    """Return the first bin that counts, and the share of each bin in each semitone.

    Semitones are triangles that reach to their neighbors' centers, and at least two bins wide;
    the columns sum to one.
    """
    bins_hz = np.arange(_WINDOW_FRAMES // 2 + 1) * (_RATE_HZ / _WINDOW_FRAMES)
    center_hz = _LOWEST_HZ * 2.0 ** (np.arange(SEMITONES) / 12)
    reach_hz = np.maximum(center_hz * (2.0 ** (1 / 12) - 1), bins_hz[1])
    matrix = np.maximum(0.0, 1.0 - np.abs(bins_hz[:, None] - center_hz) / reach_hz)
    used = np.flatnonzero(matrix.any(axis=1))
    matrix = (matrix / matrix.sum(axis=0))[used[0] : used[-1] + 1]
    return int(used[0]), matrix.astype(np.float32)
