"""PLS: numbered files with titles and lengths, as an INI file has them."""

import re

from playlists.exchange.entries import Listing, entry_of, names_of

_LINES = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(r"(file|title|length)([1-9][0-9]{0,6})\s*=\s*(.*)", re.IGNORECASE | re.ASCII)
_SECONDS = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def read_pls(text: str) -> Listing:
    """Return what a list says, in the order of its numbers; what is not understood is left out."""
    fields: dict[int, dict[str, str]] = {}
    for line in map(str.strip, _LINES.split(text)):
        if found := _FIELD.fullmatch(line):
            fields.setdefault(int(found[2]), {})[found[1].lower()] = found[3].strip()
    entries = []
    for _, said in sorted(fields.items()):
        if "file" in said:
            length = _SECONDS.fullmatch(said.get("length", ""))
            duration_s = float(length[0]) if length else None
            entries.append(entry_of(said["file"], names_of(said.get("title", "")), duration_s))
    return Listing("", tuple(entries))
