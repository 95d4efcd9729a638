"""What repeats in onset curves: mean autocorrelation and mean spectrum over windows.

Windows of 12 s follow a tempo that wanders, windows of 30 s tell close tempi and long meters
apart. Only the sums are kept, so memory does not grow with the track.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from playlists.analysis.spectrum import FRAMES_PER_S

NEAR_S, FAR_S = 12, 30
_PADDED_S = 60
LINES_PER_HZ = _PADDED_S
"""Lines of the spectra in one hertz: windows of any length are padded to the same minute."""

_PADDED_FRAMES = _PADDED_S * FRAMES_PER_S
_LOCAL_FRAMES = FRAMES_PER_S
_APART_FRAMES = 9
_HEARD_SHARE = 0.85
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Periodicity:
    """How curves repeat, seen through windows of one length.

    Attributes
    ----------
    repetition : NDArray[np.float64], shape (curves, lags)
        Mean autocorrelation, 1 at lag 0; lags in frames.
    spectrum : NDArray[np.float64], shape (curves, lines)
        Mean magnitude, ``LINES_PER_HZ`` lines to the hertz; 1 at each curve's highest line.
    peaks_hz : NDArray[np.float64], shape (curves,)
        Peaks a second that stand out of their surroundings.
    """

    repetition: NDArray[np.float64]
    spectrum: NDArray[np.float64]
    peaks_hz: NDArray[np.float64]


class PeriodicityMeter:
    """Windows of one length over curves that are fed in pieces, half overlapping."""

    def __init__(self, window_s: int, curves: int) -> None:
        self._window = window_s * FRAMES_PER_S
        self._taper = np.hanning(self._window).astype(np.float32)
        self._rest = np.empty((0, curves), np.float32)
        self._power = np.zeros((curves, _PADDED_FRAMES // 2 + 1))
        self._magnitude = np.zeros_like(self._power)
        self._peaks = np.zeros(curves)
        self._windows = 0

    def add(self, curves: NDArray[np.float32]) -> None:
        """Take the next frames of the curves, of shape (frames, curves)."""
        waiting = np.concatenate([self._rest, curves])
        start = 0
        while start + self._window <= len(waiting):
            self._take(waiting[start : start + self._window].T)
            start += self._window // 2
        self._rest = waiting[start:]

    def reading(self) -> Periodicity | None:
        """Return what repeats; None while no window is full."""
        if not self._windows:
            return None
        lags = int(self._window * _HEARD_SHARE)
        overlap = 1.0 - np.arange(lags) / self._window
        repetition = irfft(self._power, _PADDED_FRAMES, axis=1)[:, :lags] / overlap
        repetition /= np.maximum(repetition[:, :1], _TINY)
        highest = self._magnitude.max(axis=1, keepdims=True)
        return Periodicity(
            repetition,
            self._magnitude / np.maximum(highest, _TINY),
            self._peaks * FRAMES_PER_S / (self._windows * self._window),
        )

    def _take(self, window: NDArray[np.float32]) -> None:
        """Add one window, of shape (curves, frames)."""
        changing = window - uniform_filter1d(window, _LOCAL_FRAMES, axis=1)
        changing /= np.maximum(np.linalg.norm(changing, axis=1, keepdims=True), 1e-6)
        self._power += np.square(np.abs(rfft(changing, _PADDED_FRAMES, axis=1)))
        self._magnitude += np.abs(rfft(changing * self._taper, _PADDED_FRAMES, axis=1))
        standing = changing > self._window**-0.5  # one standard deviation
        local = changing == maximum_filter1d(changing, _APART_FRAMES, axis=1)
        self._peaks += (standing & local).sum(axis=1)
        self._windows += 1
