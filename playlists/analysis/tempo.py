"""Tempo of a track: beats a minute, what else it may be, how sure that is; or that none is heard.

Onset curves of several kinds are watched for what repeats; a small learned network ranks the
candidates (``tempo_ranker``); the winner is then measured over as many beats as keep step.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.analysis.onsets import CURVES, PitchCurves, StruckCurves
from playlists.analysis.periodicity import FAR_S, NEAR_S, PeriodicityMeter
from playlists.analysis.pitches import PitchSpectrometer
from playlists.analysis.spectrum import FRAMES_PER_S
from playlists.analysis.tempo_features import CANDIDATES_BPM, Rhythm
from playlists.analysis.tempo_ranker import gathered, vote
from playlists.models import BeatStrength

BEAT_AT_LEAST = 0.5
"""How likely there must be a beat for a tempo to be given."""

_CLEAR_AT_LEAST = 0.25
_ALTERNATIVES = 4
_ALTERNATIVE_AT_LEAST = 0.02
_SAME_TEMPO = 0.04
_SIMPLE_RATIOS = np.array([1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 4 / 3, 3 / 2, 2, 3, 4])
_REFINING_BEATS = (2, 4, 8, 16, 32, 64)
_FIRST_DOUBT = 0.04
_GRID = np.linspace(-1.0, 1.0, 61)
_KEEPING_STEP = 0.6


@dataclass(frozen=True, slots=True)
class Tempo:
    """A tempo, and how far to trust it.

    Attributes
    ----------
    bpm : float | None
        None for music without a steady beat.
    confidence : float
        0-1: how likely the tempo is within 4 %; 0 without one.
    alternatives : tuple[tuple[float, float], ...]
        Other tempi that a listener may tap, as (BPM, weight 0-1), the likeliest first.
    strength : BeatStrength
        How clearly the beat is heard.
    """

    bpm: float | None
    confidence: float
    alternatives: tuple[tuple[float, float], ...]
    strength: BeatStrength


NO_TEMPO = Tempo(None, 0.0, (), BeatStrength.NONE)


class TempoMeter:
    """A meter that is fed a track in pieces; what it keeps does not grow with the track."""

    def __init__(self) -> None:
        self._spectrometer = PitchSpectrometer()
        self._struck, self._pitched = StruckCurves(), PitchCurves()
        self._waiting = [np.empty((0, 3), np.float32), np.empty((0, 2), np.float32)]
        self._near = PeriodicityMeter(NEAR_S, len(CURVES))
        self._far = PeriodicityMeter(FAR_S, len(CURVES))
        self._frames = 0
        self._sum, self._squares = np.zeros(len(CURVES)), np.zeros(len(CURVES))

    def add(self, mono: NDArray[np.float32], bands: NDArray[np.float32]) -> None:
        """Take the next stretch.

        Parameters
        ----------
        mono : NDArray[np.float32], shape (frames,)
            At 48 kHz.
        bands : NDArray[np.float32], shape (spectra, BANDS)
            The spectra that it completes, of a ``BandSpectrometer``.
        """
        struck = self._struck.curves(bands)
        pitched = self._pitched.curves(self._spectrometer.semitones(mono))
        waiting = [
            np.concatenate(pair) for pair in zip(self._waiting, (struck, pitched), strict=True)
        ]
        # The two kinds of window complete at different moments.
        common = min(map(len, waiting))
        self._take(np.concatenate([each[:common] for each in waiting], axis=1))
        self._waiting = [each[common:] for each in waiting]

    def reading(self) -> Tempo:
        """Return the tempo of all that was heard; none of less than 12 s."""
        rhythm = self.rhythm()
        return NO_TEMPO if rhythm is None else tempo_of(rhythm)

    def rhythm(self) -> Rhythm | None:
        """Return what repeats in all that was heard; None of less than 12 s."""
        near = self._near.reading()
        if near is None:
            return None
        mean = self._sum / self._frames
        spread = np.sqrt(np.maximum(self._squares / self._frames - np.square(mean), 0.0))
        return Rhythm(near, self._far.reading() or near, mean, spread)

    def _take(self, curves: NDArray[np.float32]) -> None:
        self._near.add(curves)
        self._far.add(curves)
        self._frames += len(curves)
        self._sum += curves.sum(axis=0, dtype=np.float64)
        self._squares += np.square(curves, dtype=np.float64).sum(axis=0)


def tempo_of(rhythm: Rhythm) -> Tempo:
    """Return the tempo of a track's rhythm."""
    heard = vote(rhythm)
    if heard.has_beat < BEAT_AT_LEAST:
        return NO_TEMPO
    near = gathered(heard.shares)
    place = int(np.argmax(near))
    bpm = refined(rhythm, _middle(heard.shares, place))
    return Tempo(
        bpm=bpm,
        confidence=heard.has_beat * heard.is_right,
        alternatives=_alternatives(near, bpm),
        strength=_strength(rhythm, bpm),
    )


