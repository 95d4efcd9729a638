"""What a list's location may mean as a path, and a path as a location.

Nothing here looks at a disk: a location only ever names a track that the library has.
"""

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_FILE = re.compile(r"file:", re.IGNORECASE)
_OPAQUE = re.compile(r"(data|cdda|dvd|mailto|javascript|urn|about|blob):", re.IGNORECASE)
_DEVICE = re.compile(
    r"(/dev/(?!shm/)|/proc/|/sys/).*|(.*[/\\])?(con|prn|aux|nul|com[1-9]|lpt[1-9]):?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"\s*|.*[\x00\ud800-\udc7f\udd00-\udfff].*", re.DOTALL)
_RAW = re.compile(r"[\udc80-\udcff]")
_DRIVE = re.compile(r"/[A-Za-z]:[/\\]")
_LISTS = (".m3u", ".m3u8", ".pls", ".xspf", ".jspf", ".asx", ".wax", ".wpl", ".cue", ".b4s")
# What may stand in a line of its own and means the same to every program.
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff%#\\:]+")


def refusal(location: str) -> str:
    """Return in a sentence why a location may not be taken; empty if it may."""
    if _NO_NAME.fullmatch(location):
        return "The entry names no file."
    meant = _bytes_of(location).decode("utf-8", "replace")
    address = _ADDRESS.match(location)
    if _is_foreign_share(location):
        return "The entry lies on another machine's share; copy the music to this one first."
    if (address and address[1].lower() != "file") or _OPAQUE.match(location):
        return "The entry is an address; only files of the library are taken."
    if _DEVICE.fullmatch(meant) or _DEVICE.fullmatch(_FILE.sub("", meant).replace("//", "")):
        return "The entry is a device, not a file."
    if meant.lower().endswith(_LISTS):
        return "The entry is itself a list; import that one by its own."
    return ""


def paths_of(location: str, base: Path, *, is_uri: bool) -> tuple[Path, ...]:
    """Return the absolute paths that a location may mean, the likeliest first.

    Parameters
    ----------
    location : str
        One that is not refused.
    base : Path
        The list's folder.
    is_uri : bool
        The format asks for percent-encoding; where it does not, some programs use it all the same.
    """
    readings = [location, os.fsdecode(_bytes_of(location))]
    if is_uri:
        readings.reverse()
    if _FILE.match(location):
        readings = [_file_path(location)]
    elif _RAW.search(location):
        # no UTF-8: either raw bytes of the name, or written in Latin-1
        readings.append(os.fsencode(location).decode("latin-1"))
    if os.sep == "/" and "\\" in location:
        readings.append(location.replace("\\", "/"))
    whole = (reading for reading in readings if "\0" not in reading)
    return tuple(dict.fromkeys(_absolute(reading, base) for reading in whole))


def as_uri(path: Path, base: Path) -> str:
    """Return a path for a format of addresses: relative under the list's folder, else absolute."""
    near = _relative(path, base)
    return path.as_uri() if near is None else quote(os.fsencode(near), safe="/")


def as_line(path: Path, base: Path) -> str:
    """Return a path for a format of lines; one that could be misread stands as an address."""
    near = _relative(path, base)
    text = str(path) if near is None else near
    plain = _PLAIN.fullmatch(text) is not None and text == text.strip()
    return text if plain else path.as_uri()


def _relative(path: Path, base: Path) -> str | None:
    """Return a path as seen from a folder above it; None if there is no such way."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else None


def _absolute(text: str, base: Path) -> Path:
    return Path(os.path.normpath(base / text))


def _bytes_of(location: str) -> bytes:
    """Return a location's bytes with its percent signs resolved."""
    return unquote_to_bytes(location.encode("utf-8", "surrogateescape"))


def _file_path(location: str) -> str:
    """Return the path in a ``file:`` address, whatever number of slashes it begins with."""
    text = os.fsdecode(_bytes_of(_FILE.sub("", location, count=1)))
    if text.startswith("//"):
        text = text[text.index("/", 2) :] if "/" in text[2:] else "/"
    return text[1:] if _DRIVE.match(text) else text


def _is_foreign_share(location: str) -> bool:
    if location.startswith(("\\\\", "//")):
        return True
    if not _FILE.match(location):
        return False
    try:
        host = urlsplit(location).hostname
    except ValueError:
        return True
    double = unquote_to_bytes(location).startswith((b"file:////", b"file:\\\\"))
    return double or host not in {None, "", "localhost"}
