"""Energy: how much a listener is moved to move, 0-1, whatever the level it is played at.

For each window of 10 s, with the window's own level taken out:

* *flux* is the mean rise of the logarithm of power, over bands of pitch and time. Each band is
  smoothed over 50 ms, compared with the loudest of itself and its two neighbors 50 ms before
  (so that vibrato and detuned voices are no movement), and a rise below 1 dB is noise;
* *percussiveness* is the share of magnitude that is broad in pitch and short in time, by the two
  medians of D. FitzGerald, "Harmonic/percussive separation using median filtering" (DAFx 2010);
* the *score* is ``0.2·ln(flux + 0.0005) + percussiveness · flux / (flux + 0.005)``: a sound that
  does not move is calm however broad it is;
* the *energy* is the score's place in a fixed reference (``_REFERENCE``), never in a library's own
  distribution, so that a number means the same in every clinic.

A track's energy is the mean of its windows. Loudness, tempo and the density of notes are not in
it: as measures of calm against driving music they do no better than chance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, median_filter, uniform_filter1d

from playlists.analysis.spectrum import BANDS, FRAMES_PER_S

WINDOW_S = 10
WINDOW_FRAMES = WINDOW_S * FRAMES_PER_S

_SMOOTHING_FRAMES = 5
_LAG_FRAMES = 5
_FLOOR = 1e-2
_NOISE = 0.1
_STILL = 5e-4
_MOVING = 5e-3
_FLUX_WEIGHT = 0.2
_MEDIAN_STRIDE, _MEDIAN_FRAMES, _MEDIAN_BANDS = 2, 15, 13
_TINY = 1e-20

# Score and energy. Unmoving synthesized drones score -1.5, slow pads -1.4, single bells -1.1,
# plucked notes each second -0.7. Of orchestral game music (the 38 pieces of wesnoth-1.16-music
# that are long enough) the calm ones lie around -0.5, the median at -0.4, the battles between
# -0.3 and -0.1; drums with a fast figure score 0.1.
_REFERENCE = np.array(
    [
        (-1.54, 0.0),
        (-1.51, 0.05),
        (-1.47, 0.12),
        (-1.44, 0.18),
        (-1.38, 0.24),
        (-1.10, 0.32),
        (-0.75, 0.37),
        (-0.60, 0.42),
        (-0.45, 0.5),
        (-0.38, 0.6),
        (-0.28, 0.75),
        (-0.20, 0.85),
        (-0.10, 0.93),
        (0.10, 1.0),
    ]
)
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
    """

    mean: float
    curve: tuple[tuple[float, float], ...]


class EnergyMeter:
    """A meter that is fed spectra of any length; it keeps two numbers for each window."""

    def __init__(self) -> None:
        self._waiting: list[NDArray[np.float32]] = []
        self._windows: list[tuple[float, float]] = []

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
        audible = max(power for power, _ in self._windows) * _SILENT_RATIO
        energies = [energy if power > audible else 0.0 for power, energy in self._windows]
        sounding = [energy for power, energy in self._windows if power > audible]
        curve = tuple((float(n * WINDOW_S), energy) for n, energy in enumerate(energies))
        return Energy(float(np.mean(sounding)) if sounding else 0.0, curve)

    def _take(self, window: NDArray[np.float32]) -> None:
        """Measure one window."""
        power = float(np.median(window.mean(axis=1))) if len(window) else 0.0
        self._windows.append((power, window_energy(window)))


def window_energy(bands: NDArray[np.float32]) -> float:
    """Return the energy of one window, 0-1.

    Parameters
    ----------
    bands : NDArray[np.float32], shape (frames, bands)
        Power in each band, ``FRAMES_PER_S`` frames a second; any gain gives the same energy.
        A window without power has energy 0.
    """
    if not len(bands) or not float(bands.mean()) > _TINY:
        return 0.0
    return energy_of(score(_flux(bands), _percussiveness(bands)))


def score(flux: float, percussiveness: float) -> float:
    """Return a window's score, which grows with its flux and its percussiveness."""
    moving = flux / (flux + _MOVING)
    return float(_FLUX_WEIGHT * np.log(flux + _STILL) + percussiveness * moving)


def energy_of(window_score: float) -> float:
    """Return the place of a score in the reference, 0-1."""
    return float(np.interp(window_score, _REFERENCE[:, 0], _REFERENCE[:, 1]))


def _flux(bands: NDArray[np.float32]) -> float:
    """Return the mean rise of log power over neighbors and time, rises below 1 dB left out."""
    smooth = uniform_filter1d(bands, _SMOOTHING_FRAMES, axis=0)
    level = np.log10(smooth / smooth.mean() + _FLOOR)
    before = maximum_filter1d(level, 3, axis=1)
    rises = level[_LAG_FRAMES:] - before[:-_LAG_FRAMES] - _NOISE
    return float(np.maximum(rises, 0.0).mean()) if len(rises) else 0.0


def _percussiveness(bands: NDArray[np.float32]) -> float:
    """Return the share of magnitude that is broad in pitch and short in time, 0-1."""
    magnitude = np.sqrt(bands[::_MEDIAN_STRIDE])
    lasting = np.square(median_filter(magnitude, (_MEDIAN_FRAMES, 1)))
    broad = np.square(median_filter(magnitude, (1, _MEDIAN_BANDS)))
    share = broad / np.maximum(broad + lasting, _TINY)
    return float((magnitude * share).sum() / magnitude.sum())
