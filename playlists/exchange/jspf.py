"""JSPF: what XSPF says, in JSON."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from playlists.exchange.entries import Entry, Listing, entry_of
from playlists.exchange.locations import as_uri
from soundscape.errors import RejectedFileError

_SHA256 = "urn:sha256:"
_MOST_MS = 1e12
_FIELDS = {"title": "title", "creator": "artist", "album": "album"}


def read_jspf(text: str) -> Listing:
    """Return what a list says.

    Raises
    ------
    RejectedFileError
        If it is no JSPF.
    """
    try:
        return listing_of(json.loads(text))
    except (ValueError, RecursionError):
        raise RejectedFileError("This is not a complete JSPF list; save it anew.") from None


def write_jspf(listing: Listing, paths: list[Path], base: Path) -> bytes:
    """Return a list as JSPF.

    Parameters
    ----------
    listing : Listing
        What to write.
    paths : list[Path]
        Where each entry lies.
    base : Path
        The folder that the list will lie in.
    """
    pairs = zip(listing.entries, paths, strict=True)
    placed = tuple(replace(entry, location=as_uri(path, base)) for entry, path in pairs)
    document = document_of(Listing(listing.title, placed))
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def document_of(listing: Listing) -> dict[str, Any]:
    """Return a list as plain data, its locations as they are."""
    return {"playlist": {"title": listing.title, "track": list(map(_facts, listing.entries))}}


def listing_of(document: object) -> Listing:
    """Return the list in plain data.

    Raises
    ------
    RejectedFileError
        If it holds none.
    """
    playlist = document.get("playlist") if isinstance(document, dict) else None
    tracks = playlist.get("track", []) if isinstance(playlist, dict) else None
    if not isinstance(playlist, dict) or not isinstance(tracks, list):
        raise RejectedFileError("This is not a JSPF list; it holds no list of tracks.")
    entries = (_entry(track) for track in tracks if isinstance(track, dict))
    return Listing(_text(playlist.get("title")), tuple(e for e in entries if e.location))


def _facts(entry: Entry) -> dict[str, Any]:
    facts: dict[str, Any] = {"location": [entry.location]}
    if entry.content_hash:
        facts["identifier"] = [_SHA256 + entry.content_hash]
    facts |= {field: getattr(entry, name) for field, name in _FIELDS.items()}
    if entry.duration_s is not None:
        facts["duration"] = round(entry.duration_s * 1000.0)
    return {name: value for name, value in facts.items() if value}


def _entry(track: dict[str, Any]) -> Entry:
    said = {name: _text(track.get(field)) for field, name in _FIELDS.items()}
    identifier = _text(track.get("identifier"))
    if identifier.startswith(_SHA256):
        said["content_hash"] = identifier.removeprefix(_SHA256)
    length = track.get("duration")
    duration_s = None
    if isinstance(length, int | float) and abs(length) < _MOST_MS:
        duration_s = length / 1000.0
    return entry_of(_text(track.get("location")), said, duration_s)


def _text(value: object) -> str:
    """Return a text, or the first of several; empty if it is none."""
    first = value[0] if isinstance(value, list) and value else value
    return first.strip() if isinstance(first, str) else ""
