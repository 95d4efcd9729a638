"""The limiter holds true peaks, leaves quiet sound alone, and does not care where it began."""

import numpy as np
from fakes import ebur128
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.dsp.limiter import REACH, limiter_gain
from soundscape.dsp.truepeak import TruePeakMeter

CEILING = 0.3349654  # -9.5 dBTP
CHUNK = 9600


def noise(seed: int, frames: int, amplitude: float) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    return amplitude * rng.standard_normal((frames, 2))


def limited(mix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Limit a whole signal chunk by chunk, as the renderer does."""
    padded = np.pad(mix, ((REACH, REACH), (0, 0)))
    out = mix.copy()
    for start in range(0, len(mix), CHUNK):
        gain = limiter_gain(padded[start : start + CHUNK + 2 * REACH], CEILING)
        if gain is not None:
            out[start : start + CHUNK] *= gain[:, None]
    return out


def test_quiet_sound_passes_untouched() -> None:
    assert limiter_gain(noise(1, CHUNK + 2 * REACH, 0.02), CEILING) is None


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 3.0))
def test_no_sample_passes_the_ceiling(seed: int, amplitude: float) -> None:
    out = limited(noise(seed, 2 * CHUNK, amplitude))

    assert np.abs(out).max() <= CEILING


def test_true_peak_stays_under_the_ceiling_by_the_meter_of_the_standard() -> None:
    time_s = np.arange(48_000) / 48_000
    mix = np.column_stack([np.sin(2 * np.pi * 11_987 * time_s + p) for p in (0.0, 0.8)])
    meter = TruePeakMeter()

    meter.add(limited(mix))

    assert meter.reading() <= -9.4


def test_true_peak_stays_under_the_ceiling_by_a_meter_of_others() -> None:
    time_s = np.arange(4 * 48_000) / 48_000
    left = np.sin(2 * np.pi * 12_000 * time_s + np.pi / 4)  # its peaks lie between its samples
    right = np.sign(np.sin(2 * np.pi * 997 * time_s))
    mix = 4.0 * np.column_stack([left, right]) + noise(7, len(time_s), 0.3)

    before = ebur128.read([mix], 48_000).true_peak_dbtp
    after = ebur128.read([limited(mix)], 48_000).true_peak_dbtp

    assert before > 12.0
    assert -10.5 <= after <= -9.4


def test_peaks_between_samples_are_found_where_all_samples_are_low() -> None:
    signs = (-1.0) ** np.arange(10)
    worst = np.concatenate([signs[::-1], signs])  # all its neighbors raise what lies in the middle
    mix = np.zeros((48_000, 2))
    for start in range(0, 47_000, 1000):
        mix[start : start + 20] = 0.49 * CEILING * worst[:, None]
    meter = TruePeakMeter()

    meter.add(limited(mix))

    assert meter.reading() <= -2.0 - 6.0  # what the volume may add


def test_the_gain_is_the_same_wherever_a_chunk_is_taken_from() -> None:
    mix = noise(3, 4 * CHUNK, 0.5)

    late = limited(mix[CHUNK - CHUNK :])[CHUNK * 2 : CHUNK * 3]
    again = limiter_gain(mix[CHUNK * 2 - REACH : CHUNK * 3 + REACH], CEILING)

    assert again is not None
    np.testing.assert_array_equal(late, mix[CHUNK * 2 : CHUNK * 3] * again[:, None])
