"""M3U and M3U8: a path a line, and what ``#EXTINF`` and its kin say of the next one."""

import json
import re
from pathlib import Path

from playlists.exchange.entries import Entry, Listing, entry_of, names_of
from playlists.exchange.locations import as_line

_LINES = re.compile(r"\r\n|\r|\n")
_INFO = re.compile(r"#EXTINF:\s*(-?\d+(?:\.\d+)?)?[^,]*,?(.*)", re.IGNORECASE)
_OWN = "#SOUNDSCAPE:"
"""A comment to other programs: exact names and the content, as JSON."""
_OWN_NAMES = {
    "title": "title",
    "artist": "artist",
    "album": "album",
    "sha256": "content_hash",
}
_TITLE, _ARTIST, _ALBUM = "#PLAYLIST:", "#EXTART:", "#EXTALB:"


def read_m3u(text: str) -> Listing:
    """Return what a list says; lines that are not understood are comments."""
    title, entries = "", []
    said: dict[str, str] = {}
    duration_s: float | None = None
    for line in map(str.strip, _LINES.split(text)):
        if found := _INFO.fullmatch(line):
            duration_s = float(found[1]) if found[1] else None
            said = {**names_of(found[2]), **said}
        elif line.upper().startswith(_TITLE):
            title = line[len(_TITLE) :]
        elif line.upper().startswith((_ARTIST, _ALBUM)):
            field = "artist" if line.upper().startswith(_ARTIST) else "album"
            said[field] = line[len(_ARTIST) :]
        elif line.startswith(_OWN):
            said |= _own(line[len(_OWN) :])
        elif line and not line.startswith("#"):
            entries.append(entry_of(line, said, duration_s))
            said, duration_s = {}, None
    return Listing(title, tuple(entries))


def write_m3u8(listing: Listing, paths: list[Path], base: Path) -> bytes:
    """Return a list as M3U8, in UTF-8 without a mark.

    Parameters
    ----------
    listing : Listing
        What to write.
    paths : list[Path]
        Where each entry lies.
    base : Path
        The folder that the list will lie in.
    """
    lines = ["#EXTM3U"]
    if listing.title:
        lines.append(_TITLE + listing.title)
    for entry, path in zip(listing.entries, paths, strict=True):
        seconds = -1 if entry.duration_s is None else round(entry.duration_s)
        names = " - ".join(name for name in (entry.artist, entry.title) if name)
        lines += [f"#EXTINF:{seconds},{names}", _OWN + _own_facts(entry), as_line(path, base)]
    return "".join(f"{line}\n" for line in lines).encode()


def _own_facts(entry: Entry) -> str:
    return json.dumps({name: getattr(entry, field) for name, field in _OWN_NAMES.items()})


def _own(text: str) -> dict[str, str]:
    """Return what this program said of an entry; nothing if somebody has changed it."""
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    said = facts.items() if isinstance(facts, dict) else ()
    return {
        _OWN_NAMES[name]: text
        for name, text in said
        if name in _OWN_NAMES and isinstance(text, str)
    }
