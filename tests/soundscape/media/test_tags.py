"""Tags are cleaned for the eye, and a file without any is still a file."""

from pathlib import Path

import mutagen
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundscape.media.tags import Tags, cleaned, read_tags
from soundscape.media.writer import write_audio


@pytest.fixture
def flac(tmp_path: Path) -> Path:
    write_audio(tmp_path / "a.flac", [np.zeros((48_000, 2), np.float32)])
    return tmp_path / "a.flac"


def test_title_artist_and_album_are_read(flac: Path) -> None:
    file = mutagen.File(flac, easy=True)
    file.update({"title": "Still\u202e  water\n", "artist": ["Ana", "Bo"], "album": "Shore"})
    file.save()

    assert read_tags(flac) == Tags("Still water", "Ana", "Shore")


def test_a_file_without_tags_has_empty_ones(flac: Path) -> None:
    assert read_tags(flac) == Tags()


def test_what_is_no_sound_file_has_empty_tags(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" * 200)

    assert read_tags(tmp_path / "a.mp3") == Tags()
    assert read_tags(tmp_path / "missing.mp3") == Tags()


@given(st.text(max_size=400))
def test_cleaned_text_is_one_short_line_and_stays_clean(text: str) -> None:
    line = cleaned(text)

    assert len(line) <= 200
    assert line.isprintable()
    assert cleaned(line) == line


def test_letters_and_their_accents_are_joined() -> None:
    assert cleaned("Cafe\u0301\u200b del\u2028mar") == "Café del mar"
