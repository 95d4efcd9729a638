"""List files in and out: the format by the file's ending, the encoding by its bytes."""

from collections.abc import Callable
from pathlib import Path

from playlists.exchange.entries import Entry, Listing, shown
from playlists.exchange.jspf import read_jspf, write_jspf
from playlists.exchange.m3u import read_m3u, write_m3u8
from playlists.exchange.pls import read_pls
from playlists.exchange.xspf import read_xspf, write_xspf
from playlists.models import Track
from soundscape.errors import DecodeError, RejectedFileError
from soundscape.media.sniff import open_regular
from soundscape.output import arriving
from soundscape.units import Seconds

MOST_BYTES = 4_000_000
MOST_ENTRIES = 2_000
_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_READERS: dict[str, Callable[[str], Listing]] = {
    ".m3u": read_m3u,
    ".m3u8": read_m3u,
    ".pls": read_pls,
    ".jspf": read_jspf,
}
_WRITERS: dict[str, Callable[[Listing, list[Path], Path], bytes]] = {
    ".m3u8": write_m3u8,
    ".xspf": write_xspf,
    ".jspf": write_jspf,
}
READ = (*_READERS, ".xspf")
WRITTEN = tuple(_WRITERS)


def read_list(path: Path) -> Listing:
    """Return what a list file says; its title is the file's name if it tells none.

    Raises
    ------
    RejectedFileError
        If it is no list that is understood, or too large to be one.
    """
    ending = path.suffix.lower()
    if ending not in READ:
        raise RejectedFileError(f"A list ends in {', '.join(READ)}; choose one of these.")
    data = _content(path)
    if not data.strip():
        raise RejectedFileError("This list is empty; choose another.")
    listing = read_xspf(data) if ending == ".xspf" else _READERS[ending](_text(data))
    if len(listing.entries) > MOST_ENTRIES:
        raise RejectedFileError(f"This list has more than {MOST_ENTRIES} entries; divide it.")
    if not listing.entries:
        raise RejectedFileError("This list has no entries; choose another.")
    return Listing(shown(listing.title) or shown(path.stem), listing.entries)


def write_list(path: Path, title: str, tracks: list[Track]) -> None:
    """Write tracks as a list, whole or not at all.

    Raises
    ------
    RejectedFileError
        If the file's ending is none that is written, or there are more tracks than a list holds.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise RejectedFileError(f"A list is written as {', '.join(WRITTEN)}; choose one of these.")
    if len(tracks) > MOST_ENTRIES:
        raise RejectedFileError(
            f"A list holds at most {MOST_ENTRIES} tracks; say which with --where."
        )
    path = path.absolute()
    listing = Listing(title, tuple(map(_entry, tracks)))
    content = writer(listing, [track.path.absolute() for track in tracks], path.parent)
    with arriving(path) as whole:
        whole.write_bytes(content)


def _entry(track: Track) -> Entry:
    return Entry(
        location="",
        title=track.title,
        artist=track.artist,
        album=track.album,
        duration_s=Seconds(track.analysis.duration_s),
        content_hash=track.content_hash,
    )


def _content(path: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    RejectedFileError
        If it is no ordinary file, or too large.
    """
    try:
        with open_regular(path) as file:
            data = file.read(MOST_BYTES + 1)
    except DecodeError as error:
        sentence = str(error).replace("a sound file", "a list")
        raise RejectedFileError(sentence) from error
    if len(data) > MOST_BYTES:
        raise RejectedFileError("This file is too large for a list.")
    return data


def _text(data: bytes) -> str:
    """Return a text by its mark; without one it is UTF-8, and what is not stands as surrogates."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[1:2] == b"\0" or data[:1] == b"\0":
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    return data.decode("utf-8", "surrogateescape")
