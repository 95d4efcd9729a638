"""What a file's tags say, cleaned for people's eyes; a tag never decides a length or a level."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import mutagen
from mutagen.easymp4 import EasyMP4
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TAL, TALB, TIT2, TP1, TPE1, TT2
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from soundscape.errors import DecodeError
from soundscape.media.plain import cleaned
from soundscape.media.sniff import ID3_HEADER_BYTES, container_of, id3_bytes, open_regular

_FIELDS = ("title", "artist", "album")
_NAMED_KINDS: dict[str, list[type[mutagen.FileType]]] = {
    "flac": [FLAC],
    "ogg": [OggVorbis, OggOpus, OggFLAC],
    "mov": [EasyMP4],
}
# ID3's names for the same fields: those of version 2.2 turn into the later ones as they are read.
_ID3_FIELDS = ("TIT2", "TPE1", "TALB")
_ID3_FRAMES = {kind.__name__: kind for kind in (TIT2, TPE1, TALB, TT2, TP1, TAL)}
# mutagen joins a frame that comes again to the first, in a time that grows with the square.
_ID3_MOST_REPEATS = 100
_ID3_MOST_BYTES = 32_000_000
# mutagen's parsers let these through on hostile files.
TAG_ERRORS = (
    mutagen.MutagenError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Tags:
    """Title, artist and album, each cleaned; empty where not said."""

    title: str = ""
    artist: str = ""
    album: str = ""


def read_tags(path: Path) -> Tags:
    """Return a file's tags; empty ones if they cannot be read, for the sound may still be good."""
    try:
        with open_regular(path) as file:
            container = container_of(file)
            if container == "mp3":
                return _id3_tags(file)
            return _named_tags(file, _NAMED_KINDS.get(container, []))
    except (DecodeError, *TAG_ERRORS):
        return Tags()


def _id3_tags(file: BinaryIO) -> Tags:
    """Return the tags of an MP3; empty ones where reading them could take long.

    Only three kinds of frames are looked at, so any number of others costs little.
    """
    header = file.read(ID3_HEADER_BYTES)
    if header.startswith(b"ID3"):
        length = id3_bytes(header)
        content = file.read(min(length, _ID3_MOST_BYTES))
        repeats = max(content.count(name.encode()) for name in _ID3_FRAMES)
        if length > _ID3_MOST_BYTES or repeats > _ID3_MOST_REPEATS:
            return Tags()
    file.seek(0)
    found = ID3(file, known_frames=_ID3_FRAMES)  # type: ignore[no-untyped-call]
    frames = (found.get(name) for name in _ID3_FIELDS)  # type: ignore[no-untyped-call]
    return Tags(*map(_first, frames))


def _named_tags(file: BinaryIO, kinds: list[type[mutagen.FileType]]) -> Tags:
    """Return the tags of a file whose kind names them by words."""
    found = mutagen.File(file, options=kinds)
    if found is None or found.tags is None:
        return Tags()
    return Tags(*(_first(found.get(name)) for name in _FIELDS))


def _first(values: Sequence[object] | None) -> str:
    """Return the first of a tag's values, cleaned; empty if there is none."""
    return cleaned(str(values[0])) if values else ""
