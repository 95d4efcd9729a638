"""A voice that stays is a voice; one that passes by has the track checked by ear."""

import numpy as np
import pytest
from fakes import sounds, speech
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from playlists.analysis.vocals import VoiceMeter, VoiceReading, installed_detector
from playlists.models import CHECK_AT_LEAST, VOICE_AT_LEAST


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


def silence(length_s: int) -> NDArray[np.float32]:
    return np.zeros(length_s * sounds.RATE_HZ, np.float32)


def heard(*parts: NDArray[np.float32]) -> VoiceReading:
    meter = VoiceMeter(LoudIsVoice())
    for part in parts:
        meter.add(part)
    return meter.reading()


def assert_loud_between(reading: VoiceReading, *expected_s: tuple[float, float]) -> None:
    edges_s = [(start_s, end_s) for start_s, end_s, _ in reading.spans]
    assert np.array(edges_s) == pytest.approx(np.array(expected_s), abs=1)
    assert [peak for _, _, peak in reading.spans] == pytest.approx([0.72] * len(edges_s), abs=0.01)


def heard_for_real(sound: NDArray[np.float32]) -> float:
    meter = VoiceMeter(installed_detector())
    meter.add(sound)
    probability = meter.reading().probability
    assert probability is not None
    return probability


def test_without_a_detector_nothing_is_known() -> None:
    meter = VoiceMeter(None)
    meter.add(np.ones(480_000, np.float32))

    assert meter.reading() == VoiceReading(None)


def test_less_than_a_second_says_nothing() -> None:
    assert heard(sounds.drone(0.5)) == VoiceReading(None)


def test_a_voice_in_a_third_of_a_track_is_a_voice_and_has_its_place() -> None:
    reading = heard(silence(40), sounds.drone(30), silence(20))

    assert reading.probability == pytest.approx(0.72, abs=0.01)
    assert_loud_between(reading, (40, 70))


def test_some_seconds_of_voice_are_to_be_checked_but_never_called_sung() -> None:
    reading = heard(silence(80), sounds.drone(12), silence(300))

    assert reading.probability is not None
    assert CHECK_AT_LEAST <= reading.probability < VOICE_AT_LEAST
    assert_loud_between(reading, (80, 92))


def test_a_second_of_voice_is_no_song() -> None:
    reading = heard(silence(90), sounds.drone(1))

    assert reading.probability == pytest.approx(0.0, abs=0.2)
    assert reading.spans == ()


def test_each_stretch_of_voice_has_its_span() -> None:
    reading = heard(sounds.drone(15), silence(30), sounds.drone(20), silence(15))

    assert_loud_between(reading, (0, 15), (45, 65))


@settings(max_examples=15, deadline=None)
@given(
    lengths_s=st.lists(st.integers(0, 15), min_size=1, max_size=8),
    block_frames=st.integers(10_000, 700_000),
)
def test_spans_lie_in_the_track_in_order_and_whatever_the_blocks(
    lengths_s: list[int], block_frames: int
) -> None:
    parts = [
        sounds.drone(max(length, 0.1)) if n % 2 else silence(length)
        for n, length in enumerate(lengths_s)
    ]
    sound = np.concatenate(parts)
    cut = [sound[n : n + block_frames] for n in range(0, len(sound), block_frames)]

    reading = heard(*cut)

    assert reading == heard(sound)
    edges = [edge for start, end, _ in reading.spans for edge in (start, end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(sound) / sounds.RATE_HZ for edge in edges)
    assert all(CHECK_AT_LEAST <= peak <= 1 for _, _, peak in reading.spans)


def test_memory_is_bounded_however_long_the_track() -> None:
    detector = LoudIsVoice()
    meter = VoiceMeter(detector)
    for _ in range(7):
        meter.add(silence(11))
    meter.reading()

    assert detector.longest == 16 * 16_000  # of 20 s


@pytest.mark.slow
def test_the_real_detector_calls_plucked_notes_instrumental() -> None:
    assert heard_for_real(sounds.plucks(80)) < CHECK_AT_LEAST


@pytest.mark.slow
@pytest.mark.parametrize("bed", [sounds.pads(20), sounds.plucks(80, 20)], ids=["pads", "plucks"])
@pytest.mark.parametrize("voice", ["en-us", "en-gb+f2", "en-us+whisper"])
def test_a_guided_meditation_as_loud_as_the_music_is_never_instrumental(
    voice: str, bed: NDArray[np.float32]
) -> None:
    spoken = speech.spoken(speech.MEDITATION, voice, 20.0)

    assert heard_for_real(speech.mixed(spoken, bed)) >= CHECK_AT_LEAST
