"""The test signals of EBU Tech 3341 (table 1) and Tech 3342 that can be computed.

Those made of broadcast programs (3341-7 and -8, 3342-5 and -6) cannot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
CD_RATE_HZ = 44_100
SURROUND_WEIGHTS = (1.0, 1.0, 1.0, 1.41, 1.41)
_TONE_HZ = 1_000
_FADE_FRAMES = 480
_PULSE_FRAMES = 4_800

Segments = tuple[tuple[float, float], ...]


class Measure(StrEnum):
    """What a signal is there to test."""

    INTEGRATED = "integrated"
    MOMENTARY_MAX = "momentary max"
    SHORT_TERM_MAX = "short-term max"
    RANGE = "range"
    TRUE_PEAK = "true peak"


TOLERANCES = {
    Measure.INTEGRATED: (-0.1, 0.1),
    Measure.MOMENTARY_MAX: (-0.1, 0.1),
    Measure.SHORT_TERM_MAX: (-0.1, 0.1),
    Measure.RANGE: (-1.0, 1.0),
    Measure.TRUE_PEAK: (-0.4, 0.2),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal and what a meter has to read.

    Attributes
    ----------
    name : str
        Number of the document and of the signal in it.
    measure : Measure
        What is read.
    expected : float
        In LUFS, LU or dBTP.
    sound : Callable[[], NDArray[np.float64]]
        Makes it, of shape (frames, channels).
    rate_hz : int
        Its sample rate.
    """

    name: str
    measure: Measure
    expected: float
    sound: Callable[[], NDArray[np.float64]]
    rate_hz: int = RATE_HZ


def signals() -> tuple[Signal, ...]:
    """Return all 26, five of them at two sample rates."""
    return (*_integrated(), *_maxima(), *_peaks(), *_ranges())


def tone(segments: Segments, rate_hz: int = RATE_HZ) -> NDArray[np.float64]:
    """Return a sine in both channels whose (peak in dBFS, seconds) follow each other."""
    levels = [np.full(round(length * rate_hz), 10 ** (level / 20)) for level, length in segments]
    envelope = np.concatenate(levels)
    wave = envelope * np.sin(2 * np.pi * _TONE_HZ * np.arange(len(envelope)) / rate_hz)
    return np.repeat(wave[:, None], 2, axis=1)


def _surround() -> NDArray[np.float64]:
    levels_db = np.array([-28, -28, -24, -30, -30])  # left, right, center, surrounds
    return np.asarray(tone(((0, 20),))[:, :1] * 10 ** (levels_db / 20))


def _sine(divisor: int, amplitude: float, degrees: float) -> NDArray[np.float64]:
    """Return a sine at a fraction of the sample rate, whose samples miss its peaks."""
    frames = np.arange(RATE_HZ)
    ramp = np.minimum(1.0, np.minimum(frames, frames[::-1]) / _FADE_FRAMES)
    wave = amplitude * ramp * np.sin(2 * np.pi * frames / divisor + np.deg2rad(degrees))
    return np.repeat(wave[:, None], 2, axis=1)


def _pulse(quarter: int) -> NDArray[np.float64]:
    """Return a band-limited pulse of height one whose top lies quarters of a frame off."""
    frames = np.arange(-_PULSE_FRAMES, _PULSE_FRAMES)
    wave = np.sinc((frames + quarter / 4) / 2) * np.hanning(len(frames))
    return np.repeat(wave[:, None], 2, axis=1)


def _integrated() -> list[Signal]:
    cases: list[tuple[Segments, float]] = [
        (((-23, 20),), -23),
        (((-33, 20),), -33),
        (((-36, 10), (-23, 60), (-36, 10)), -23),
        (((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)), -23),
        (((-26, 20), (-20, 20.1), (-26, 20)), -23),
    ]
    tones = [
        Signal(
            f"3341-{number} {rate_hz} Hz",
            Measure.INTEGRATED,
            expected,
            partial(tone, segments, rate_hz),
            rate_hz,
        )
        for rate_hz in (RATE_HZ, CD_RATE_HZ)
        for number, (segments, expected) in enumerate(cases, 1)
    ]
    return [*tones, Signal("3341-6", Measure.INTEGRATED, -23, _surround)]


def _maxima() -> list[Signal]:
    slow: Segments = ((-20, 1.34), (-30, 1.66)) * 5
    fast: Segments = ((-20, 0.18), (-30, 0.22)) * 25
    return [
        Signal("3341-9", Measure.SHORT_TERM_MAX, -23, partial(tone, slow)),
        Signal("3341-12", Measure.MOMENTARY_MAX, -23, partial(tone, fast)),
    ]


def _peaks() -> list[Signal]:
    sines = [
        (4, 0.5, 0.0, -6),
        (4, 0.5, 45.0, -6),
        (6, 0.5, 60.0, -6),
        (8, 0.5, 67.5, -6),
        (4, 1.41, 45.0, 3),
    ]
    return [
        *(
            Signal(
                f"3341-{number}",
                Measure.TRUE_PEAK,
                expected,
                partial(_sine, divisor, height, degrees),
            )
            for number, (divisor, height, degrees, expected) in enumerate(sines, 15)
        ),
        *(
            Signal(f"3341-{20 + quarter}", Measure.TRUE_PEAK, 0, partial(_pulse, quarter))
            for quarter in range(4)
        ),
    ]


def _ranges() -> list[Signal]:
    cases: list[tuple[Segments, float]] = [
        (((-20, 20), (-30, 20)), 10),
        (((-20, 20), (-15, 20)), 5),
        (((-40, 20), (-20, 20)), 20),
        (((-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)), 15),
    ]
    return [
        Signal(f"3342-{number}", Measure.RANGE, expected, partial(tone, segments))
        for number, (segments, expected) in enumerate(cases, 1)
    ]
