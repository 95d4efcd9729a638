"""A look-ahead limiter that holds true peaks under a ceiling, without recursion.

The gain of a frame depends only on the frames within ``REACH`` of it, so the same input gives
the same output wherever the rendering began. Plain numpy, because the processes of a session
are to start at once and to stay small: scipy's signal package would cost them a second each.
"""

import numpy as np
from numpy.typing import NDArray

REACH = 512
"""Frames before and after a block that its gain depends on."""

_HALF = 240  # 5 ms at 48 kHz: the gain falls and rises this gently
_OVERSAMPLING = 4  # ITU-R BS.1770-5, Annex 2
_TAPS_EACH = 20
_KAISER_BETA = 5.0
_ROUNDING = 1.0 - 1e-12
_SAFE = 0.44  # of the ceiling: no signal rises 2.25-fold between its samples, by any of the taps


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
    peaks = np.max([_true_peaks(channel) for channel in mix.T], axis=0)
    wanted = np.minimum(1.0, ceiling * _ROUNDING / np.maximum(peaks, 1e-9))
    if bool(np.all(wanted == 1.0)):
        return None
    held = _lowest_around(wanted)
    window = np.hanning(2 * _HALF + 3)[1:-1]
    smooth = np.convolve(held, window / window.sum(), mode="same")
    return np.minimum(smooth[REACH:-REACH], 1.0)


def _true_peaks(channel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the highest magnitude at each frame, and between it and its two neighbors."""
    peaks = np.abs(channel)
    for taps in _BETWEEN:
        between = np.abs(np.convolve(channel, taps, mode="same"))
        peaks = np.maximum(peaks, between)
        peaks[:-1] = np.maximum(peaks[:-1], between[1:])  # it belongs to both
        peaks[1:] = np.maximum(peaks[1:], between[:-1])
    return peaks


def _interpolators() -> list[NDArray[np.float64]]:
    """Return, for each place between two frames, the taps that give the signal there."""
    middle = _TAPS_EACH * _OVERSAMPLING // 2
    fine = np.arange(-middle, middle + 1) / _OVERSAMPLING
    low_pass = np.sinc(fine) * np.kaiser(len(fine), _KAISER_BETA)
    parts = [low_pass[part::_OVERSAMPLING] for part in range(1, _OVERSAMPLING)]
    return [taps / taps.sum() for taps in parts]


def _lowest_around(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the lowest value within ``_HALF`` frames of each.

    In stretches as long as the window, the lowest from the stretch's start and from its end; a
    window is the end of one stretch and the start of the next (M. van Herk, "A fast algorithm
    for local minimum and maximum filters", Pattern Recognition Letters 13, 1992).
    """
    width = 2 * _HALF + 1
    after = -(len(values) + 2 * _HALF) % width
    stretches = np.pad(values, (_HALF, _HALF + after), constant_values=1.0).reshape(-1, width)
    from_start = np.minimum.accumulate(stretches, axis=1).ravel()
    from_end = np.minimum.accumulate(stretches[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.minimum(from_end[: len(values)], from_start[2 * _HALF :][: len(values)])


_BETWEEN = _interpolators()
