"""What a file's tags say, cleaned for people's eyes; a tag never decides a length or a level."""

import struct
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path

import mutagen

from soundscape.errors import DecodeError
from soundscape.media.sniff import open_regular

MAX_CHARACTERS = 200
# Control, format (bidi overrides, zero width), surrogate, private use, unassigned; line and
# paragraph separators count as spaces.
_STRIPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACES = {"Zl", "Zp", "Zs"}
# mutagen's parsers let these through on hostile files.
_TAG_ERRORS = (
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
            found = mutagen.File(file, easy=True)
            return Tags(*(_first(found, key) for key in ("title", "artist", "album")))
    except (DecodeError, *_TAG_ERRORS):
        return Tags()


def cleaned(text: str) -> str:
    """Return text that is safe to show in one line, at most 200 characters, in NFC."""
    kinds = ((character, unicodedata.category(character)) for character in text)
    kept = (
        " " if kind in _SPACES or character in "\t\n\r" else character
        for character, kind in kinds
        if kind not in _STRIPPED or character in "\t\n\r"
    )
    words = unicodedata.normalize("NFC", "".join(kept)).split()
    return " ".join(words)[:MAX_CHARACTERS].rstrip()


def _first(found: mutagen.FileType | None, key: str) -> str:
    """Return the first value of a tag, cleaned; empty if there is none."""
    values = found.get(key) if found is not None and found.tags is not None else None
    return cleaned(str(values[0])) if values else ""
