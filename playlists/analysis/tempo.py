"""Tempo from onset strength: a steady beat's rate and how sure it is, or none.

Two views of the onset curve err in opposite ways: the autocorrelation also answers at multiples
of the beat's period, the Fourier transform at fractions of it. Their product answers mainly at
the period itself (G. Peeters, "Template-based estimation of time-varying tempo", 2007). What is
left of the octave's ambiguity is decided by a broad preference for walking tempi.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from playlists.analysis.spectrum import FRAMES_PER_S

SLOWEST_BPM, FASTEST_BPM = 40.0, 200.0
STEADY_AT_LEAST = 0.4
"""Confidence below which a track counts as having no beat."""

# Onset strength of the strongest hundredth above the median one: less than this, which pads
# without attacks and beating drones have, and nothing begins that could be a beat.
_AUDIBLE_ONSET = 0.1
_WINDOW_FRAMES = 1200
_STEP_FRAMES = 600
_PADDED_FRAMES = 8192
_CANDIDATES_BPM = np.geomspace(SLOWEST_BPM, FASTEST_BPM, 240)
_PREFERRED_BPM, _PREFERENCE_OCTAVES = 88.0, 0.9
_REFINING_BEATS = (8, 6, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Tempo:
    """A tempo and its confidence.

    Attributes
    ----------
    bpm : float | None
        None for music without a steady beat.
    confidence : float
        0-1: how much of the onset curve repeats from beat to beat.
    """

    bpm: float | None
    confidence: float


def tempo_of(onsets: NDArray[np.float32]) -> Tempo:
    """Return the tempo of an onset curve.

    Parameters
    ----------
    onsets : NDArray[np.float32], shape (frames,)
        Onset strength, ``FRAMES_PER_S`` times a second. A curve of less than 12 s, or one that
        never changes, has no tempo.
    """
    curve = onsets - uniform_filter1d(onsets, FRAMES_PER_S)
    if len(curve) < _WINDOW_FRAMES or not _has_onsets(onsets):
        return Tempo(None, 0.0)
    windows = np.lib.stride_tricks.sliding_window_view(curve, _WINDOW_FRAMES)[::_STEP_FRAMES]
    repetition, spectrum = _views(windows)
    periods = 60.0 * FRAMES_PER_S / _CANDIDATES_BPM
    repeated = np.maximum(_at(repetition, periods), 0.0)
    salience = np.sqrt(repeated * _at(spectrum, _PADDED_FRAMES / periods)) * _preference()
    best = int(np.argmax(salience))
    period = _refined(repetition, float(periods[best]))
    confidence = _confidence(repetition, period)
    bpm = 60.0 * FRAMES_PER_S / period if confidence >= STEADY_AT_LEAST else None
    return Tempo(bpm, confidence)


def _has_onsets(onsets: NDArray[np.float32]) -> bool:
    """Whether anything audibly begins more than once in a while."""
    usual, strong = np.percentile(onsets, (50.0, 99.0))
    return float(strong - usual) >= _AUDIBLE_ONSET


def _views(windows: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean autocorrelation, 1 at lag 0, and the mean spectrum, 1 at its peak."""
    # Window by window, so that an hour of music needs no more memory than a minute.
    power = np.zeros(_PADDED_FRAMES // 2 + 1)
    spectrum = np.zeros_like(power)
    taper = np.hanning(_WINDOW_FRAMES)
    for window in windows:
        unit = window / max(float(np.linalg.norm(window)), 1e-12)
        power += np.square(np.abs(np.fft.rfft(unit, _PADDED_FRAMES)))
        spectrum += np.abs(np.fft.rfft(unit * taper, _PADDED_FRAMES))
    repetition = np.fft.irfft(power)[:_WINDOW_FRAMES]
    overlap = 1.0 - np.arange(_WINDOW_FRAMES) / _WINDOW_FRAMES
    repetition /= np.maximum(overlap, 0.1) * max(float(repetition[0]), 1e-12)
    return repetition, spectrum / max(float(spectrum.max()), 1e-12)


def _at(values: NDArray[np.float64], places: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return values between the samples."""
    return np.asarray(np.interp(places, np.arange(len(values)), values))


def _preference() -> NDArray[np.float64]:
    """Return how readily each candidate is taken for the beat."""
    octaves = np.log2(_CANDIDATES_BPM / _PREFERRED_BPM)
    return np.asarray(np.exp(-0.5 * np.square(octaves / _PREFERENCE_OCTAVES)))


def _refined(repetition: NDArray[np.float64], period: float) -> float:
    """Return the period, in frames, measured over ever more beats."""
    for beats in reversed(_REFINING_BEATS):
        center = period * beats
        reach = max(2.0, 0.02 * center) if beats > 1 else 0.04 * center
        if center + reach + 1 >= len(repetition) * 0.8:
            break
        places = np.arange(int(center - reach), int(center + reach) + 2)
        peak = int(places[np.argmax(repetition[places])])
        if repetition[peak] <= 0.0:
            break
        period = (peak + _vertex(repetition[peak - 1 : peak + 2])) / beats
    return period


def _vertex(three: NDArray[np.float64]) -> float:
    """Return where a parabola through three points peaks, from the middle one, within ±0.5."""
    bend = three[0] - 2.0 * three[1] + three[2]
    return float(np.clip(0.5 * (three[0] - three[2]) / bend, -0.5, 0.5)) if bend < 0.0 else 0.0


def _confidence(repetition: NDArray[np.float64], period: float) -> float:
    """Return how strongly the curve repeats after one to four beats, 0-1."""
    beats = period * np.arange(1, 5)
    around = [_at(repetition, beats + shift).clip(0.0) for shift in (-1.0, 0.0, 1.0)]
    return float(np.clip(np.max(around, axis=0).mean() * 2.0, 0.0, 1.0))
