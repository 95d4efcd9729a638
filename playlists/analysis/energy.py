"""Energy: how driving music is, 0-1, whatever the level it is played at.

Three things are measured in each window of 10 s, none of which hears the window's own level:

* *attack*: how much of the sound has just begun. The rise of amplitude from one hundredth of a
  second to the next, summed over the bands of pitch, less the root of the sum of its squares:
  what bands do together is a beginning, what each does by itself is beating or noise. It is
  given as a share of all amplitude;
* *brightness*: the centroid of the spectrum, in Hz;
* *evenness*: the logarithm of the geometric by the arithmetic mean of the bands' power, averaged
  over time by amplitude. A lone voice leaves most of the range of pitch empty, a band does not.

The *score* is ``ln(attack) + 0.8 · ln(brightness) + 0.2 · evenness``, and the *energy* is the
score's place in a fixed reference (``REFERENCE``), never in a library's own distribution, so that
a number means the same in every clinic. A track's energy is the mean of its windows.
``benchmarks/energy`` makes the reference and says how well calm and driving music are told apart.

Loudness, tempo and the density of notes are not in it: as measures of calm against driving music
they do little better than chance. Its known limit is bare noise: surf, rain or applause alone
have the many small beginnings of an orchestra, and read too high.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from playlists.analysis.spectrum import BAND_CENTERS_HZ, BANDS, FRAMES_PER_S

WINDOW_S = 10
WINDOW_FRAMES = WINDOW_S * FRAMES_PER_S

REFERENCE = np.array(
    [
        (-2.34, 0.0),
        (-1.17, 0.01),
        (-0.1, 0.05),
        (0.16, 0.1),
        (0.32, 0.15),
        (0.43, 0.2),
        (0.64, 0.3),
        (0.87, 0.4),
        (1.28, 0.5),
        (1.65, 0.6),
        (1.95, 0.7),
        (2.27, 0.8),
        (2.65, 0.9),
        (2.93, 0.95),
        (3.46, 0.99),
        (4.04, 1.0),
    ]
)
"""Scores, and the share of the reference that lies below each: two thirds of it is game music of
Debian, each track counting once, and one third this project's starter pieces."""

_STILL = 2e-4  # an attack that cannot be told from none
_BRIGHTNESS_WEIGHT, _EVENNESS_WEIGHT = 0.8, 0.2
_FLOOR = 1e-4
_TINY = 1e-20

_STRUCK_FRAMES = 2
_STRUCK_RISE = 0.3
_AROUND_FRAMES = FRAMES_PER_S // 2
_HALF_STRUCK = 0.02

# A window of which more than half is that much weaker than in the track's strongest is silence.
_SILENT_RATIO = 1e-4
_SHORTEST_FRAMES = 3 * FRAMES_PER_S


@dataclass(frozen=True, slots=True)
class Energy:
    """A track's energy.

    Attributes
    ----------
    mean : float
        0-1, over the windows that are not silent.
    curve : tuple[tuple[float, float], ...]
        (second at which a window of 10 s starts, energy 0-1); 0 in silence.
    percussiveness : float
        0-1, over the windows that are not silent.
    """

    mean: float
    curve: tuple[tuple[float, float], ...]
    percussiveness: float


@dataclass(frozen=True, slots=True)
class _Window:
    """What is kept of a window: its typical power, and what was measured in it."""

    power: float
    energy: float
    percussiveness: float


