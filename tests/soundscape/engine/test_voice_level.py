"""A voice is brought to its level and never passes its limit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.engine.voice_level import BLOCK, VoiceLevel
from soundscape.units import Decibels, amplitude

LIMIT = Decibels(-18.0)


def through(level: VoiceLevel, sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a sound block by block, and its last block with silence behind it."""
    whole = np.concatenate([sound, np.zeros(BLOCK, np.float32)])
    return np.concatenate([level.leveled(block) for block in whole.reshape(-1, BLOCK)])


def test_a_voice_below_the_limit_gets_its_gain_and_nothing_else() -> None:
    voice = (0.01 * np.sin(np.arange(20 * BLOCK) * 0.05)).astype(np.float32)

    leveled = through(VoiceLevel(Decibels(6.0), LIMIT), voice)

    np.testing.assert_allclose(leveled, voice * amplitude(Decibels(6.0)), rtol=1e-5, atol=1e-7)


@settings(max_examples=40, derandomize=True)
@given(st.lists(st.floats(-40.0, 20.0), min_size=2, max_size=40), st.floats(-20.0, 40.0))
def test_no_sample_passes_the_limit_however_loud_it_becomes(
    levels_db: list[float], gain_db: float
) -> None:
    noise = np.random.default_rng(3).uniform(-1.0, 1.0, (len(levels_db), BLOCK))
    loud = noise * 10.0 ** (np.array(levels_db) / 20.0)[:, None]

    leveled = through(VoiceLevel(Decibels(gain_db), LIMIT), loud.astype(np.float32).ravel())

    assert np.abs(leveled).max() <= amplitude(LIMIT) * 1.0001


def test_after_a_shout_the_voice_is_at_its_level_again_within_half_a_second() -> None:
    voice = np.full(200 * BLOCK, 0.05, np.float32)
    voice[10 * BLOCK : 12 * BLOCK] = 1.0

    leveled = through(VoiceLevel(Decibels(0.0), LIMIT), voice)

    assert leveled[11 * BLOCK] < 0.13
    assert leveled[112 * BLOCK] == pytest.approx(0.05, rel=0.01)


def test_what_is_no_number_is_silence() -> None:
    broken = np.zeros(2 * BLOCK, np.float32)
    broken[:3] = np.nan, np.inf, -np.inf

    assert not through(VoiceLevel(Decibels(0.0), LIMIT), broken).any()
