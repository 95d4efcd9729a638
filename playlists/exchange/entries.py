"""What a list file says, whatever its format."""

import re
from dataclasses import dataclass

from soundscape.media.plain import cleaned
from soundscape.units import Seconds

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_RAW = re.compile(r"[\udc80-\udcff]")
_BROKEN = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")
LONGEST_S = Seconds(7 * 24 * 3600.0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A track as a list names it.

    Attributes
    ----------
    location : str
        A path or an address, as written; bytes that are no UTF-8 stand as surrogates.
    title, artist, album : str
        For people, cleaned; empty where not said.
    duration_s : Seconds | None
        As the list says, which nothing relies on; None where not said.
    content_hash : str
        SHA-256 of the file, where the list was written by this program; else empty.
    """

    location: str
    title: str = ""
    artist: str = ""
    album: str = ""
    duration_s: Seconds | None = None
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of tracks in order.

    Attributes
    ----------
    title : str
        Its name for people; empty where not said.
    entries : tuple[Entry, ...]
        Its tracks.
    """

    title: str
    entries: tuple[Entry, ...]


def names_of(text: str) -> dict[str, str]:
    """Return artist and title out of how most programs join them."""
    artist, dash, title = text.partition(" - ")
    return {"artist": artist, "title": title} if dash else {"title": text}


def entry_of(location: str, said: dict[str, str], duration_s: float | None) -> Entry:
    """Return an entry from what a file says; what cannot be true is as if not said.

    Parameters
    ----------
    location : str
        As written.
    said : dict[str, str]
        Any of ``title``, ``artist``, ``album`` and ``content_hash``.
    duration_s : float | None
        In seconds.
    """
    plausible = duration_s is not None and 0.0 < duration_s <= LONGEST_S
    content = said.get("content_hash", "")
    return Entry(
        location=location,
        title=shown(said.get("title", "")),
        artist=shown(said.get("artist", "")),
        album=shown(said.get("album", "")),
        duration_s=Seconds(duration_s) if plausible and duration_s is not None else None,
        content_hash=content if _SHA256.fullmatch(content) else "",
    )


def shown(text: str) -> str:
    """Return words that a file says, cleaned; bytes that are no UTF-8 are taken for Latin-1."""
    if _RAW.search(text) and not _BROKEN.search(text):
        return cleaned(text.encode("utf-8", "surrogateescape").decode("latin-1"))
    return cleaned(text)
