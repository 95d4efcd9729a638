"""A look-ahead limiter that holds true peaks under a ceiling, without recursion.

The gain of a frame depends only on the frames within ``REACH`` of it, so the same input gives
the same output wherever the rendering began.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d
from scipy.signal import firwin, resample_poly

REACH = 512
"""Frames before and after a block that its gain depends on."""

_HALF = 240  # 5 ms at 48 kHz: the gain falls and rises this gently
_OVERSAMPLING = 4  # ITU-R BS.1770-5, Annex 2
# The filter that resample_poly would design anew for each block.
_LOW_PASS = firwin(20 * _OVERSAMPLING + 1, 1.0 / _OVERSAMPLING, window=("kaiser", 5.0))
_SAFE = 0.5  # below half the ceiling no peak between two samples can pass it


def limiter_gain(mix: NDArray[np.float64], ceiling: float) -> NDArray[np.float64] | None:
    """Return the gain that holds a block's true peak; None where no gain is needed.

    Parameters
    ----------
    mix : NDArray[np.float64], shape (REACH + frames + REACH, channels)
        The block with what comes before and after it.
    ceiling : float
        Amplitude that the oversampled signal may reach.

    Returns
    -------
    NDArray[np.float64] or None, shape (frames,)
        Amplitude ratio for each frame, at most 1.0.
    """
    if float(np.abs(mix).max(initial=0.0)) <= ceiling * _SAFE:
        return None
    # Channels first: numpy is slow to find the maximum over a last axis of two or four.
    channels = np.ascontiguousarray(mix.T)
    oversampled = np.abs(resample_poly(channels, _OVERSAMPLING, 1, axis=1, window=_LOW_PASS))
    loudest = oversampled.max(axis=0)
    peaks = np.max([loudest[phase::_OVERSAMPLING] for phase in range(_OVERSAMPLING)], axis=0)
    peaks = np.maximum(peaks, np.roll(peaks, 1))  # a peak between two frames belongs to both
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    if bool(np.all(wanted == 1.0)):
        return None
    held = minimum_filter1d(wanted, 2 * _HALF + 1)
    window = np.hanning(2 * _HALF + 3)[1:-1]
    smooth = np.convolve(held, window / window.sum(), mode="same")
    return np.minimum(smooth[REACH:-REACH], 1.0)
