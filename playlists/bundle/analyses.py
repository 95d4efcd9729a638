"""What is known of a track as a line of a bundle, and back, with nothing taken on trust."""

import json
import os
import re
import types
from dataclasses import asdict
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from playlists.models import Analysis, Track
from soundscape.errors import RejectedFileError
from soundscape.media.plain import cleaned

UNTRUSTED_VERSION = 0
"""Of an analysis that this machine has not made: shown, and measured anew with the file."""

_HINTS = get_type_hints(Analysis)
_SHARES = {"tempo_confidence", "energy", "percussiveness", "vocal_probability", "loopability"}
_LONGEST_S = 4 * 3600.0
_MOST_POINTS = 20_000
_LARGEST = 1e6
_CONTENT = re.compile(r"[0-9a-f]{64}", re.ASCII)


def is_content(text: str) -> bool:
    """Return whether a text is a SHA-256 as the library writes it."""
    return _CONTENT.fullmatch(text) is not None


def line_of(track: Track) -> str:
    """Return a track's line."""
    name = os.fsencode(track.path.name).decode("utf-8", "replace")
    facts = {
        "track": track.content_hash,
        "file": cleaned(name),
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "analysis": asdict(track.analysis),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, allow_nan=False)


def track_of(line: str, music: Path, *, trusted: bool) -> Track:
    """Return the track of a line; its file is not there yet.

    Parameters
    ----------
    line : str
        As ``line_of`` made it.
    music : Path
        The folder where its file would lie.
    trusted : bool
        The analysis counts as this machine's own.

    Raises
    ------
    RejectedFileError
        If the line says what no analysis can.
    """
    try:
        facts = json.loads(line)
        content = _content(facts["track"])
        suffix = Path(facts["file"]).suffix.lower()
        analysis = {name: _checked(name, facts["analysis"][name]) for name in _HINTS}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RejectedFileError("This bundle says of a track what cannot be.") from error
    if not trusted:
        analysis["analysis_version"] = UNTRUSTED_VERSION
    return Track(
        content_hash=content,
        path=music / f"{content}{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}",
        title=cleaned(str(facts.get("title", ""))) or content[:8],
        artist=cleaned(str(facts.get("artist", ""))),
        album=cleaned(str(facts.get("album", ""))),
        analysis=Analysis(**analysis),
        present=False,
    )


def _content(text: str) -> str:
    """Return a content.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not is_content(text):
        raise ValueError(text)
    return text


def _checked(name: str, value: object) -> Any:  # noqa: ANN401 - any of a field's types
    """Return a field's value.

    Raises
    ------
    ValueError
        If it cannot be.
    """
    made = _typed(_HINTS[name], value)
    if name in _SHARES and made is not None and not 0.0 <= made <= 1.0:
        raise ValueError(name)
    if name == "duration_s" and not 0.0 < made <= _LONGEST_S:
        raise ValueError(name)
    return made


def _typed(hint: Any, value: object) -> Any:  # noqa: ANN401 - a type, and a value of it
    """Return a value as its type wants it.

    Raises
    ------
    ValueError
        If it is of another, or out of all bounds.
    """
    hint = getattr(hint, "__supertype__", hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return None if value is None else _typed(parts[0], value)
    if origin is tuple:
        return _tuple(parts, value)
    if isinstance(value, str) and issubclass(hint, str):
        return hint(cleaned(value))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    number = float(str(value)) if is_number and not issubclass(hint, str) else _LARGEST
    if not -_LARGEST < number < _LARGEST:
        raise ValueError(value)
    return hint(number)


def _tuple(parts: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    """Return a list as the tuple that its type wants.

    Raises
    ------
    ValueError
        If it is no such list.
    """
    if not isinstance(value, list) or len(value) > _MOST_POINTS:
        raise ValueError(value)
    kinds = (parts[0],) * len(value) if parts[-1] is Ellipsis else parts
    if len(kinds) != len(value):
        raise ValueError(value)
    return tuple(_typed(kind, one) for kind, one in zip(kinds, value, strict=True))
