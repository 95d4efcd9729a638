"""What a bundle brings, read and checked as a whole before anything is kept."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playlists.arcs import Arc, load_arcs, read_arc
from playlists.bundle.analyses import is_content
from playlists.bundle.archive import Archive, member_of
from playlists.documents import is_name
from playlists.exchange.jspf import listing_of
from playlists.exchange.ratings import rating_of
from playlists.library.query import parse
from playlists.presets import preset_of
from playlists.workbench import ARC, PLAYLIST, PRESET, RATING, SEARCH
from soundscape.errors import RejectedFileError, SoundscapeError
from soundscape.fields import Fields
from soundscape.media.plain import cleaned


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing of somebody's.

    Attributes
    ----------
    kind, name : str
        Which thing.
    value : dict[str, Any]
        As its shelf keeps it.
    wall_time, who : str
        When it was last changed there (ISO 8601), and by whom; empty where not known.
    """

    kind: str
    name: str
    value: dict[str, Any]
    wall_time: str
    who: str


def things_in(archive: Archive) -> list[Brought]:
    """Return everything in a bundle but tracks and sound; what is wrong refuses the whole."""
    arcs = load_arcs()

    def check_arc(name: str, value: dict[str, Any]) -> None:
        arcs[name] = _arc(name, value)

    def check_preset(name: str, value: dict[str, Any]) -> None:
        _check_preset(name, value, arcs)

    # the arcs come first, as a preset may have one of them
    checks = {
        ARC: check_arc,
        PRESET: check_preset,
        RATING: _check_rating,
        PLAYLIST: _check_list,
        SEARCH: _check_search,
    }
    return [thing for kind, check in checks.items() for thing in _of_kind(archive, kind, check)]


def _of_kind(
    archive: Archive, kind: str, check: Callable[[str, dict[str, Any]], object]
) -> Iterator[Brought]:
    """Yield the things of a kind, each checked.

    Raises
    ------
    RejectedFileError
        If one is not what it should be.
    """
    for name, facts in _json(archive, member_of(kind)).items():
        try:
            if not isinstance(facts, dict) or not isinstance(facts.get("value"), dict):
                raise RejectedFileError("it says nothing.")
            check(name, facts["value"])
        except SoundscapeError as error:
            raise RejectedFileError(
                f"This bundle's {kind} {cleaned(name)[:40]} is wrong: {str(error).rstrip('.')}."
            ) from error
        said = [cleaned(str(facts.get(key) or "")) for key in ("wall_time", "who")]
        yield Brought(kind, name, facts["value"], *said)


def _json(archive: Archive, file: str) -> dict[str, Any]:
    """Return a member's table; empty if there is no such member.

    Raises
    ------
    RejectedFileError
        If it is none.
    """
    try:
        found = json.loads(archive.text(file) or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RejectedFileError(f"This bundle's {file} is damaged; have it made anew.")
    return found


def _check_rating(name: str, value: dict[str, Any]) -> None:
    """Refuse a rating of what is no content.

    Raises
    ------
    RejectedFileError
        If it is one.
    """
    rating_of(value)
    if not is_content(name):
        raise RejectedFileError("its track is none.")


def _check_preset(name: str, value: dict[str, Any], arcs: Mapping[str, Arc]) -> None:
    """Refuse a preset that is another's.

    Raises
    ------
    RejectedFileError
        If it is.
    """
    preset = preset_of(Fields(value, ""), arcs)
    if preset.name != name or preset.default:
        raise RejectedFileError("a clinic's preset has its own name, and is not the default.")


def _check_search(name: str, value: dict[str, Any]) -> None:
    """Refuse a search that cannot be understood.

    Raises
    ------
    RejectedFileError
        If it is one.
    """
    if set(value) != {"search"} or not isinstance(value["search"], str) or name != cleaned(name):
        raise RejectedFileError("it is no search under a name.")
    parse(value["search"])


def _check_list(name: str, value: dict[str, Any]) -> None:
    """Refuse a playlist whose name is none.

    Raises
    ------
    RejectedFileError
        If it is one.
    """
    listing_of(value)
    if not is_name(name):
        raise RejectedFileError("its name is none.")


def _arc(name: str, value: dict[str, Any]) -> Arc:
    """Return an arc.

    Raises
    ------
    RejectedFileError
        If it cannot be read, or is another's.
    """
    text = value.get("toml")
    if not is_name(name) or not isinstance(text, str):
        raise RejectedFileError("it has no name, or no text.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{name}.toml")
        path.write_text(text, encoding="utf-8", errors="replace")
        arc = read_arc(path)
    if arc.name != name or name in load_arcs():
        raise RejectedFileError("an arc of a clinic has its own name.")
    return arc
