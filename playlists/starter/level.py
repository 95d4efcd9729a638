"""One level for every piece: no swell too wide, no rise too steep, no peak too high."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, minimum_filter1d

from soundscape.dsp.loudness import HOP_S, MOMENTARY_HOPS, Loudness, LoudnessMeter
from soundscape.units import Frames, frames_in

TARGET_LUFS = -20.0
CEILING_DBFS = -4.0
"""Of samples; true peaks of sound this dark lie within 1 dB of them."""

_BLOCK = frames_in(10.0)
_SMOOTH_S = 1.2
_EVENING = 0.8  # of each deviation from the middle is taken away
_MOST_DB = 9.0
_FADE_S = 15.0
_FADE_DEPTH_DB = 19.0
_BEGIN_S = 0.06
_DUCK_S = 0.05


def _loudness(sound: NDArray[np.float32]) -> Loudness:
    """Return the meter's reading of a sound of shape (2, frames)."""
    meter = LoudnessMeter()
    for start in range(0, sound.shape[1], _BLOCK):
        meter.add(sound[:, start : start + _BLOCK].T)
    return meter.reading()


def evened(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a sound whose slow swells are drawn towards its middle level.

    The gain looks as far ahead as back, over some seconds, so that it neither pumps nor lags.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (2, frames)
        At least a second.

    Returns
    -------
    NDArray[np.float32], shape (2, frames)
        The same sound under a slow gain.
    """
    momentary_lufs = np.asarray(_loudness(sound).momentary_lufs)
    level_lufs = gaussian_filter1d(momentary_lufs, _SMOOTH_S / HOP_S, mode="nearest")
    gain_db = np.clip(_EVENING * (np.median(level_lufs) - level_lufs), -_MOST_DB, _MOST_DB)
    first = MOMENTARY_HOPS // 2  # the middle of the first window
    gains = np.pad(10.0 ** (gain_db / 20.0), (first, first + 1), mode="edge")
    return sound * glide(gains, frames_in(HOP_S), Frames(sound.shape[1]))


def glide(gains: NDArray[np.float64], every: Frames, length: Frames) -> NDArray[np.float32]:
    """Return a gain that goes in straight lines from one height to the next.

    Parameters
    ----------
    gains : NDArray[np.float64], shape (heights,)
        The heights; enough of them to reach the end.
    every : Frames
        How far apart they are.
    length : Frames
        How long the gain is.

    Returns
    -------
    NDArray[np.float32], shape (length,)
        The first height on the first frame.
    """
    heights = gains.astype(np.float32)
    share = np.arange(every, dtype=np.float32) / np.float32(every)
    lines = heights[:-1, None] + np.diff(heights)[:, None] * share
    return np.asarray(lines.ravel()[:length], np.float32)


def fade_gain(length: Frames) -> NDArray[np.float32]:
    """Return the gain of a fade-in that grows by equal decibels in equal times.

    An even slope in decibels is the gentlest way up for the ear. It starts 19 dB down, near the
    noise of a quiet room, which it reaches from nothing within 60 ms and without a click.

    Returns
    -------
    NDArray[np.float32], shape (length,)
        From 0.0 to 1.0. The fade-out is this reversed.
    """
    slope = 10.0 ** (-_FADE_DEPTH_DB / 20.0 * np.linspace(1.0, 0.0, length))
    begin = min(frames_in(_BEGIN_S), length)
    slope[:begin] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(begin) / begin)
    return np.asarray(slope, np.float32)


def under_ceiling(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a sound no sample of which passes the ceiling, ducked softly around each peak.

    The few ducks of a tenth of a second that a piece may need do not change its loudness.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (2, frames)
        Whose few peaks may pass.

    Returns
    -------
    NDArray[np.float32], shape (2, frames)
        The same sound where nothing passed.
    """
    ceiling = 10.0 ** (CEILING_DBFS / 20.0)
    step = frames_in(_DUCK_S) // 10
    count = -(-sound.shape[1] // step)
    padded = np.zeros(count * step, np.float32)
    padded[: sound.shape[1]] = np.abs(sound).max(axis=0)
    needed = np.minimum(ceiling / np.maximum(padded.reshape(-1, step).max(axis=1), 1e-9), 1.0)
    if needed.min() >= 1.0:
        return sound
    # The least gain within 25 steps, then a mean of fewer: never above what a peak needs.
    held = minimum_filter1d(needed, 51)
    smooth = gaussian_filter1d(held, 6.0, truncate=3.0)
    gains = np.pad(smooth, (0, 1), mode="edge")
    return sound * glide(gains, Frames(step), Frames(sound.shape[1]))


def leveled(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a finished piece: evened, faded at both ends, at the target loudness.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (2, frames)
        Not silent.

    Returns
    -------
    NDArray[np.float32], shape (frames, 2)
        Integrated loudness ``TARGET_LUFS``, samples below ``CEILING_DBFS``.
    """
    even = evened(sound)
    fade = fade_gain(Frames(min(frames_in(_FADE_S), even.shape[1] // 12)))
    even[:, : fade.size] *= fade
    even[:, -fade.size :] *= fade[::-1]
    even *= np.float32(10.0 ** ((TARGET_LUFS - _loudness(even).integrated_lufs) / 20.0))
    return np.ascontiguousarray(under_ceiling(even).T)
