"""Onset strength: how much begins at each moment, a hundred times a second."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from playlists.analysis.spectrum import BANDS

_LAG_FRAMES = 3
_FLOOR = 1e-3
_TINY = 1e-20


class OnsetMeter:
    """A meter that is fed spectra of any length; it keeps one number for each frame."""

    def __init__(self) -> None:
        self._before = np.zeros((_LAG_FRAMES, BANDS), np.float32)
        self._strengths: list[NDArray[np.float32]] = []

    def add(self, bands: NDArray[np.float32]) -> None:
        """Take the next spectra, of shape (frames, bands).

        The rise of log power over 30 ms, averaged over the bands; the loudest neighbor is what a
        band must rise above, so that vibrato begins nothing (S. Böck and G. Widmer, "Maximum
        filter vibrato suppression for onset detection", DAFx 2013).
        """
        if not len(bands):
            return
        power = np.concatenate([self._before, bands])
        self._before = power[-_LAG_FRAMES:]
        level = np.log10(power / max(float(bands.mean()), _TINY) + _FLOOR)
        rises = level[_LAG_FRAMES:] - maximum_filter1d(level, 3, axis=1)[:-_LAG_FRAMES]
        self._strengths.append(np.maximum(rises, 0.0).mean(axis=1).astype(np.float32))

    def reading(self) -> NDArray[np.float32]:
        """Return the onset strength of all that was heard, of shape (frames,), at least 0."""
        return np.concatenate([*self._strengths, np.empty(0, np.float32)])
