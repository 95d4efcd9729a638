"""The tones for both sides: one ear after the other, soft, without a corner."""

import numpy as np

from soundscape.session.sides import LEVEL_DBFS, TONE_HZ, side_tones
from soundscape.session.trial import LONGEST
from soundscape.units import SESSION_RATE_HZ, amplitude


def test_each_side_sounds_alone_and_the_left_one_first() -> None:
    left, right = side_tones().T

    assert not (left * right).any()
    assert np.flatnonzero(left)[-1] < np.flatnonzero(right)[0]
    assert len(left) <= LONGEST


def test_both_are_equally_soft_and_step_no_more_than_a_tone_does() -> None:
    tones = side_tones()

    peaks = np.abs(tones).max(axis=0)
    natural = amplitude(LEVEL_DBFS) * 2.0 * np.pi * TONE_HZ / SESSION_RATE_HZ
    np.testing.assert_allclose(peaks, amplitude(LEVEL_DBFS), rtol=1e-3)
    assert np.abs(np.diff(tones, axis=0)).max() <= 1.001 * natural
    assert not tones[0].any()
    assert not tones[-1].any()
