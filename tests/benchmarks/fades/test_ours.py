"""A recording is laid on its render by their first sounds."""

import numpy as np
import pytest

from benchmarks.fades.ours import difference, first_sound
from soundscape.units import SESSION_RATE_HZ

LATE_FRAMES = 3 * SESSION_RATE_HZ + 17
RENDER = np.random.default_rng(3).uniform(0.1, 0.2, (4800, 2)).astype(np.float32)


def test_a_late_recording_of_the_same_samples_differs_in_nothing() -> None:
    recorded = np.concatenate([np.zeros((LATE_FRAMES, 2), np.float32), RENDER])

    assert first_sound(recorded) == LATE_FRAMES
    assert difference(recorded, RENDER) == 0.0


def test_one_wrong_sample_is_found() -> None:
    recorded = RENDER.copy()
    recorded[1000, 1] += 0.25

    assert difference(recorded, RENDER) == pytest.approx(0.25)


def test_a_recording_that_lacks_its_end_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        difference(RENDER[:-1], RENDER)


def test_silence_has_no_first_sound() -> None:
    with pytest.raises(ValueError, match="nothing was heard"):
        first_sound(np.zeros((100, 2), np.float32))
