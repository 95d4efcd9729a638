"""One level for every piece: no swell too wide, no rise too steep, no peak too high."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, minimum_filter1d

from soundscape.dsp.loudness import HOP_S, MOMENTARY_HOPS, LoudnessMeter, integrated_lufs
from soundscape.units import Frames, frames_in

TARGET_LUFS = -20.0
CEILING_DBFS = -4.0
"""Of samples; true peaks of sound this dark lie within 1 dB of them."""

_BLOCK_FRAMES = frames_in(10.0)
_SMOOTH_S = 1.2
_EVENING = 0.8  # of each deviation from the middle is taken away
_MOST_DB = 9.0
_FADE_IN_S, _FADE_OUT_S = 5.0, 9.0
"""Short, as sessions cross pieces within them: what lies in a fade is not heard there."""

_FADE_DEPTH_DB = 19.0
_BEGIN_S = 0.06
_DUCK_S = 0.05
_RIDE_FRAMES = 1 << 16
"""Short enough for a block and its gain to stay in the processor's cache."""


def _momentary_lufs(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how loud each 400 ms of a sound of shape (2, frames) are."""
    meter = LoudnessMeter()
    for start in range(0, sound.shape[1], _BLOCK_FRAMES):
        meter.add(sound[:, start : start + _BLOCK_FRAMES].T)
    return meter.reading().momentary_lufs


def evening_db(momentary_lufs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gain that draws a sound's slow swells towards its middle level.

    It looks as far ahead as back, over some seconds, so that it neither pumps nor lags.

    Parameters
    ----------
    momentary_lufs : NDArray[np.float64], shape (windows,)
        Loudness of each 400 ms.

    Returns
    -------
    NDArray[np.float64], shape (windows,)
        In the middle of each window.
    """
    level_lufs = gaussian_filter1d(momentary_lufs, _SMOOTH_S / HOP_S, mode="nearest")
    deviation_lu = level_lufs - np.median(level_lufs)
    return np.asarray(np.clip(-_EVENING * deviation_lu, -_MOST_DB, _MOST_DB))


def ride(sound: NDArray[np.float32], gains: NDArray[np.float64], every: Frames) -> None:
    """Put a sound under a gain as ``glide`` draws it, in place.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (2, frames)
        Comes out under the gain.
    gains : NDArray[np.float64], shape (heights,)
        Enough of them to reach the end.
    every : Frames
        How far apart they are.
    """
    heights = max(1, _RIDE_FRAMES // every)
    for first in range(0, gains.size - 1, heights):
        block = sound[:, first * every : (first + heights) * every]
        block *= glide(gains[first : first + heights + 1], every, Frames(block.shape[1]))


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


def hold_under_ceiling(sound: NDArray[np.float32]) -> None:
    """Duck a sound softly around each peak, in place, so that no sample passes the ceiling.

    The few ducks of a tenth of a second that a piece may need do not change its loudness.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (2, frames)
        Whose few peaks may pass.
    """
    ceiling = 10.0 ** (CEILING_DBFS / 20.0)
    step = Frames(frames_in(_DUCK_S) // 10)
    starts = np.arange(0, sound.shape[1], step)
    highest = np.maximum.reduceat(sound, starts, axis=1).max(axis=0)
    lowest = np.minimum.reduceat(sound, starts, axis=1).min(axis=0)
    peaks = np.maximum(np.maximum(highest, -lowest), 1e-9)
    needed = np.minimum(ceiling / peaks, 1.0)
    if needed.min() >= 1.0:
        return
    # The least gain within 25 steps, then a mean of fewer: never above what a peak needs.
    held = minimum_filter1d(needed, 51)
    smooth = gaussian_filter1d(held, 6.0, truncate=3.0)
    ride(sound, np.pad(smooth, (0, 1), mode="edge"), step)


def leveled(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a finished piece: evened, faded at both ends, at the target loudness.

    How loud it will be under its gain follows from how loud each 400 ms are, as none of it
    changes much within so short a time; so the sound is metered once.

    Parameters
    ----------
    sound : NDArray[np.float32], shape (2, frames)
        At least a second, not silent; it is leveled in place.

    Returns
    -------
    NDArray[np.float32], shape (frames, 2)
        A view of it. Integrated loudness ``TARGET_LUFS``, samples below ``CEILING_DBFS``.
    """
    length = sound.shape[1]
    fades = [
        fade_gain(Frames(min(frames_in(fade_s), length // 12)))
        for fade_s in (_FADE_IN_S, _FADE_OUT_S)
    ]
    momentary_lufs = _momentary_lufs(sound)
    gain_db = evening_db(momentary_lufs)
    first, hop = MOMENTARY_HOPS // 2, frames_in(HOP_S)  # the middle of the first window
    middles = (first + np.arange(gain_db.size)) * hop
    faded_db = sum(
        20.0 * np.log10(np.interp(places, np.arange(fade.size), fade))
        for places, fade in zip((middles, length - middles), fades, strict=True)
    )
    gain_db += TARGET_LUFS - integrated_lufs(momentary_lufs + gain_db + faded_db)
    ride(sound, np.pad(10.0 ** (gain_db / 20.0), (first, first + 1), mode="edge"), hop)
    fade_in, fade_out = fades
    sound[:, : fade_in.size] *= fade_in
    sound[:, -fade_out.size :] *= fade_out[::-1]
    hold_under_ceiling(sound)
    return sound.T
