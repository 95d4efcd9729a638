"""A true peak is found wherever it lies; how exactly is in ``test_ebu``."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.dsp.truepeak import SILENCE, TruePeakMeter


def sine(divisor: int, amplitude: float, degrees: float) -> NDArray[np.float64]:
    """Return a sine at a fraction of the sample rate, its ends faded."""
    frames = np.arange(48_000)
    ramp = np.minimum(1.0, np.minimum(frames, frames[::-1]) / 480)
    wave = np.sin(2 * np.pi * frames / divisor + np.deg2rad(degrees))
    return np.asarray(amplitude * wave * ramp)


def measured(mono: NDArray[np.float64], step: int = 7_001) -> float:
    sound = np.repeat(mono[:, None], 2, axis=1).astype(np.float32)
    meter = TruePeakMeter()
    for start in range(0, len(sound), step):
        meter.add(sound[start : start + step])
    return meter.reading()


@given(st.integers(1, 9_000), st.integers(50, 9_000))
@settings(max_examples=25, deadline=None)
def test_where_blocks_are_cut_changes_nothing(place: int, step: int) -> None:
    sound = np.zeros(9_600)
    sound[place : place + 40] = sine(4, 0.9, 45)[10_000:10_040]

    assert measured(sound, step) == pytest.approx(measured(sound, len(sound)), abs=0.01)


def test_a_peak_in_the_last_frames_counts() -> None:
    sound = np.zeros(1_000)
    sound[-1] = 1.0

    assert measured(sound) == pytest.approx(0.0, abs=0.05)


def test_reading_twice_reads_the_same() -> None:
    meter = TruePeakMeter()
    meter.add(np.repeat(sine(4, 0.5, 45)[:, None], 2, axis=1))

    assert meter.reading() == meter.reading()


def test_silence_has_a_floor() -> None:
    assert measured(np.zeros(500)) == SILENCE
