"""Silence at the ends is measured to a hundredth of a second, at any level."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playlists.analysis.edges import EdgeMeter


def measured(level: np.ndarray, step: int = 480_000) -> tuple[float, float]:
    meter = EdgeMeter()
    for start in range(0, len(level), step):
        meter.add(level[start : start + step].astype(np.float32))
    return meter.reading()


@given(st.floats(0, 3), st.floats(0, 3), st.floats(1e-4, 2), st.integers(3_000, 300_000))
@settings(max_examples=30, deadline=None)
def test_silence_is_measured_wherever_blocks_are_cut(
    lead_s: float, tail_s: float, level: float, step: int
) -> None:
    lead, tail = round(lead_s * 48_000), round(tail_s * 48_000)
    sound = np.concatenate([np.zeros(lead), np.full(96_000, level), np.zeros(tail)])

    assert measured(sound, step) == pytest.approx((lead_s, tail_s), abs=0.011)


def test_what_is_fifty_decibels_below_the_peak_is_silence() -> None:
    sound = np.concatenate([np.full(48_000, 0.002), np.full(48_000, 1.0), np.full(48_000, 0.005)])

    assert measured(sound) == pytest.approx((1.0, 0.0))


def test_a_silent_sound_is_all_lead() -> None:
    assert measured(np.zeros(48_000)) == (1.0, 0.0)
    assert EdgeMeter().reading() == (0.0, 0.0)
