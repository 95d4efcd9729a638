"""Onset strength: how much begins at each moment, in several senses, a hundred times a second.

Struck notes rise within hundredths of a second, pads within tenths; in a legato line nothing
rises, but new pitches appear; where even those overlap, the harmony still changes. One curve
each, because what follows can tell which of them has a beat.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d
from scipy.signal import lfilter

from playlists.analysis.pitches import PITCH_FRAMES_PER_S, SEMITONES
from playlists.analysis.spectrum import BANDS, FRAMES_PER_S

CURVES = ("attack", "swell", "bass", "pitch", "harmony")
_ATTACK_FRAMES, _SWELL_FRAMES = 3, 12
_BASS_BANDS = 15  # up to about 210 Hz
_FLOOR = 1e-4
_TINY = 1e-20
_REMEMBERED_S = 8.0
_APPEARING_FRAMES = 5  # of 40 ms
_HARMONY_FRAMES = 8
_UPSAMPLING = FRAMES_PER_S // PITCH_FRAMES_PER_S


class StruckCurves:
    """Curves of what rises: ``attack``, ``swell`` and ``bass``, from spectra of any length."""

    def __init__(self) -> None:
        self._level = _RelativeLevel(FRAMES_PER_S)
        self._before = np.full((_SWELL_FRAMES, BANDS), np.log10(_FLOOR), np.float32)

    def curves(self, bands: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the next curves.

        The rise of log power over 30 and 120 ms, averaged over the bands; the loudest neighbor
        is what a band must rise above, so that vibrato begins nothing (S. Böck and G. Widmer,
        "Maximum filter vibrato suppression for onset detection", DAFx 2013).

        Parameters
        ----------
        bands : NDArray[np.float32], shape (frames, BANDS)
            The next spectra.

        Returns
        -------
        NDArray[np.float32], shape (frames, 3)
            At least 0.
        """
        level = np.concatenate([self._before, self._level.of(bands)])
        self._before = level[-_SWELL_FRAMES:]
        count = len(bands)
        loudest = maximum_filter1d(level, 3, axis=1)
        before = loudest[_SWELL_FRAMES - _ATTACK_FRAMES :][:count]
        attacks = np.maximum(level[_SWELL_FRAMES:] - before, 0.0)
        swells = np.maximum(level[_SWELL_FRAMES:] - loudest[:count], 0.0)
        bass = attacks[:, :_BASS_BANDS]
        return np.stack([attacks.mean(axis=1), swells.mean(axis=1), bass.mean(axis=1)], axis=1)


class PitchCurves:
    """Curves of what sounds anew: ``pitch`` and ``harmony``, from semitones of any length."""

    def __init__(self) -> None:
        self._level = _RelativeLevel(PITCH_FRAMES_PER_S)
        self._before = np.full((2 * _HARMONY_FRAMES, SEMITONES), np.log10(_FLOOR), np.float32)
        self._last = np.zeros((1, 2), np.float32)

    def curves(self, semitones: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the next curves.

        Parameters
        ----------
        semitones : NDArray[np.float32], shape (pitch frames, SEMITONES)
            The next powers.

        Returns
        -------
        NDArray[np.float32], shape (frames, 2)
            ``FRAMES_PER_S`` frames a second, four for each pitch frame; at least 0.
        """
        if not len(semitones):
            return np.empty((0, 2), np.float32)
        count = len(semitones)
        level = np.concatenate([self._before, self._level.of(semitones)])
        self._before = level[-2 * _HARMONY_FRAMES :]
        coarse = np.stack([_appearing(level)[-count:], _changing(level)], axis=1)[:count]
        knots = np.concatenate([self._last, coarse])
        self._last = knots[-1:]
        steps = (np.arange(_UPSAMPLING, dtype=np.float32) + 1) / _UPSAMPLING
        between = knots[:-1, None] + np.diff(knots, axis=0)[:, None] * steps[:, None]
        return np.asarray(between.reshape(-1, 2), np.float32)


def _appearing(level: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much each frame's semitones stand above themselves and neighbors before."""
    before = maximum_filter1d(level, 3, axis=1)[:-_APPEARING_FRAMES]
    return np.asarray(np.maximum(level[_APPEARING_FRAMES:] - before, 0.0).mean(axis=1))


def _changing(level: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how different the pitch classes after each frame are from those before, 0-1."""
    classes = (level - np.log10(_FLOOR)).reshape(len(level), -1, 12).sum(axis=1)
    sums = np.concatenate([np.zeros((1, 12)), np.cumsum(classes, axis=0, dtype=np.float64)])
    halves = sums[_HARMONY_FRAMES:] - sums[:-_HARMONY_FRAMES]
    halves /= np.maximum(np.linalg.norm(halves, axis=1, keepdims=True), _TINY)
    alike = (halves[1:-_HARMONY_FRAMES] * halves[1 + _HARMONY_FRAMES :]).sum(axis=1)
    return np.asarray(np.where(halves[1 + _HARMONY_FRAMES :].any(axis=1), 1.0 - alike, 0.0))


class _RelativeLevel:
    """Log power relative to the mean of the last seconds, so that gain does not count."""

    def __init__(self, frames_per_s: int) -> None:
        self._kept = np.exp(-1.0 / (_REMEMBERED_S * frames_per_s))
        self._state = np.zeros(1)
        self._weight_state = np.zeros(1)

    def of(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the next frames' level, of shape (frames, bands), at least the floor's."""
        if not len(power):
            return power
        mean = power.mean(axis=1, dtype=np.float64)
        feedback = ([1.0 - self._kept], [1.0, -self._kept])
        smooth, self._state = lfilter(*feedback, mean, zi=self._state)
        # What has not been heard yet must not count as silence: divide by the weight so far.
        weight, self._weight_state = lfilter(*feedback, np.ones(len(mean)), zi=self._weight_state)
        reference = np.maximum(smooth / weight, _TINY).astype(np.float32)
        return np.asarray(np.log10(power / reference[:, None] + np.float32(_FLOOR)))
