"""The meter reads what EBU Tech 3341 and 3342 demand of their test signals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.dsp.loudness import SILENCE, Loudness, LoudnessMeter

Segments = list[tuple[float, float]]


def tone(segments: Segments, rate_hz: int = 48_000) -> NDArray[np.float32]:
    """Return a stereo sine of 1 kHz whose (peak in dBFS, seconds) follow each other."""
    levels = [np.full(round(length * rate_hz), 10 ** (level / 20)) for level, length in segments]
    envelope = np.concatenate(levels)
    wave = envelope * np.sin(2 * np.pi * 1_000 * np.arange(len(envelope)) / rate_hz)
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)


def measured(sound: NDArray[np.float32], rate_hz: int = 48_000, step: int = 70_001) -> Loudness:
    weights = (1.0, 1.0) if sound.shape[1] == 2 else (1.0, 1.0, 1.0, 1.41, 1.41)
    meter = LoudnessMeter(rate_hz, weights)
    for start in range(0, len(sound), step):
        meter.add(sound[start : start + step])
    return meter.reading()


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
@pytest.mark.parametrize(
    ("segments", "expected_lufs"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
    ids=["3341-1", "3341-2", "3341-3", "3341-4", "3341-5"],
)
def test_integrated_loudness_is_within_a_tenth(
    segments: Segments, expected_lufs: float, rate_hz: int
) -> None:
    reading = measured(tone(segments, rate_hz), rate_hz)

    assert reading.integrated_lufs == pytest.approx(expected_lufs, abs=0.1)


def test_five_channels_are_weighted() -> None:  # 3341-6
    wave = tone([(0, 20)])[:, :1]
    levels_db = np.array([-28, -28, -24, -30, -30])

    reading = measured((wave * 10 ** (levels_db / 20)).astype(np.float32))

    assert reading.integrated_lufs == pytest.approx(-23, abs=0.1)


def test_short_term_loudness_is_constant_after_three_seconds() -> None:  # 3341-9
    reading = measured(tone([(-20, 1.34), (-30, 1.66)] * 5))

    assert np.abs(reading.short_term_lufs + 23).max() < 0.1


def test_momentary_loudness_is_constant_after_a_second() -> None:  # 3341-12
    reading = measured(tone([(-20, 0.18), (-30, 0.22)] * 25))

    assert np.abs(reading.momentary_lufs[7:] + 23).max() < 0.1


@pytest.mark.parametrize(
    ("segments", "expected_lu"),
    [
        ([(-20, 20), (-30, 20)], 10),
        ([(-20, 20), (-15, 20)], 5),
        ([(-40, 20), (-20, 20)], 20),
        ([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15),
    ],
    ids=["3342-1", "3342-2", "3342-3", "3342-4"],
)
def test_loudness_range_is_within_one(segments: Segments, expected_lu: float) -> None:
    assert measured(tone(segments)).range_lu == pytest.approx(expected_lu, abs=1)


@given(st.integers(1_000, 200_000))
@settings(max_examples=10, deadline=None)
def test_the_size_of_the_blocks_changes_nothing(step: int) -> None:
    sound = np.random.default_rng(5).normal(0, 0.1, (200_000, 2)).astype(np.float32)

    reading = measured(sound, step=step)

    expected = measured(sound, step=len(sound))
    assert reading.integrated_lufs == pytest.approx(expected.integrated_lufs, abs=1e-4)
    assert reading.momentary_lufs == pytest.approx(expected.momentary_lufs, abs=1e-4)


@pytest.mark.parametrize("length", [0, 100, 200_000])
def test_silence_and_almost_nothing_read_as_silence(length: int) -> None:
    reading = measured(np.zeros((length, 2), np.float32))

    assert (reading.integrated_lufs, reading.range_lu) == (SILENCE, 0.0)
