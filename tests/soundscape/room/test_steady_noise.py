"""The noise for the meter is steady, at its level, alike in both ears, and dark as calm music."""

import numpy as np
import pytest

from soundscape.dsp.loudness import LoudnessMeter
from soundscape.room.steady_noise import steady_noise
from soundscape.room.weighting import LevelMeter
from soundscape.units import SESSION_RATE_HZ, frames_in

NOISE = steady_noise(frames_in(12.0), level_lufs=-26.0)


def test_it_has_its_loudness_and_hardly_moves() -> None:
    meter = LoudnessMeter()

    meter.add(NOISE[SESSION_RATE_HZ:-SESSION_RATE_HZ])

    reading = meter.reading()
    assert reading.integrated_lufs == pytest.approx(-26.0, abs=0.2)
    assert np.ptp(reading.short_term_lufs) < 1.0
    assert np.abs(NOISE).max() < 0.5


def test_a_meter_weighs_it_within_a_decibel_of_its_loudness() -> None:
    # In dB(A) it is a little less: that is what music of this color loses, too.
    meter = LevelMeter()

    meter.add(NOISE[SESSION_RATE_HZ:-SESSION_RATE_HZ, 0])

    assert -31.0 < meter.level_db() < -25.0


def test_it_begins_and_ends_in_silence_and_is_the_same_each_time() -> None:
    assert np.abs(NOISE[0]).max() == 0.0
    assert np.abs(NOISE[-1]).max() == 0.0
    assert np.array_equal(NOISE[:, 0], NOISE[:, 1])
    assert np.array_equal(NOISE, steady_noise(frames_in(12.0), level_lufs=-26.0))
