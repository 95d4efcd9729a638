"""Filters that go on from block to block: K-weighting, and decimation to a lower rate."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import cheby2, sosfilt

# The analog prototypes behind the coefficients that ITU-R BS.1770-5, Annex 1 gives for 48 kHz,
# recovered to full precision by B. De Man, "Evaluation of implementations of the EBU R128
# loudness measurement", AES Convention 145 (2018).
_SHELF_HZ, _SHELF_DB, _SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
_SHELF_SLOPE = 0.4996667741545416
_HIGH_PASS_HZ, _HIGH_PASS_Q = 38.13547087602444, 0.5003270373238773

_STOP_BAND_DB = 70.0
_DECIMATION_ORDER = 10


def k_weighting(sample_rate_hz: int) -> NDArray[np.float64]:
    """Return the K-weighting of ITU-R BS.1770-5, Annex 1, at any sample rate.

    Returns
    -------
    NDArray[np.float64], shape (2, 6)
        Second-order sections: the head's shelf and the high pass.
    """
    return np.array([_shelf(sample_rate_hz), _high_pass(sample_rate_hz)])


class SectionFilter:
    """A cascade of second-order sections whose state outlives a block.

    Parameters
    ----------
    sections : NDArray[np.float64]
        Of shape (sections, 6), as scipy's ``sos``.
    channels : int
        Channels of the blocks to come.
    """

    def __init__(self, sections: NDArray[np.float64], channels: int) -> None:
        self._sections = sections
        self._state = np.zeros((len(sections), 2, channels))

    def filtered(self, block: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the next block filtered; both of shape (frames, channels)."""
        if not len(block):
            return np.empty(block.shape)
        result, self._state = sosfilt(self._sections, block, axis=0, zi=self._state)
        return np.asarray(result, np.float64)


class Decimator:
    """A whole-numbered step down in sample rate, free of aliases to 70 dB.

    Parameters
    ----------
    factor : int
        Frames in for each frame out.
    channels : int
        Channels of the blocks to come.
    """

    def __init__(self, factor: int, channels: int) -> None:
        sections = cheby2(_DECIMATION_ORDER, _STOP_BAND_DB, 1.0 / factor, output="sos")
        self._filter = SectionFilter(sections, channels)
        self._factor = factor
        self._skipped = 0

    def decimated(self, block: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the next block at the lower rate; both of shape (frames, channels)."""
        result = self._filter.filtered(block)[self._skipped :: self._factor]
        self._skipped = (self._skipped - len(block)) % self._factor
        return result


def _shelf(sample_rate_hz: int) -> list[float]:
    """Return the high shelf by the bilinear transform of its prototype."""
    k = np.tan(np.pi * _SHELF_HZ / sample_rate_hz)
    high = 10.0 ** (_SHELF_DB / 20.0)
    band = high**_SHELF_SLOPE
    norm = 1.0 + k / _SHELF_Q + k * k
    return [
        (high + band * k / _SHELF_Q + k * k) / norm,
        2.0 * (k * k - high) / norm,
        (high - band * k / _SHELF_Q + k * k) / norm,
        1.0,
        2.0 * (k * k - 1.0) / norm,
        (1.0 - k / _SHELF_Q + k * k) / norm,
    ]


def _high_pass(sample_rate_hz: int) -> list[float]:
    """Return the high pass by the bilinear transform, with Annex 1's unscaled numerator."""
    k = np.tan(np.pi * _HIGH_PASS_HZ / sample_rate_hz)
    norm = 1.0 + k / _HIGH_PASS_Q + k * k
    return [
        1.0,
        -2.0,
        1.0,
        1.0,
        2.0 * (k * k - 1.0) / norm,
        (1.0 - k / _HIGH_PASS_Q + k * k) / norm,
    ]
