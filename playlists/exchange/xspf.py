"""XSPF version 1: a list in XML, its locations percent-encoded addresses."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from playlists.exchange.entries import Entry, Listing, entry_of
from playlists.exchange.locations import as_uri
from soundscape.errors import RejectedFileError

_NAMESPACE = "http://xspf.org/ns/0/"
_SHA256 = "urn:sha256:"
_MS = re.compile(r"\d{1,12}", re.ASCII)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIELDS = {"title": "title", "creator": "artist", "album": "album"}


def read_xspf(data: bytes) -> Listing:
    """Return what a list says.

    Parameters
    ----------
    data : bytes
        The file; its declaration says how it is encoded.

    Raises
    ------
    RejectedFileError
        If it is no XSPF, or declares a document type, which could name other files.
    """
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise RejectedFileError(
            "This list declares a document type, which could reach other files; remove it."
        ) from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise RejectedFileError("This is not a complete XSPF list; save it anew.") from None
    if _name(root) != "playlist":
        raise RejectedFileError("This is not an XSPF list; it holds no playlist.")
    tracks = (track for part in root if _name(part) == "trackList" for track in part)
    entries = (_entry(track) for track in tracks if _name(track) == "track")
    return Listing(_text(root, "title"), tuple(entry for entry in entries if entry.location))


def write_xspf(listing: Listing, paths: list[Path], base: Path) -> bytes:
    """Return a list as XSPF, in UTF-8.

    Parameters
    ----------
    listing : Listing
        What to write.
    paths : list[Path]
        Where each entry lies.
    base : Path
        The folder that the list will lie in.
    """
    root = Element("playlist", {"version": "1", "xmlns": _NAMESPACE})
    _add(root, "title", listing.title)
    tracks = SubElement(root, "trackList")
    for entry, path in zip(listing.entries, paths, strict=True):
        track = SubElement(tracks, "track")
        _add(track, "location", as_uri(path, base))
        _add(track, "identifier", _SHA256 + entry.content_hash if entry.content_hash else "")
        for field, name in _FIELDS.items():
            _add(track, field, getattr(entry, name))
        if entry.duration_s is not None:
            _add(track, "duration", str(round(entry.duration_s * 1000.0)))
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _entry(track: Element) -> Entry:
    said = {name: _text(track, field) for field, name in _FIELDS.items()}
    identifier = _text(track, "identifier")
    if identifier.startswith(_SHA256):
        said["content_hash"] = identifier.removeprefix(_SHA256)
    length = _MS.fullmatch(_text(track, "duration"))
    return entry_of(_text(track, "location"), said, int(length[0]) / 1000.0 if length else None)


def _name(element: Element) -> str:
    """Return an element's name without its namespace, which some programs leave out."""
    return str(element.tag).rpartition("}")[2]


def _text(parent: Element, name: str) -> str:
    """Return what the first element of a name holds; empty if there is none."""
    return next((child.text or "" for child in parent if _name(child) == name), "").strip()


def _add(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = _NOT_XML.sub("", text)