def refined(rhythm: Rhythm, bpm: float) -> float:
    """Return a tempo measured over ever more beats, as long as the music keeps step.

    Each round doubles the beats at which the onsets must repeat and halves what the tempo may
    still differ by. Music that drifts is measured over the few beats after which it still repeats.
    """
    repetition = rhythm.far.repetition.clip(0.0).sum(axis=0)
    lags = np.arange(len(repetition))
    period = 60.0 * FRAMES_PER_S / bpm
    doubt, least = _FIRST_DOUBT, 0.0
    for beats in _REFINING_BEATS:
        if (beats / 2 + 1) * period > lags[-1]:
            break
        periods = period * (1.0 + doubt * _GRID)
        places = periods[:, None] * np.arange(1, beats + 1)
        # Beats that no window reaches are left out of the mean.
        repeated = np.interp(places, lags, repetition, right=np.nan)
        steps = np.nanmean(repeated, axis=1)
        best = int(np.clip(np.argmax(steps), 1, len(steps) - 2))
        if steps[best] < least:
            break
        least = max(least, _KEEPING_STEP * float(steps[best]))
        period = float(periods[best] + _vertex(steps[best - 1 : best + 2]) * np.diff(periods)[0])
        doubt *= 0.5
    return 60.0 * FRAMES_PER_S / period


def _middle(shares: NDArray[np.float32], place: int) -> float:
    """Return the tempo in the middle of the shares around a candidate."""
    around = slice(max(0, place - 4), place + 5)
    logs = np.log(CANDIDATES_BPM[around])
    return float(np.exp(np.average(logs, weights=shares[around] + 1e-9)))


def _vertex(three: NDArray[np.float64]) -> float:
    """Return where a parabola through three points peaks, from the middle one, within ±0.5."""
    bend = three[0] - 2.0 * three[1] + three[2]
    return float(np.clip(0.5 * (three[0] - three[2]) / bend, -0.5, 0.5)) if bend < 0.0 else 0.0


def _alternatives(near: NDArray[np.float32], bpm: float) -> tuple[tuple[float, float], ...]:
    """Return the other tempi that have a share, in a simple ratio to the tempo if near one."""
    left = np.where(np.abs(CANDIDATES_BPM / bpm - 1.0) <= 2 * _SAME_TEMPO, 0.0, near)
    found: list[tuple[float, float]] = []
    while len(found) < _ALTERNATIVES and left.max() >= _ALTERNATIVE_AT_LEAST:
        place = int(np.argmax(left))
        other_bpm, weight = float(CANDIDATES_BPM[place]), float(left[place])
        ratios_bpm = bpm * _SIMPLE_RATIOS
        nearest_bpm = float(ratios_bpm[np.argmin(np.abs(ratios_bpm / other_bpm - 1.0))])
        if abs(nearest_bpm / other_bpm - 1.0) <= _SAME_TEMPO:
            other_bpm = nearest_bpm
        found.append((other_bpm, weight))
        left = np.where(np.abs(CANDIDATES_BPM / other_bpm - 1.0) <= 2 * _SAME_TEMPO, 0.0, left)
    return tuple(found)


def _strength(rhythm: Rhythm, bpm: float) -> BeatStrength:
    """Return ``CLEAR`` if some curve repeats well after one to four beats."""
    lags = 60.0 * FRAMES_PER_S / bpm * np.arange(1, 5)
    grid = np.arange(rhythm.near.repetition.shape[1])
    repeated = max(np.interp(lags, grid, curve).mean() for curve in rhythm.near.repetition)
    return BeatStrength.CLEAR if repeated >= _CLEAR_AT_LEAST else BeatStrength.WEAK
