"""What the ranker sees of each candidate tempo: how the track repeats at and around its beat.

Nothing here prefers a tempo. For each candidate, the autocorrelation is read at multiples and
fractions of the beat, the spectrum at its harmonics and subharmonics; which of these patterns is
a beat, and which an octave or a bar, is learned.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.analysis.onsets import CURVES
from playlists.analysis.periodicity import LINES_PER_HZ, Periodicity
from playlists.analysis.spectrum import FRAMES_PER_S

SLOWEST_BPM, FASTEST_BPM = 30.0, 240.0
CANDIDATES_BPM = np.geomspace(SLOWEST_BPM, FASTEST_BPM, 210)
"""A percent apart."""

_THIRD = 1.0 / 3.0
_NEAR_BEATS = (0.25, _THIRD, 0.5, 2 * _THIRD, 0.75, 1.0, 4 * _THIRD, 1.5, 2.0, 3.0, 4.0)
_FAR_BEATS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
_NEAR_HARMONICS = (0.25, _THIRD, 0.5, 2 * _THIRD, 0.75, 1.0, 4 * _THIRD, 1.5, 2, 3, 4, 6, 8)
_FAR_HARMONICS = (0.125, 0.25, _THIRD, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
READINGS = sum(map(len, (_NEAR_BEATS, _FAR_BEATS, _NEAR_HARMONICS, _FAR_HARMONICS)))
"""Features of each curve that stand first, curve by curve; the others are of the whole track."""

FEATURES = len(CURVES) * (READINGS + 3) + 2
_MIDDLE_BPM = 85.0
_RAREST_HZ = 0.05
# A far multiple magnifies the distance to the nearest candidate: read around it, too.
_AROUND = (0.995, 1.0, 1.005)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """All that is kept of a track's onsets.

    Attributes
    ----------
    near, far : Periodicity
        Through windows of 12 s and 30 s; ``far`` is ``near`` where the track is too short.
    mean, spread : NDArray[np.float64], shape (curves,)
        Of each onset curve.
    """

    near: Periodicity
    far: Periodicity
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]


def tempo_features(rhythm: Rhythm, speed: float = 1.0) -> NDArray[np.float32]:
    """Return the features of every candidate.

    Parameters
    ----------
    rhythm : Rhythm
        Of the track.
    speed : float
        As if the track were played at this ratio of its speed; for training.

    Returns
    -------
    NDArray[np.float32], shape (candidates, FEATURES)
    """
    beat_hz = CANDIDATES_BPM / (60.0 * speed)
    columns = [
        column
        for curve in range(len(CURVES))
        for column in (
            *_repeated(rhythm.near.repetition[curve], _NEAR_BEATS, beat_hz),
            *_repeated(rhythm.far.repetition[curve], _FAR_BEATS, beat_hz),
            *_magnitudes(rhythm.near.spectrum[curve], _NEAR_HARMONICS, beat_hz),
            *_magnitudes(rhythm.far.spectrum[curve], _FAR_HARMONICS, beat_hz),
        )
    ]
    columns += _densities(rhythm.near.peaks_hz, beat_hz)
    strengths = np.concatenate([rhythm.mean * 4.0, rhythm.spread / (rhythm.mean + 0.02) / 3.0])
    columns += [np.full(len(beat_hz), strength) for strength in strengths]
    octaves = np.log2(CANDIDATES_BPM / _MIDDLE_BPM)
    return np.stack([*columns, octaves, np.square(octaves)], axis=1).astype(np.float32)


def _repeated(
    repetition: NDArray[np.float64], beats: tuple[float, ...], beat_hz: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """Return a curve's autocorrelation at each number of beats; 0 where no window reaches."""
    lags = np.arange(len(repetition))
    columns = []
    for multiple in beats:
        places = FRAMES_PER_S * multiple / beat_hz
        around = _AROUND if multiple > 1.0 else (1.0,)
        readings = [np.interp(places * shift, lags, repetition, right=0.0) for shift in around]
        columns.append(np.max(readings, axis=0))
    return columns


def _magnitudes(
    spectrum: NDArray[np.float64], harmonics: tuple[float, ...], beat_hz: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """Return a curve's magnitude at each harmonic of the beat."""
    lines = np.arange(len(spectrum))
    return [np.interp(beat_hz * each * LINES_PER_HZ, lines, spectrum) for each in harmonics]


def _densities(
    peaks_hz: NDArray[np.float64], beat_hz: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """Return how many octaves more peaks than beats there are, of each curve."""
    return [0.5 * np.log2(max(rate_hz, _RAREST_HZ) / beat_hz) for rate_hz in peaks_hz]
