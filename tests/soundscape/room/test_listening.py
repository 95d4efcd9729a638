"""A level in words, and a microphone that is not there."""

import pytest

from soundscape.errors import MicrophoneError
from soundscape.room.listening import heard, room_sentence


@pytest.mark.parametrize(
    ("level_db_a", "loudest_db_a", "said"),
    [
        (56.0, 60.0, "It is loud now, in the room or the corridor (56 dB(A))"),
        (50.0, 50.0, "It is loud now"),
        (38.0, 66.0, "something was loud (66 dB(A))"),
        (44.0, 46.0, "can be heard (44 dB(A))"),
        (31.0, 38.0, "The room is quiet (31 dB(A))."),
    ],
)
def test_a_level_is_said_in_one_sentence(
    level_db_a: float, loudest_db_a: float, said: str
) -> None:
    sentence = room_sentence(level_db_a, loudest_db_a)

    assert said in sentence
    assert sentence.endswith(".")


def test_a_microphone_that_is_not_there_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")

    with pytest.raises(MicrophoneError, match="cannot open the microphone 'nobody's'"):
        heard("nobody's", seconds=1.0, ends_with=None)


def test_a_machine_without_any_sound_is_said_to_have_no_microphone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")  # PortAudio aborts its process then

    with pytest.raises(MicrophoneError, match="no microphone"):
        heard(None, seconds=1.0, ends_with=None)