class EnergyMeter:
    """A meter that is fed spectra of any length; it keeps three numbers for each window."""

    def __init__(self) -> None:
        self._waiting: list[NDArray[np.float32]] = []
        self._windows: list[_Window] = []

    def add(self, bands: NDArray[np.float32]) -> None:
        """Take the next spectra, of shape (frames, bands)."""
        self._waiting.append(bands)
        if sum(map(len, self._waiting)) < WINDOW_FRAMES:
            return
        whole = np.concatenate(self._waiting)
        while len(whole) >= WINDOW_FRAMES:
            self._take(whole[:WINDOW_FRAMES])
            whole = whole[WINDOW_FRAMES:]
        self._waiting = [whole]

    def reading(self) -> Energy:
        """Return what was measured; an end of less than 3 s counts only if it is all there is."""
        rest = np.concatenate(self._waiting) if self._waiting else np.empty((0, BANDS), np.float32)
        if len(rest) >= _SHORTEST_FRAMES or not self._windows:
            self._take(rest)
        self._waiting = []
        audible = max(window.power for window in self._windows) * _SILENT_RATIO
        sounding = [window for window in self._windows if window.power > audible]
        energies = [w.energy if w.power > audible else 0.0 for w in self._windows]
        curve = tuple((float(n * WINDOW_S), energy) for n, energy in enumerate(energies))
        if not sounding:
            return Energy(0.0, curve, 0.0)
        struck = float(np.mean([window.percussiveness for window in sounding]))
        return Energy(float(np.mean([window.energy for window in sounding])), curve, struck)

    def _take(self, window: NDArray[np.float32]) -> None:
        """Measure one window."""
        power = float(np.median(window.mean(axis=1))) if len(window) else 0.0
        energy, struck = window_energy(window), window_percussiveness(window)
        self._windows.append(_Window(power, energy, struck))


def window_energy(bands: NDArray[np.float32]) -> float:
    """Return the energy of one window, 0-1.

    Parameters
    ----------
    bands : NDArray[np.float32], shape (frames, bands)
        Power in each band, ``FRAMES_PER_S`` frames a second; any gain gives the same energy.
        A window without power has energy 0.
    """
    return energy_of(score(bands)) if _sounds(bands) else 0.0


def window_percussiveness(bands: NDArray[np.float32]) -> float:
    """Return how much of one window is struck rather than held, 0-1.

    A stroke is what rises within 20 ms by more than 0.3 of the amplitude of the half second
    around it. Held tones, pads and steady noise are near 0, plucked notes and bells between 0.3
    and 0.5, drums above 0.5.

    Parameters
    ----------
    bands : NDArray[np.float32], shape (frames, bands)
        As for ``window_energy``; a window without power has none.
    """
    if not _sounds(bands) or len(bands) <= _STRUCK_FRAMES:
        return 0.0
    amplitude = np.sqrt(bands).sum(axis=1)
    around = uniform_filter1d(amplitude, _AROUND_FRAMES)[_STRUCK_FRAMES:]
    rises = amplitude[_STRUCK_FRAMES:] - amplitude[:-_STRUCK_FRAMES] - _STRUCK_RISE * around
    struck = float(np.maximum(rises, 0.0).sum() / amplitude.sum())
    return struck / (struck + _HALF_STRUCK)


def score(bands: NDArray[np.float32]) -> float:
    """Return the score of a window that is not silent; of shape (frames, bands)."""
    amplitudes = np.sqrt(bands)
    attack = np.log(_attack(amplitudes) + _STILL)
    brightness = _BRIGHTNESS_WEIGHT * np.log(_brightness_hz(amplitudes))
    evenness = _EVENNESS_WEIGHT * _evenness(bands, amplitudes)
    return float(attack + brightness + evenness)


def energy_of(window_score: float) -> float:
    """Return the place of a score in the reference, 0-1."""
    return float(np.interp(window_score, REFERENCE[:, 0], REFERENCE[:, 1]))


def _sounds(bands: NDArray[np.float32]) -> bool:
    """Whether there is any power."""
    return bool(len(bands)) and float(bands.mean()) > _TINY


def _attack(amplitudes: NDArray[np.float32]) -> float:
    """Return how much of the amplitude has just begun in many bands at once."""
    steps = np.diff(amplitudes, axis=0)
    together = steps.sum(axis=1) - np.sqrt(np.square(steps).sum(axis=1))
    return float(np.maximum(together, 0.0).sum() / amplitudes.sum())


def _brightness_hz(amplitudes: NDArray[np.float32]) -> float:
    """Return the centroid, each band counting by its width, which grows with its pitch."""
    widths = amplitudes.sum(axis=0, dtype=np.float64) * BAND_CENTERS_HZ
    return float(widths @ BAND_CENTERS_HZ / widths.sum())


def _evenness(bands: NDArray[np.float32], amplitudes: NDArray[np.float32]) -> float:
    """Return the logarithm of how evenly power fills the bands, at most 0."""
    power = bands + _FLOOR * bands.mean()
    each = np.log(power).mean(axis=1) - np.log(power.mean(axis=1))
    return float(np.average(each, weights=amplitudes.sum(axis=1)))
