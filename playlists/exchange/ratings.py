"""The therapist's words on tracks as plain data."""

from dataclasses import asdict, fields, replace
from typing import Any

from playlists.models import Rating
from soundscape.errors import RejectedFileError
from soundscape.media.plain import cleaned

_FLAGS = ("avoid", "familiar")
_TEXTS = ("licence", "source")
_KNOWN = {field.name for field in fields(Rating)}


def facts_of(rating: Rating) -> dict[str, Any] | None:
    """Return what was said as plain data; None if nothing was."""
    if rating == Rating():
        return None
    return asdict(rating) | {"tags": sorted(rating.tags)}


def rating_of(facts: object) -> Rating:
    """Return what plain data says of a track.

    Raises
    ------
    RejectedFileError
        If it says something that no rating can.
    """
    if not isinstance(facts, dict) or not set(facts) <= _KNOWN:
        raise RejectedFileError("A rating is not understood; bring it from the same version.")
    said = {**asdict(Rating()), "tags": [], **facts}
    if not _is_right(said):
        raise RejectedFileError("A rating says what none can; it was changed by hand.")
    texts = {name: cleaned(said[name]) for name in _TEXTS}
    words = frozenset(filter(None, map(cleaned, said["tags"])))
    return replace(Rating(**{**said, **texts}), tags=words)


def _is_right(said: dict[str, Any]) -> bool:
    energy, tags, instrumental = said["energy"], said["tags"], said["instrumental"]
    is_number = isinstance(energy, int | float) and not isinstance(energy, bool)
    return (
        (instrumental is None or isinstance(instrumental, bool))
        and (energy is None or (is_number and 0.0 <= energy <= 1.0))
        and all(isinstance(said[name], bool) for name in _FLAGS)
        and all(isinstance(said[name], str) for name in _TEXTS)
        and isinstance(tags, list)
        and all(isinstance(tag, str) for tag in tags)
    )
