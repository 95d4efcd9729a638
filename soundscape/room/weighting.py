"""Levels as the ear weighs them: A-weighting by IEC 61672-1:2013, Annex E, and its mean."""

import numpy as np
from numpy.typing import NDArray

from soundscape.units import frames_in

WINDOW_S = 1.0
STEP_S = 0.25
"""Windows overlap by three quarters: the squares of Hann windows then sum to a constant."""

SILENCE_DB = -160.0
"""What stands for no sound at all: a floor that keeps every number finite."""

_POLES_HZ = (20.60, 107.7, 737.9, 12_194.0)  # E.4.1
_AT_1_KHZ_DB = -2.000  # E.4.2
_FULL_SCALE_SINE = 0.5  # mean square; AES17: it reads 0 dBFS


def a_weighting_db(frequencies_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the A-weighting at some frequencies (IEC 61672-1:2013, equation E.6).

    Parameters
    ----------
    frequencies_hz : NDArray[np.float64], shape (frequencies,)
        Above 0.

    Returns
    -------
    NDArray[np.float64], shape (frequencies,)
        In dB; 0 at 1 kHz.
    """
    first, second, third, fourth = _POLES_HZ
    squares = np.square(frequencies_hz)
    ratio = fourth**2 * squares**2
    ratio /= (squares + first**2) * (squares + fourth**2)
    ratio /= np.sqrt((squares + second**2) * (squares + third**2))
    return np.asarray(20.0 * np.log10(ratio) - _AT_1_KHZ_DB)


class LevelMeter:
    """A meter that is fed blocks of any length, and keeps one number for each quarter second.

    The weighting acts on the spectrum of each second: it is the standard's formula itself, not a
    filter that comes near it. Of the sound it keeps less than one second, and forgets that too.
    """

    def __init__(self) -> None:
        self._length = frames_in(WINDOW_S)
        self._step = frames_in(STEP_S)
        self._window = np.hanning(self._length + 1)[:-1]
        bins_hz = np.arange(1.0, self._length // 2 + 1.0) / WINDOW_S
        # Twice, as a one-sided spectrum holds half the power.
        norm = 2.0 / (self._length * np.sum(np.square(self._window)))
        self._gains = norm * 10.0 ** (a_weighting_db(bins_hz) / 10.0)
        self._rest = np.empty(0, np.float32)
        self._powers: list[float] = []

    def add(self, block: NDArray[np.float32]) -> None:
        """Take the next block.

        Parameters
        ----------
        block : NDArray[np.float32], shape (frames,)
            One channel at 48 kHz; full scale is 1.
        """
        self._rest = np.concatenate([self._rest, block])
        while len(self._rest) >= self._length:
            spectrum = np.fft.rfft(self._rest[: self._length] * self._window)[1:]
            self._powers.append(float(self._gains @ np.square(np.abs(spectrum))))
            self._rest = self._rest[self._step :]

    def level_db(self) -> float:
        """Return the mean level so far in dBFS(A); a full-scale sine at 1 kHz reads 0."""
        return _level_db(float(np.mean(self._powers)) if self._powers else 0.0)

    def loudest_db(self) -> float:
        """Return the level of the loudest second so far in dBFS(A)."""
        return _level_db(max(self._powers, default=0.0))


def _level_db(power: float) -> float:
    floor = 10.0 ** (SILENCE_DB / 10.0)
    return float(10.0 * np.log10(max(power / _FULL_SCALE_SINE, floor)))
