"""The tracks of the library that a list means: by content, by path, or by the end of a path."""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from playlists.exchange.entries import Entry, Listing
from playlists.exchange.locations import paths_of, refusal
from playlists.library.repository import Library

_PARTS = re.compile(r"[/\\]+")


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entry with what it means.

    Attributes
    ----------
    entry : Entry
        As the list says.
    content_hash : str
        Of the library's track; empty if there is none.
    reason : str
        Why there is none, in a sentence; empty if there is one.
    """

    entry: Entry
    content_hash: str
    reason: str


def resolved(
    listing: Listing, base: Path, index: "LibraryIndex", *, is_uri: bool
) -> list[Resolved]:
    """Return each entry of a list with the library's track.

    Parameters
    ----------
    listing : Listing
        What to look up.
    base : Path
        The list's folder.
    index : LibraryIndex
        Where to look; no file is touched.
    is_uri : bool
        The list's format asks for percent-encoding.
    """
    return [_resolved(entry, base.absolute(), index, is_uri=is_uri) for entry in listing.entries]


def identified(one: Resolved) -> Entry:
    """Return an entry that names the content it was found to mean."""
    return replace(one.entry, content_hash=one.content_hash or one.entry.content_hash)


def _resolved(entry: Entry, base: Path, index: "LibraryIndex", *, is_uri: bool) -> Resolved:
    if entry.content_hash and index.holds(entry.content_hash):
        return Resolved(entry, entry.content_hash, "")
    if reason := refusal(entry.location):
        return Resolved(entry, "", reason)
    found = index.meant_by(paths_of(entry.location, base, is_uri=is_uri))
    if len(found) == 1:
        return Resolved(entry, next(iter(found)), "")
    if found:
        return Resolved(entry, "", f"{len(found)} tracks of the library are called like it.")
    return Resolved(entry, "", "The library does not have it; add its folder first.")


class LibraryIndex:
    """A library's files by path and by name, as they are now."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._at: dict[str, str] = {}
        self._called: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for path, record in library.files().items():
            if record.content_hash is not None:
                self._at[os.path.normpath(path)] = record.content_hash
                parts = _parts(path)
                self._called[parts[0]].append((parts, record.content_hash))
        self._held = set(self._at.values())

    def holds(self, content: str) -> bool:
        """Whether the library knows a content, even if its file is gone."""
        return content in self._held or self._library.track(content) is not None

    def meant_by(self, paths: Iterable[Path]) -> set[str]:
        """Return the content at the first path that is known, else those with such a name."""
        paths = list(paths)
        for path in paths:
            if content := self._at.get(str(path)):
                return {content}
        return next((alike for path in paths if (alike := self._ending_like(path))), set())

    def _ending_like(self, path: Path) -> set[str]:
        """Return the contents of the files whose paths end most like this; empty if none does."""
        sought = _parts(path)
        named = self._called.get(sought[0], [])
        alike = [(_shared(sought, parts), content) for parts, content in named]
        most = max((count for count, _ in alike), default=0)
        return {content for count, content in alike if count == most}


def _parts(path: Path) -> list[str]:
    """Return a path's parts from its end, comparable across systems."""
    text = unicodedata.normalize("NFC", str(path)).casefold()
    return _PARTS.split(text)[::-1]


def _shared(one: list[str], other: list[str]) -> int:
    """Return how many parts are the same, from the first on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
