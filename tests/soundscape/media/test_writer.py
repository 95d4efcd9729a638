"""What is written is what was given, and a file is there whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from soundscape.errors import EngineError
from soundscape.media.writer import write_audio

SOUND = np.random.default_rng(3).uniform(-1, 1, (9_000, 2)).astype(np.float32)


@pytest.mark.parametrize(
    ("name", "subtype", "expected", "step"),
    [
        ("a.wav", None, "FLOAT", 0.0),
        ("a.FLAC", None, "PCM_24", 2**-23),
        ("a.flac", "PCM_16", "PCM_16", 2**-15),
    ],
)
def test_sound_comes_back_as_exactly_as_its_format_allows(
    tmp_path: Path, name: str, subtype: str | None, expected: str, step: float
) -> None:
    write_audio(tmp_path / name, [SOUND[:4_000], SOUND[4_000:]], subtype=subtype)

    read, rate_hz = soundfile.read(tmp_path / name)
    assert (rate_hz, soundfile.info(tmp_path / name).subtype) == (48_000, expected)
    assert np.abs(read - SOUND).max() <= step


def test_an_ending_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"must end in \.wav or \.flac"):
        write_audio(tmp_path / "a.mp3", [SOUND])

    assert not list(tmp_path.iterdir())


def test_an_interrupted_file_leaves_the_former_one_untouched(tmp_path: Path) -> None:
    def breaking() -> Iterator[NDArray[np.float32]]:
        yield SOUND
        raise KeyboardInterrupt

    write_audio(tmp_path / "a.wav", [SOUND])
    before = (tmp_path / "a.wav").read_bytes()

    with pytest.raises(KeyboardInterrupt):
        write_audio(tmp_path / "a.wav", breaking())

    assert (tmp_path / "a.wav").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_more_than_full_scale_is_clipped_and_never_wraps(tmp_path: Path) -> None:
    write_audio(tmp_path / "a.flac", [SOUND * 4])

    read, _ = soundfile.read(tmp_path / "a.flac")
    assert np.abs(read - np.clip(SOUND * 4, -1, 1)).max() <= 2**-22
