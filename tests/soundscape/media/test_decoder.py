"""A file gives the same frames however it is read, and nothing is read that is not sound."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.errors import DecodeError
from soundscape.media.decoder import open_stream
from soundscape.media.writer import write_audio
from soundscape.units import Frames

RATE_HZ = 48_000


def noise(length: int, channels: int = 2) -> NDArray[np.float32]:
    generator = np.random.default_rng(7)
    return generator.uniform(-0.5, 0.5, (length, channels)).astype(np.float32)


def everything(path: Path) -> NDArray[np.float32]:
    with open_stream(path) as stream:
        return stream.read(10 * RATE_HZ)


@pytest.fixture(scope="module")
def resampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("media") / "resampled.flac"
    soundfile.write(path, noise(44_100), 44_100)
    return path


def test_a_float_file_is_read_bit_by_bit(tmp_path: Path) -> None:
    sound = noise(RATE_HZ)
    write_audio(tmp_path / "a.wav", [sound])

    assert np.array_equal(everything(tmp_path / "a.wav"), sound)


@given(st.integers(0, RATE_HZ), st.lists(st.integers(1, 20_000), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
def test_where_reading_starts_and_how_much_is_read_change_no_frame(
    resampled: Path, start: int, lengths: list[int]
) -> None:
    whole = everything(resampled)

    with open_stream(resampled, start=Frames(start)) as stream:
        read = np.concatenate([stream.read(length) for length in lengths])

    assert np.array_equal(read, whole[start : start + sum(lengths)])


def test_after_the_end_nothing_is_read(resampled: Path) -> None:
    with open_stream(resampled) as stream:
        stream.skip(10 * RATE_HZ)

        assert stream.read(100).shape == (0, 2)


def test_a_resampled_tone_keeps_its_length_and_its_shape(tmp_path: Path) -> None:
    times_s = np.arange(44_100) / 44_100
    soundfile.write(tmp_path / "a.wav", np.sin(2 * np.pi * 440 * times_s), 44_100, "FLOAT")

    read = everything(tmp_path / "a.wav")

    expected = np.sin(2 * np.pi * 440 * np.arange(RATE_HZ) / RATE_HZ)
    assert len(read) == RATE_HZ
    assert np.abs(read[500:-500, 0] - expected[500:-500]).max() < 1e-3


@pytest.mark.parametrize("channels", [1, 3, 6, 8])
def test_any_number_of_channels_becomes_two_and_no_louder(tmp_path: Path, channels: int) -> None:
    sound = np.repeat(noise(RATE_HZ, 1), channels, axis=1)
    soundfile.write(tmp_path / "a.wav", sound, RATE_HZ, "FLOAT")

    read = everything(tmp_path / "a.wav")

    assert read.shape == (RATE_HZ, 2)
    assert np.abs(read).max() <= np.abs(sound).max() + 1e-6


def test_the_content_and_not_the_name_says_what_a_file_is(tmp_path: Path) -> None:
    sound = noise(RATE_HZ)
    write_audio(tmp_path / "a.wav", [sound])
    (tmp_path / "a.wav").rename(tmp_path / "a.mp3")

    assert np.array_equal(everything(tmp_path / "a.mp3"), sound)


def test_a_name_that_is_not_text_is_no_hindrance(tmp_path: Path) -> None:
    write_audio(tmp_path / "a.wav", [noise(RATE_HZ)])
    named = (tmp_path / "a.wav").rename(tmp_path / os.fsdecode(b"track\xe9.wav"))

    assert len(everything(named)) == RATE_HZ


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"These are words.\n" * 100, "not WAV"),
        (b"RIFF\x00\x00\x00\x00WAVE" + bytes(2_000), "damaged|no sound"),
        (b"fLaC" + bytes(100), "too small"),
    ],
)
def test_what_is_not_sound_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(content)

    with pytest.raises(DecodeError, match=reason):
        everything(path)


def test_a_pipe_a_link_a_folder_and_nothing_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    (tmp_path / "link.mp3").symlink_to(tmp_path / "pipe.mp3")
    (tmp_path / "folder.mp3").mkdir()

    for name in ("pipe.mp3", "link.mp3", "folder.mp3", "missing.mp3"):
        with pytest.raises(DecodeError):
            open_stream(tmp_path / name)


def test_damaged_flac_is_left_out_and_never_heard_as_noise(tmp_path: Path) -> None:
    times_s = np.arange(20 * RATE_HZ) / RATE_HZ
    tone = (0.1 * np.sin(2 * np.pi * 330 * times_s)).astype(np.float32)
    write_audio(tmp_path / "a.flac", [np.stack([tone, tone], axis=1)])
    content = bytearray((tmp_path / "a.flac").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "a.flac").write_bytes(content)

    with open_stream(tmp_path / "a.flac") as stream:
        read = stream.read(30 * RATE_HZ)

    assert len(read) < len(tone)
    assert np.abs(read).max() < 0.11
