"""Drones whose partials beat against each other: periodic, but nothing ever begins."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

_RATE_HZ = 12_000
_VOICES = (1, 6)
_PARTIALS = 6
_BEATING_HZ = (0.05, 7.0)
_PITCHES_HZ = (55.0, 440.0)


def beating_drone(
    length: int, sample_rate_hz: int, random: np.random.Generator
) -> NDArray[np.float32]:
    """Return a drone of detuned voices that swell slowly, of shape (length,)."""
    ratio = sample_rate_hz // _RATE_HZ
    times_s = np.arange(-(-length // ratio)) / _RATE_HZ
    sound = np.zeros(len(times_s))
    for _ in range(random.integers(*_VOICES)):
        sound += _voice(times_s, random)
    sound *= np.minimum(1.0, times_s / random.uniform(0.05, 4.0))
    whole = resample_poly(sound, ratio, 1)[:length]
    return np.asarray(whole / np.abs(whole).max(), np.float32)


def _voice(times_s: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """Return two detuned tones with partials; the n-th beat n times as fast."""
    pitch_hz = np.exp(random.uniform(*np.log(_PITCHES_HZ)))
    apart_hz = np.exp(random.uniform(*np.log(_BEATING_HZ)))
    swell_hz, fall, depth = random.uniform(0.02, 0.15), random.uniform(0.8, 2.0), random.uniform()
    voice = np.zeros(len(times_s))
    for order in range(1, random.integers(2, _PARTIALS + 1)):
        for frequency_hz in (pitch_hz, pitch_hz + apart_hz):
            phase = random.uniform(0, 2 * np.pi)
            voice += np.sin(2 * np.pi * order * frequency_hz * times_s + phase) / order**fall
    swell = 1.0 + depth * np.sin(2 * np.pi * (swell_hz * times_s + random.uniform()))
    return np.asarray(swell * voice)
