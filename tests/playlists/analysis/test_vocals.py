"""The voice's probability is that of its most vocal seconds, or unknown."""

import numpy as np
import pytest
from fakes import sounds
from numpy.typing import NDArray

from playlists.analysis.vocals import VoiceMeter, installed_detector


class LoudIsVoice:
    """A detector that takes every loud hundredth for singing."""

    def __init__(self) -> None:
        self.longest = 0

    def detect_probs(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return 0.9 for singing where it is loud."""
        assert audio.ndim == 1
        assert audio.flags.c_contiguous
        self.longest = max(self.longest, len(audio))
        loud = np.abs(audio[: len(audio) // 160 * 160]).reshape(-1, 160).max(axis=1) > 0.1
        zeros = np.zeros(len(loud))
        return np.stack([zeros, loud * 0.9, np.ones(len(loud))], axis=1).astype(np.float32)


def test_without_a_detector_nothing_is_known() -> None:
    meter = VoiceMeter(None)
    meter.add(np.ones(480_000, np.float32))

    assert meter.reading() is None


def test_some_vocal_seconds_are_enough() -> None:
    meter = VoiceMeter(LoudIsVoice())
    meter.add(np.zeros(80 * 48_000, np.float32))
    meter.add(sounds.drone(12))

    assert meter.reading() == pytest.approx(0.9, abs=0.01)


def test_a_second_of_voice_is_no_song() -> None:
    meter = VoiceMeter(LoudIsVoice())
    meter.add(np.concatenate([np.zeros(90 * 48_000, np.float32), sounds.drone(1)]))

    assert meter.reading() == pytest.approx(0.0, abs=0.01)


def test_memory_is_bounded_however_long_the_track() -> None:
    detector = LoudIsVoice()
    meter = VoiceMeter(detector)
    for _ in range(7):
        meter.add(np.zeros(11 * 48_000, np.float32))
    meter.reading()

    assert detector.longest == 30 * 16_000


@pytest.mark.slow
def test_the_real_detector_calls_plucked_notes_instrumental() -> None:
    detector = installed_detector()
    if detector is None:
        pytest.skip("the extra 'vocals' is not installed")
    meter = VoiceMeter(detector)
    meter.add(sounds.plucks(80))

    probability = meter.reading()

    assert probability is not None
    assert probability < 0.4
