"""The meter is steady where its windows should be, and reads silence as silence."""

import numpy as np
import pytest
from fakes.ebu import tone
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.dsp.loudness import SILENCE, Loudness, LoudnessMeter, integrated_lufs


def measured(sound: NDArray[np.floating], step: int = 70_001) -> Loudness:
    meter = LoudnessMeter()
    for start in range(0, len(sound), step):
        meter.add(sound[start : start + step])
    return meter.reading()


def test_short_term_loudness_is_constant_after_three_seconds() -> None:  # 3341-9
    reading = measured(tone(((-20, 1.34), (-30, 1.66)) * 5))

    assert np.abs(reading.short_term_lufs + 23).max() < 0.1


def test_momentary_loudness_is_constant_after_a_second() -> None:  # 3341-12
    reading = measured(tone(((-20, 0.18), (-30, 0.22)) * 25))

    assert np.abs(reading.momentary_lufs[7:] + 23).max() < 0.1


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


def test_integrated_loudness_follows_from_the_momentary() -> None:
    reading = measured(tone(((-20, 5.0), (-26, 5.0), (-60, 5.0))))

    assert integrated_lufs(reading.momentary_lufs) == pytest.approx(reading.integrated_lufs)
