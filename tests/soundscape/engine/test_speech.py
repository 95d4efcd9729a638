"""Words are heard as far as the music is lowered, without a step, and are not kept."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from soundscape.engine.automation import DUCKED, Lane, Ramp
from soundscape.engine.ring import SPEECH_CAPACITY, Field, Ring
from soundscape.engine.ring_file import create_ring
from soundscape.engine.speech import CUSHION, Speech
from soundscape.units import Frames, frames_in

BLOCK = Frames(1024)
DOWN = (Ramp(Lane.TALK, Frames(0), Frames(1), DUCKED),)


@pytest.fixture
def ring(tmp_path: Path) -> Ring:
    return create_ring(tmp_path / "ring")


def hum(frames: int, start: int = 0) -> NDArray[np.float32]:
    return np.asarray(0.1 * np.sin(np.arange(start, start + frames) * 0.02), np.float32)


def spoken(
    ring: Ring, speech: Speech, blocks: int, ramps: tuple[Ramp, ...]
) -> NDArray[np.float32]:
    """Return what is heard of a steady hum that comes as fast as it is heard."""
    said, heard = frames_in(0.02), []
    ring.set(Field.SPEECH_OPEN, 1)
    ring.write_speech(Frames(0), hum(said))
    for number in range(blocks):
        ring.write_speech(said, hum(BLOCK, said))
        said = Frames(said + BLOCK)
        out = np.zeros((BLOCK, 2), np.float32)
        speech.add_to(out, Frames(number * BLOCK), ramps)
        heard.append(out)
    return np.concatenate(heard)


def test_while_no_microphone_is_open_a_block_is_left_alone(ring: Ring) -> None:
    out = np.full((BLOCK, 2), 0.25, np.float32)

    Speech(ring).add_to(out, Frames(0), DOWN)

    np.testing.assert_array_equal(out, 0.25)


def test_words_are_heard_whole_and_in_both_ears_while_the_music_is_down(ring: Ring) -> None:
    heard = spoken(ring, Speech(ring), 40, DOWN)

    late = frames_in(0.02) - CUSHION  # what was said before the first block, less the cushion
    wanted = hum(len(heard), late)
    np.testing.assert_allclose(heard[BLOCK:, 0], wanted[BLOCK:], atol=1e-6)
    np.testing.assert_array_equal(heard[:, 0], heard[:, 1])


def test_no_word_is_heard_while_the_music_is_at_its_level(ring: Ring) -> None:
    assert not spoken(ring, Speech(ring), 20, ()).any()


def test_words_come_and_go_with_the_fade_of_the_music_and_never_by_a_step(ring: Ring) -> None:
    ramps = (
        Ramp(Lane.TALK, Frames(2_000), frames_in(0.5), DUCKED),
        Ramp(Lane.TALK, Frames(40_000), frames_in(0.5), 1.0),
    )

    heard = spoken(ring, Speech(ring), 64, ramps)

    assert not heard[:2_000].any()
    assert not heard[64_000:].any()
    assert np.abs(heard[30_000:38_000]).max() == pytest.approx(0.1, rel=0.01)
    assert np.abs(np.diff(heard, axis=0)).max() < 0.1 * 0.021  # the hum's own steepest


def test_words_that_stop_coming_end_softly_and_go_on_when_there_are_some(ring: Ring) -> None:
    speech = Speech(ring)
    heard = [spoken(ring, speech, 10, DOWN)]
    said = Frames(ring.get(Field.SPEECH_WRITTEN))
    for number in range(10, 40):
        if number >= 20:
            ring.write_speech(said, hum(BLOCK, said))
            said = Frames(said + BLOCK)
        out = np.zeros((BLOCK, 2), np.float32)
        speech.add_to(out, Frames(number * BLOCK), DOWN)
        heard.append(out)
    sound = np.concatenate(heard)

    assert np.abs(np.diff(sound, axis=0)).max() < 0.003
    assert not sound[12 * BLOCK : 20 * BLOCK].any()
    assert np.abs(sound[30 * BLOCK :]).max() == pytest.approx(0.1, rel=0.01)


def test_words_that_piled_up_are_passed_over_to_be_near_again(ring: Ring) -> None:
    speech = Speech(ring)
    spoken(ring, speech, 4, DOWN)
    said = Frames(ring.get(Field.SPEECH_WRITTEN))
    ring.write_speech(said, hum(frames_in(0.4), said))
    said = Frames(ring.get(Field.SPEECH_WRITTEN))

    out = np.zeros((BLOCK, 2), np.float32)
    speech.add_to(out, Frames(4 * BLOCK), DOWN)

    newest = hum(BLOCK, said - BLOCK - CUSHION)
    np.testing.assert_allclose(out[500:, 0], newest[500:], atol=1e-6)


def test_forgotten_words_are_in_no_memory(ring: Ring) -> None:
    ring.set(Field.SPEECH_OPEN, 1)
    ring.write_speech(Frames(SPEECH_CAPACITY - 100), hum(1_000) + 1.0)

    ring.forget_speech()

    left = np.empty(SPEECH_CAPACITY, np.float32)
    ring.read_speech_into(Frames(0), left)
    assert not left.any()
    assert not ring.get(Field.SPEECH_OPEN)
