"""A folder of JSON documents, each under a name that people's words become."""

import hashlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from soundscape.errors import LibraryError
from soundscape.output import arriving

Document = dict[str, Any]
MOST_CHARACTERS = 60
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MOST_BYTES = 4_000_000


def name_of(title: str) -> str:
    """Return the name for a title: ``Still Water`` is ``still-water``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    name = "-".join(re.findall(r"[a-z0-9]+", plain))[:MOST_CHARACTERS].strip("-")
    return name or hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:12]


def is_name(text: str) -> bool:
    """Return whether a text is a name, and so can never lead out of its folder."""
    return len(text) <= MOST_CHARACTERS and _NAME.fullmatch(text) is not None


def place_of(folder: Path, name: str, suffix: str) -> Path:
    """Return where the file of a name lies in its folder.

    Raises
    ------
    LibraryError
        If that is no name.
    """
    if not is_name(name):
        raise LibraryError(f"{name!r} is not a name; use small letters, digits and hyphens.")
    return folder / f"{name}{suffix}"


class Documents:
    """Documents of one kind.

    Parameters
    ----------
    folder : Path
        Where they lie; made when the first is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Return the names of all documents, sorted."""
        found = (path.stem for path in self._folder.glob("*.json") if path.is_file())
        return sorted(filter(is_name, found))

    def get(self, name: str) -> Document | None:
        """Return a document; None if there is none of this name.

        Raises
        ------
        LibraryError
            If it cannot be read as what it should be.
        """
        path = self._path(name)
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise LibraryError(f"{path} is too large to be used; remove it.")
            found = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError) as error:
            raise LibraryError(f"{path} is damaged; remove it, or restore it.") from error
        if not isinstance(found, dict):
            raise LibraryError(f"{path} is damaged; remove it, or restore it.")
        return found

    def put(self, name: str, document: Document | None) -> None:
        """Keep a document, whole or not at all; None removes it."""
        path = self._path(name)
        if document is None:
            path.unlink(missing_ok=True)
            return
        with arriving(path) as whole:
            whole.write_text(json.dumps(document, indent=1), "ascii")  # a path may be no text

    def _path(self, name: str) -> Path:
        return place_of(self._folder, name, ".json")
