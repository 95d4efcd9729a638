"""A track's power in bands of pitch, a hundred times a second, block by block."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.signal.windows import hann

from soundscape.dsp.filters import Decimator
from soundscape.units import SESSION_RATE_HZ

FRAMES_PER_S = 100
BANDS = 60
_DECIMATION = 2
_RATE_HZ = SESSION_RATE_HZ // _DECIMATION
_WINDOW_FRAMES = 1024
_HOP_FRAMES = _RATE_HZ // FRAMES_PER_S
_EDGES_HZ = np.geomspace(60.0, 10_000.0, BANDS + 2)
BAND_CENTERS_HZ = _EDGES_HZ[1:-1]
"""Where each band is most sensitive; a band is the wider the higher it lies."""


@dataclass(frozen=True, slots=True)
class Spectra:
    """Spectra of some stretch of a track.

    Attributes
    ----------
    bands : NDArray[np.float32]
        Of shape (frames, ``BANDS``): mean power in each band, ``FRAMES_PER_S`` frames a second.
    centroid_weight : float
        Sum over frames and bins of magnitude times frequency in Hz; with ``magnitude`` it adds
        up over blocks to a mean centroid.
    magnitude : float
        Sum over frames and bins of magnitude.
    """

    bands: NDArray[np.float32]
    centroid_weight: float
    magnitude: float


class BandSpectrometer:
    """Short-time spectra, fed with blocks of mono at 48 kHz."""

    def __init__(self) -> None:
        self._decimator = Decimator(_DECIMATION, 1)
        self._window = hann(_WINDOW_FRAMES, sym=False).astype(np.float32)
        self._rest = np.zeros(_WINDOW_FRAMES // 2, np.float32)
        self._bins_hz = np.arange(_WINDOW_FRAMES // 2 + 1) * (_RATE_HZ / _WINDOW_FRAMES)
        self._to_bands = _band_matrix(self._bins_hz)

    def spectra(self, mono: NDArray[np.float32]) -> Spectra:
        """Return the spectra that the next block completes; mono of shape (frames,)."""
        lower = self._decimator.decimated(mono[:, None])[:, 0]
        signal = np.concatenate([self._rest, lower.astype(np.float32)])
        count = max(0, (len(signal) - _WINDOW_FRAMES) // _HOP_FRAMES + 1)
        self._rest = signal[count * _HOP_FRAMES :]
        if not count:
            return Spectra(np.empty((0, BANDS), np.float32), 0.0, 0.0)
        windows = np.lib.stride_tricks.sliding_window_view(signal, _WINDOW_FRAMES)
        bins = np.abs(rfft(windows[::_HOP_FRAMES] * self._window, axis=1))
        by_bin = bins.sum(axis=0, dtype=np.float64)
        return Spectra(
            np.square(bins) @ self._to_bands, float(by_bin @ self._bins_hz), float(by_bin.sum())
        )


def _band_matrix(bins_hz: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the share of each bin in each band, of shape (bins, bands), columns summing to one.

    Bands are triangles over equal steps of log frequency, and at least two bins wide.
    """
    spread_hz = 2.0 * bins_hz[1]
    lower = np.minimum(_EDGES_HZ[:-2], BAND_CENTERS_HZ - spread_hz)
    upper = np.maximum(_EDGES_HZ[2:], BAND_CENTERS_HZ + spread_hz)
    rising = (bins_hz[:, None] - lower) / (BAND_CENTERS_HZ - lower)
    falling = (upper - bins_hz[:, None]) / (upper - BAND_CENTERS_HZ)
    matrix = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(matrix / matrix.sum(axis=0), np.float32)
