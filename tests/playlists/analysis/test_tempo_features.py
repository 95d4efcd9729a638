"""Features show the beat, and another speed is the same music at another tempo."""

import numpy as np
from numpy.typing import NDArray

from playlists.analysis.onsets import CURVES
from playlists.analysis.periodicity import Periodicity, PeriodicityMeter
from playlists.analysis.tempo_features import CANDIDATES_BPM, FEATURES, Rhythm, tempo_features


def rhythm(period_frames: int) -> Rhythm:
    curves = np.zeros((6_000, len(CURVES)), np.float32)
    curves[::period_frames] = 1.0
    mean, spread = curves.mean(axis=0, dtype=np.float64), curves.std(axis=0, dtype=np.float64)
    return Rhythm(seen(curves, 12), seen(curves, 30), mean, spread)


def seen(curves: NDArray[np.float32], window_s: int) -> Periodicity:
    meter = PeriodicityMeter(window_s, len(CURVES))
    meter.add(curves)
    reading = meter.reading()
    assert reading is not None
    return reading


def test_there_are_as_many_features_as_declared_and_all_are_finite() -> None:
    features = tempo_features(rhythm(60))

    assert features.shape == (len(CANDIDATES_BPM), FEATURES)
    assert np.isfinite(features).all()


def test_the_autocorrelation_at_the_beat_is_highest_at_the_tempo() -> None:
    features = tempo_features(rhythm(60))

    at_four_beats = features[:, 10]
    tempo = int(np.argmin(np.abs(CANDIDATES_BPM - 100.0)))
    assert at_four_beats[tempo] > 0.8
    assert at_four_beats[tempo - 8] < 0.2


def test_another_speed_is_another_tempo() -> None:
    faster = tempo_features(rhythm(60), speed=1.2)
    truly_faster = tempo_features(rhythm(50))

    repeats = slice(0, 11)
    close = np.abs(faster[:, repeats] - truly_faster[:, repeats])
    assert np.median(close) < 0.1
