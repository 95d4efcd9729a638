"""Entries: what was said and done on a visit, each with who noted it and when; never changed.

Reading refuses what is unknown or badly formed; whether an entry is possible at its moment is
``telling``'s to say. Facts are plain data, so that a store can keep them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from soundscape.errors import InvalidEventError
from soundscape.session.phases import Anchor

LONGEST_TEXT_CHARS = 2000


class EntryKind(StrEnum):
    """What an entry can be."""

    OPENED = "opened"
    ANSWER = "answer"
    INTENTION = "intention"
    OVERRIDE = "override"
    STARTED = "started"
    ANCHOR = "anchor"
    NOTE = "note"
    EFFECT = "effect"
    VITALS = "vitals"
    SOUND = "sound"
    ESCORT_PRESENT = "escort_present"
    DISCHARGED = "discharged"
    FOLLOW_UP = "follow_up"


class Item(StrEnum):
    """What the checklist asks, in its order: the bladder last."""

    MEDICATIONS = "medications"
    FOOD = "food"
    LIQUIDS = "liquids"
    ESCORT = "escort"
    STORED = "stored"
    CONSENT_MUSIC = "consent_music"
    CONSENT_MASK = "consent_mask"
    CONSENT_LIGHTS = "consent_lights"
    INTENTION = "intention"
    CLOTHING = "clothing"
    HEADPHONES = "headphones"
    EYE_MASK = "eye_mask"
    CALL = "call"
    BLADDER = "bladder"


class Escort(StrEnum):
    """How the patient gets home."""

    ADULT_DRIVER = "adult_driver"
    ADULT_TAXI = "adult_taxi"
    RIDE_SHARE = "ride_share"


class EyeMask(StrEnum):
    """What became of the eye mask."""

    OFFERED = "offered"
    WORN = "worn"
    DECLINED = "declined"


class Intention(StrEnum):
    """Whether the intention is told; that there is one is all a private one says."""

    SHARED = "shared"
    PRIVATE = "private"


class Effect(StrEnum):
    """After-effects that staff note."""

    DIZZINESS = "dizziness"
    NAUSEA = "nausea"
    GROGGINESS = "grogginess"


class Severity(StrEnum):
    """How much of an after-effect there is."""

    NONE = "none"
    MILD = "mild"
    MORE = "more"


class Liked(StrEnum):
    """How the patient found the sound, in their own words; no scale that means anything more."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    MIXED = "mixed"
    POOR = "poor"
    VERY_POOR = "very_poor"


class FollowUp(StrEnum):
    """What became of the follow-up."""

    DUE = "due"
    DONE = "done"
    DECLINED = "declined"


class Gate(StrEnum):
    """What an override opens."""

    START = "start"
    DISCHARGE = "discharge"


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One entry.

    Attributes
    ----------
    utc : datetime
        When it was noted.
    kind : EntryKind
        What it is.
    facts : Mapping[str, Any]
        What it carries, as plain data.
    actor : str
        Who noted it.
    """

    utc: datetime
    kind: EntryKind
    facts: Mapping[str, Any] = field(default_factory=dict)
    actor: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "utc": self.utc.isoformat(timespec="milliseconds"),
            "kind": str(self.kind),
            "actor": self.actor,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a fact has to be: in words, and as a test."""

    says: str
    fits: Callable[[object], bool]


def read_entry(kind: object, facts: Mapping[str, Any], utc: str, actor: str) -> VisitEntry:
    """Return the entry that plain data describes.

    Parameters
    ----------
    kind : object
        Its kind, not yet trusted.
    facts : Mapping[str, Any]
        What it carries, not yet trusted.
    utc : str
        When it was noted: ISO 8601 with an offset, as ``Clock.wall_time`` gives it.
    actor : str
        Who noted it.

    Raises
    ------
    InvalidEventError
        If the kind is unknown, or a fact is missing, unknown or badly formed.
    """
    if kind not in set(EntryKind):
        raise InvalidEventError(f"'{kind}' is no entry of a visit.")
    known = EntryKind(str(kind))
    wanted = dict(_SHAPES[known])
    if known is EntryKind.ANSWER and facts.get("item") in set(Item):
        wanted |= _ANSWERS[Item(facts["item"])]
    for name, shape in wanted.items():
        if (name in facts or name not in _OPTIONAL[known]) and not shape.fits(facts.get(name)):
            raise InvalidEventError(f"A visit's '{known}' needs \"{name}\": {shape.says}.")
    unknown = set(facts) - set(wanted)
    if unknown:
        raise InvalidEventError(f"A visit's '{known}' does not carry '{min(unknown)}'.")
    return VisitEntry(instant(utc), known, dict(facts), actor)


