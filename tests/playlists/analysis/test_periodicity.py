"""What repeats is seen at its period and its rate; what is too short is not judged."""

import numpy as np
import pytest

from playlists.analysis.periodicity import LINES_PER_HZ, PeriodicityMeter


def pulses(period_frames: int, frames: int = 4_000) -> np.ndarray:
    curve = np.zeros((frames, 1), np.float32)
    curve[::period_frames] = 1.0
    return curve


def test_a_pulse_repeats_at_its_period_and_has_lines_at_its_rate() -> None:
    meter = PeriodicityMeter(12, 1)

    meter.add(pulses(50))
    heard = meter.reading()

    assert heard is not None
    assert heard.repetition[0, 0] == pytest.approx(1.0)
    assert heard.repetition[0, [50, 100, 150]] == pytest.approx([1.0, 1.0, 1.0], abs=0.1)
    assert heard.repetition[0, 25] < 0.1
    assert heard.spectrum[0, 2 * LINES_PER_HZ] > 0.7
    assert heard.spectrum[0, 3 * LINES_PER_HZ] < 0.1
    assert heard.peaks_hz[0] == pytest.approx(2.0, abs=0.1)


def test_pieces_give_what_the_whole_gives() -> None:
    curve = np.random.default_rng(2).random((5_000, 3)).astype(np.float32)
    whole, pieces = PeriodicityMeter(12, 3), PeriodicityMeter(12, 3)

    whole.add(curve)
    for start in range(0, len(curve), 333):
        pieces.add(curve[start : start + 333])

    first, second = whole.reading(), pieces.reading()
    assert first is not None
    assert second is not None
    np.testing.assert_allclose(first.repetition, second.repetition)
    np.testing.assert_allclose(first.spectrum, second.spectrum)


def test_less_than_a_window_says_nothing() -> None:
    meter = PeriodicityMeter(12, 1)

    meter.add(pulses(50, 1_199))

    assert meter.reading() is None


def test_what_never_changes_repeats_nowhere() -> None:
    meter = PeriodicityMeter(12, 1)

    meter.add(np.ones((2_400, 1), np.float32))
    heard = meter.reading()

    assert heard is not None
    assert np.isfinite(heard.repetition).all()
    assert np.abs(heard.repetition[0, 1:]).max() < 0.01
