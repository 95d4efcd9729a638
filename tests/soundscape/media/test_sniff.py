"""What a file is, by its content: a WAV file must hold the samples that it promises."""

from pathlib import Path

import pytest
from fakes.hostile import pcm, wav_header

from soundscape.errors import DecodeError
from soundscape.media.sniff import container_of, open_regular


def container(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with open_regular(path) as file:
        found = container_of(file)
        assert file.tell() == 0
    return found


def test_a_wav_file_that_is_whole_or_of_unknown_length_is_one(tmp_path: Path) -> None:
    data = pcm()

    assert container(tmp_path / "a", wav_header(len(data)) + data) == "wav"
    assert container(tmp_path / "b", wav_header(0xFFFFFFFF) + data) == "wav"


@pytest.mark.parametrize("claimed_bytes", [0xFFFFFFF0, 8_000_000])
def test_a_wav_file_that_was_cut_off_is_refused(tmp_path: Path, claimed_bytes: int) -> None:
    with pytest.raises(DecodeError, match="cut off"):
        container(tmp_path / "a", wav_header(claimed_bytes) + pcm())


def test_a_wav_file_of_countless_chunks_is_not_searched_to_its_end(tmp_path: Path) -> None:
    header = wav_header(0)[:36]

    assert container(tmp_path / "a", header + b"junk\0\0\0\0" * 100_000) == "wav"
