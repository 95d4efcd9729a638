"""Tags are cleaned for the eye, and a file without any is still a file."""

import struct
from pathlib import Path

import mutagen
import numpy as np
import pytest

from soundscape.media.tags import Tags, read_tags
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


MPEG_FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def frame(name: str, content: bytes) -> bytes:
    """Return a frame of ID3v2.3."""
    return name.encode() + struct.pack(">IH", len(content), 0) + content


def mp3(path: Path, *frames: bytes, spare_bytes: int = 0) -> Path:
    """Write an MP3 that begins with a tag of these frames, and return its path."""
    tag = b"".join(frames) + bytes(spare_bytes)
    size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\x00\x00" + size + tag + MPEG_FRAME * 20)
    return path


TITLE = frame("TIT2", b"\x00Shore")
PICTURE = frame("APIC", b"\x00image/png\x00\x03\x00same")


def test_an_mp3_has_title_artist_and_album(tmp_path: Path) -> None:
    names = (frame("TPE1", b"\x00Ana"), frame("TALB", b"\x01\xff\xfeB\x00"))

    assert read_tags(mp3(tmp_path / "a.mp3", TITLE, *names)) == Tags("Shore", "Ana", "B")


def test_an_mp3_with_an_old_tag_at_its_end_has_a_title(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(MPEG_FRAME * 20 + b"TAG" + b"Shore".ljust(125, b"\x00"))

    assert read_tags(path) == Tags(title="Shore")


def test_thousands_of_other_frames_are_passed_over(tmp_path: Path) -> None:
    assert read_tags(mp3(tmp_path / "a.mp3", *[PICTURE] * 20_000, TITLE)).title == "Shore"


def test_a_tag_that_would_take_long_to_read_is_not_read(tmp_path: Path) -> None:
    repeated = mp3(tmp_path / "a.mp3", *[TITLE] * 20_000)
    immense = mp3(tmp_path / "b.mp3", TITLE, spare_bytes=40_000_000)

    assert [read_tags(path) for path in (repeated, immense)] == [Tags(), Tags()]


def test_a_title_said_a_few_times_is_read(tmp_path: Path) -> None:
    assert read_tags(mp3(tmp_path / "a.mp3", *[TITLE] * 5)).title == "Shore"
