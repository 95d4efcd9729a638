"""Music that is computed, so that what is in it is known."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundscape.media.writer import write_audio

RATE_HZ = 48_000
_SCALE = 2.0 ** (np.array([0, 2, 3, 5, 7, 9, 10, 12]) / 12)

Mono = NDArray[np.float32]


def tone(frequency_hz: float, length_s: float, partials: int = 1) -> NDArray[np.float64]:
    """Return a steady tone with partials that fall off."""
    times_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    orders = range(1, partials + 1)
    return sum(
        (np.sin(2 * np.pi * frequency_hz * order * times_s) / order**1.3 for order in orders),
        np.zeros(len(times_s)),
    )


def drone(length_s: float = 30.0) -> Mono:
    """Return a chord that does not move."""
    return _leveled(tone(110.0, length_s) + tone(165.0, length_s) + tone(220.5, length_s))


def pads(length_s: float = 40.0, seed: int = 0) -> Mono:
    """Return overlapping tones that swell at irregular times: no beat."""
    generator = np.random.default_rng(seed)
    sound = np.zeros(round((length_s + 20) * RATE_HZ))
    start_s = 0.0
    while start_s < length_s:
        note_s = generator.uniform(5, 14)
        note = tone(float(generator.choice(_SCALE)) * 165, note_s, 6)
        rise = np.minimum(1, np.arange(len(note)) / RATE_HZ / generator.uniform(0.8, 3))
        _add(sound, start_s, note * rise * np.minimum(1, rise[::-1] * 2))
        start_s += generator.uniform(0.8, 4)
    return _leveled(sound[: round(length_s * RATE_HZ)])


def plucks(tempo_bpm: float, length_s: float = 40.0, seed: int = 0) -> Mono:
    """Return plucked notes on every beat, 8 ms loose, with a bass on every fourth."""
    generator = np.random.default_rng(seed)
    sound = np.zeros(round((length_s + 5) * RATE_HZ))
    beat_s = 60 / tempo_bpm
    for beat in range(int(length_s / beat_s)):
        start_s = max(0.0, beat * beat_s + generator.normal(0, 0.008))
        pitch_hz = 220 * float(generator.choice(_SCALE))
        _add(sound, start_s, _plucked(tone(pitch_hz, 2 * beat_s, 6), beat_s))
        if beat % 4 == 0:
            _add(sound, start_s, _plucked(tone(110, 2 * beat_s, 3), 2 * beat_s))
    return _leveled(sound[: round(length_s * RATE_HZ)])


def drums(tempo_bpm: float, length_s: float = 40.0) -> Mono:
    """Return plucked notes over four noisy strokes a beat."""
    generator = np.random.default_rng(1)
    sound = np.zeros(round((length_s + 5) * RATE_HZ))
    for stroke in range(int(length_s * 4 * tempo_bpm / 60)):
        noise = generator.normal(size=RATE_HZ // 6)
        _add(sound, stroke * 15 / tempo_bpm, _plucked(noise, 0.04))
    return _leveled(plucks(tempo_bpm, length_s) + sound[: round(length_s * RATE_HZ)] * 0.2)


def write(path: Path, mono: Mono) -> Path:
    """Write a sound to both channels of a file and return its path."""
    write_audio(path, [np.stack([mono, mono], axis=1)])
    return path


def _plucked(sound: NDArray[np.float64], decay_s: float) -> NDArray[np.float64]:
    times_s = np.arange(len(sound)) / RATE_HZ
    return sound * np.minimum(1, times_s / 0.005) * np.exp(-times_s / decay_s)


def _add(sound: NDArray[np.float64], start_s: float, note: NDArray[np.float64]) -> None:
    start = round(start_s * RATE_HZ)
    part = note[: max(0, len(sound) - start)]
    sound[start : start + len(part)] += part


def _leveled(sound: NDArray[np.float64]) -> Mono:
    return np.asarray(0.3 * sound / np.abs(sound).max(), np.float32)
