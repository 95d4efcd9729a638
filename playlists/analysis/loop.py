"""How well a track would go on from its end to its start, as a bed that never ends does."""

import numpy as np
from numpy.typing import NDArray

from playlists.analysis.form import Ends
from playlists.analysis.spectrum import BANDS, FRAMES_PER_S

_COMPARED_S = 3
_FAR_APART_DB = 12.0
_TINY = 1e-20


class LoopMeter:
    """A meter that is fed spectra of any length; it keeps one spectrum for each second."""

    def __init__(self) -> None:
        self._rest = np.empty((0, BANDS), np.float32)
        self._seconds: list[NDArray[np.float32]] = []

    def add(self, bands: NDArray[np.float32]) -> None:
        """Take the next spectra, of shape (frames, bands)."""
        frames = np.concatenate([self._rest, bands])
        whole = len(frames) - len(frames) % FRAMES_PER_S
        self._seconds.append(frames[:whole].reshape(-1, FRAMES_PER_S, BANDS).mean(axis=1))
        self._rest = frames[whole:]

    def loopability(self, ends: Ends, energy_curve: tuple[tuple[float, float], ...]) -> float:
        """Return how little would be heard of a jump from the music's end to its start, 0-1.

        The first 3 s of music are compared with the last 3 s: 1 less a twelfth for each decibel
        between them, times the cosine between their spectra of amplitude, times 1 less the
        difference in energy, divided by 1 and the seconds of silence and fades at both ends.
        Beat and harmony are not compared, so a jump may still stumble.

        Parameters
        ----------
        ends : Ends
            Of the track.
        energy_curve : tuple[tuple[float, float], ...]
            (second, energy 0-1), in order.
        """
        seconds = np.concatenate([*self._seconds, np.empty((0, BANDS), np.float32)])
        first = int(np.ceil(ends.lead_silence_s))
        last = len(seconds) - int(np.ceil(ends.tail_silence_s))
        if last - first < 2 * _COMPARED_S or not energy_curve:
            return 0.0
        start = seconds[first : first + _COMPARED_S].mean(axis=0)
        end = seconds[last - _COMPARED_S : last].mean(axis=0)
        energies = abs(energy_curve[0][1] - energy_curve[-1][1])
        missing_s = sum(
            (ends.lead_silence_s, ends.tail_silence_s, ends.fade_in_s, ends.fade_out_s)
        )
        return _likeness(start, end) * (1.0 - energies) / (1.0 + missing_s)


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return how alike two spectra of power are in level and in shape, 0-1."""
    levels_db = 10.0 * np.log10(np.maximum([one.mean(), other.mean()], _TINY))
    level = max(0.0, 1.0 - abs(float(levels_db[0] - levels_db[1])) / _FAR_APART_DB)
    amplitudes, others = np.sqrt(one), np.sqrt(other)
    norm = float(np.linalg.norm(amplitudes) * np.linalg.norm(others))
    return level * float(amplitudes @ others) / norm if norm > _TINY else 0.0
