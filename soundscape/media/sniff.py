"""Opening a file without trusting it: a regular one only, judged by its first bytes."""

import os
import stat
import struct
from pathlib import Path
from typing import BinaryIO

from soundscape.errors import DecodeError

MIN_BYTES = 1_000
MAX_BYTES = 2_000_000_000
_HEAD_BYTES = 12
ID3_HEADER_BYTES = 10
_RIFF_HEADER_BYTES, _CHUNK_HEADER_BYTES, _MOST_CHUNKS = 12, 8, 1_000
_UNKNOWN_BYTES = 0xFFFFFFFF  # what writes sound to a pipe cannot know its length
_WHOLE = 0.98
# Fields of an MPEG audio frame's header, and the values that no stream may have in them.
_SYNC, _VERSION, _LAYER, _BITRATE, _RATE = 0xFFE00000, 0x180000, 0x60000, 0xF000, 0xC00
_VERSION_RESERVED = 0x080000


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading, unless it is a link, a folder, a pipe or a device.

    A pipe would hang every decoder, so nothing is opened that could block.

    Raises
    ------
    DecodeError
        If there is no such file, or it is not a regular one that may be read.
    """
    flags = os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK") | _flag("O_BINARY")
    if path.is_symlink():
        raise DecodeError("This is a link; choose the file that it points to.")
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise DecodeError("There is no such file; check its name.") from None
    except PermissionError:
        raise DecodeError("This file may not be read; ask for permission to it.") from None
    except (OSError, ValueError) as error:
        raise DecodeError("This file cannot be opened.") from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise DecodeError("This is a folder; choose a sound file.")
    raise DecodeError("This is not an ordinary file; choose a sound file.")


def container_of(file: BinaryIO) -> str:
    """Return FFmpeg's name of the file's container, judged by its content alone.

    The file's position is left at its start.

    Raises
    ------
    DecodeError
        If it is empty, too small, too large, or of no kind that can be trusted.
    """
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    if length == 0:
        raise DecodeError("This file is empty.")
    head = file.read(_HEAD_BYTES)
    if head.startswith(b"ID3"):
        file.seek(id3_bytes(head))
        head = file.read(_HEAD_BYTES)
    file.seek(0)
    container = _container_by_magic(head)
    if container is None:
        raise DecodeError("This is not WAV, AIFF, FLAC, Ogg, MP3 or MP4 sound, whatever its name.")
    if length < MIN_BYTES:
        raise DecodeError("This file is too small to hold music.")
    if length > MAX_BYTES:
        raise DecodeError("This file is larger than 2 GB; split it first.")
    if head[:4] == b"RIFF" and _is_cut(file, length):
        raise DecodeError("This file is damaged or cut off: a part of it is missing.")
    return container


def _is_cut(file: BinaryIO, size_bytes: int) -> bool:
    """Return whether a WAV file is shorter than its samples should be.

    FFmpeg takes the file's own end for theirs when the header is far off.
    """
    place = _RIFF_HEADER_BYTES
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        header = file.read(_CHUNK_HEADER_BYTES)
        if len(header) < _CHUNK_HEADER_BYTES:
            break
        name, size = struct.unpack("<4sI", header)
        place += _CHUNK_HEADER_BYTES
        if name == b"data":
            file.seek(0)
            return bool(size != _UNKNOWN_BYTES and size_bytes - place < _WHOLE * size)
        place += size + size % 2  # chunks begin on even bytes
    file.seek(0)
    return False


def _flag(name: str) -> int:
    """Return a flag of ``os.open``, or 0 on systems that do not know it."""
    return int(getattr(os, name, 0))


def id3_bytes(head: bytes) -> int:
    """Return the length of the ID3v2 tag that begins so, its header of ten bytes included.

    Its size is four times seven bits (ID3v2.4 §3.1).
    """
    size = 0
    for byte in head[6:ID3_HEADER_BYTES]:
        size = size << 7 | byte & 0x7F
    return ID3_HEADER_BYTES + size


def _container_by_magic(head: bytes) -> str | None:
    """Return the container whose mark these first twelve bytes carry."""
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return "aiff"
    if head[4:8] == b"ftyp":
        return "mov"
    marks = {b"fLaC": "flac", b"OggS": "ogg"}
    return marks.get(head[:4]) or ("mp3" if _is_mpeg_frame(head) else None)


def _is_mpeg_frame(head: bytes) -> bool:
    """Whether the bytes can be an MPEG audio frame's header (ISO/IEC 11172-3 §2.4.1.3)."""
    header = int.from_bytes(head[:4])
    reserved = ((_VERSION, _VERSION_RESERVED), (_LAYER, 0), (_BITRATE, _BITRATE), (_RATE, _RATE))
    return header & _SYNC == _SYNC and all(header & field != value for field, value in reserved)
