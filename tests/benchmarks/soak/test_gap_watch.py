"""Silences are counted the same in blocks of any size."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.soak.gap_watch import SilenceCounter
from soundscape.units import SESSION_RATE_HZ


def sound() -> NDArray[np.float32]:
    """Return a second of noise between silences, with a hole of 5 ms and one of 1 ms."""
    noise = np.random.default_rng(2).uniform(0.1, 0.2, SESSION_RATE_HZ)
    noise[9000:9240] = 0.0
    noise[20_000:20_048] = 0.0
    quiet = np.zeros(4800)
    whole = np.concatenate([quiet, noise, quiet])
    return np.column_stack([whole, whole]).astype(np.float32)


@pytest.mark.parametrize("block_frames", [37, 240, 1024, 100_000])
def test_only_silence_between_sounds_is_a_gap(block_frames: int) -> None:
    counter, samples = SilenceCounter(), sound()

    for start in range(0, len(samples), block_frames):
        counter.take(samples[start : start + block_frames])

    assert counter.frames == len(samples)
    assert counter.gaps == 1
    assert counter.longest_frames == 240


def test_silence_alone_has_no_gap() -> None:
    counter = SilenceCounter()

    counter.take(np.zeros((5000, 2), np.float32))

    assert counter.gaps == counter.longest_frames == 0