def instant(text: object) -> datetime:
    """Return the moment that an ISO 8601 text with an offset names, in UTC.

    Raises
    ------
    InvalidEventError
        If it is no such text.
    """
    if not _is_moment(text):
        raise InvalidEventError(f"'{text}' is no moment; write it as 2026-11-22T09:30:00+00:00.")
    return datetime.fromisoformat(str(text)).astimezone(UTC)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT_CHARS


def _is_moment(value: object) -> bool:
    try:
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except ValueError:
        return False


def _is_zone(value: object) -> bool:
    try:
        return bool(ZoneInfo(str(value)).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _is_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _one_of(choices: type[StrEnum]) -> _Shape:
    return _Shape(f"one of {', '.join(choices)}", lambda value: value in set(choices))


_TEXT = _Shape(f"a text of 1 to {LONGEST_TEXT_CHARS} characters", _is_text)
_YES = _Shape("true or false", lambda value: isinstance(value, bool))
_AT = _Shape("a moment as 2026-11-22T09:30:00+00:00", _is_moment)

_SHAPES: Mapping[EntryKind, Mapping[str, _Shape]] = {
    EntryKind.OPENED: {
        "alias": _TEXT,
        "route": _TEXT,
        "zone": _Shape("a time zone as Europe/Berlin", _is_zone),
        "rules": _Shape("the route's rules", lambda value: isinstance(value, dict)),
    },
    EntryKind.ANSWER: {"item": _one_of(Item)},
    EntryKind.INTENTION: {"choice": _one_of(Intention), "text": _TEXT},
    EntryKind.OVERRIDE: {
        "gate": _one_of(Gate),
        "items": _Shape("what is overridden, as a list", _is_names),
        "name": _TEXT,
        "reason": _TEXT,
    },
    EntryKind.STARTED: {"session": _TEXT},
    EntryKind.ANCHOR: {
        "anchor": _one_of(Anchor),
        "at": _Shape(f"{_AT.says}, or null", lambda at: at is None or _is_moment(at)),
    },
    EntryKind.NOTE: {"text": _TEXT},
    EntryKind.EFFECT: {"effect": _one_of(Effect), "severity": _one_of(Severity), "text": _TEXT},
    EntryKind.VITALS: {"values": _TEXT},
    EntryKind.SOUND: {"liked": _one_of(Liked)},
    EntryKind.ESCORT_PRESENT: {"name": _TEXT},
    EntryKind.DISCHARGED: {},
    EntryKind.FOLLOW_UP: {"state": _one_of(FollowUp), "owner": _TEXT, "text": _TEXT},
}
"""What each kind of entry carries."""

_DONE: Mapping[str, _Shape] = {"yes": _YES}

_ANSWERS: Mapping[Item, Mapping[str, _Shape]] = {
    Item.MEDICATIONS: {"name": _TEXT, "at": _AT},
    Item.FOOD: {"at": _AT},
    Item.LIQUIDS: {"at": _AT},
    Item.ESCORT: {"choice": _one_of(Escort), "name": _TEXT, "phone": _TEXT, "extended": _YES},
    Item.STORED: _DONE,
    Item.CONSENT_MUSIC: _DONE,
    Item.CONSENT_MASK: _DONE,
    Item.CONSENT_LIGHTS: _DONE,
    Item.INTENTION: {"choice": _one_of(Intention), "text": _TEXT},
    Item.CLOTHING: _DONE,
    Item.HEADPHONES: _DONE,
    Item.EYE_MASK: {"choice": _one_of(EyeMask)},
    Item.CALL: _DONE,
    Item.BLADDER: {"at": _AT},
}
"""What the answer to each item carries."""

_OPTIONAL: Mapping[EntryKind, frozenset[str]] = {kind: frozenset() for kind in EntryKind} | {
    EntryKind.ANSWER: frozenset({"text", "extended"}),
    EntryKind.INTENTION: frozenset({"text"}),
    EntryKind.EFFECT: frozenset({"text"}),
    EntryKind.FOLLOW_UP: frozenset({"text"}),
}
"""What may be left out."""
