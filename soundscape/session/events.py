"""Events: what staff, the patient and scripts tell a session.

An event says what happened and on which frame. Reading refuses what is unknown or badly
formed; whether it is possible at its moment is the course's to say.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeGuard

from soundscape.errors import InvalidEventError
from soundscape.session.phases import Anchor
from soundscape.units import Frames, frames_in

MAX_SCRIPT_BYTES = 1 << 20
MAX_TEXT_LENGTH_CHARS = 500
MOST_CUES = 200
VOLUME_RANGE_LU = (-24.0, 6.0)
EXTEND_RANGE_MIN = (0.5, 60.0)
AGO_RANGE_MIN = (0.0, 10.0)
"""So long before it was touched an anchor may be said to have happened."""
AGO = "ago_min"


class Kind(StrEnum):
    """What can be told to a session."""

    DOSE_START = "dose_start"
    LAST_DEVICE = "last_device"
    DELIVERY_END = "delivery_end"
    PUMP_PAUSED = "pump_paused"
    PUMP_RESUMED = "pump_resumed"
    PUMP_STOPPED_EARLY = "pump_stopped_early"
    HOLD = "hold"
    RESUME = "resume"
    EXTEND = "extend"
    START_RETURN = "start_return"
    CORRECT = "correct"
    NEXT_TRACK = "next_track"
    SOFTEN = "soften"
    UNSOFTEN = "unsoften"
    SILENCE = "silence"
    VOLUME = "volume"
    TALK_ON = "talk_on"
    TALK_OFF = "talk_off"
    CALL = "call"
    CALL_SEEN = "call_seen"
    NOTE = "note"
    VITALS = "vitals"
    UNDO = "undo"
    STOP = "stop"
    STOP_FAST = "stop_fast"
    REORDER = "reorder"
    TRACK_BARRED = "track_barred"


OWN = frozenset({Kind.TRACK_BARRED})
"""What only the session itself says: nobody can tell it, and no script."""

LIVE = frozenset({Kind.REORDER})
"""What can be told only while a session runs, as it follows from what was heard."""

FACTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.EXTEND: ("minutes",),
    Kind.CORRECT: ("anchor", AGO),
    Kind.VOLUME: ("lu",),
    Kind.NOTE: ("text",),
    Kind.VITALS: ("values",),
    Kind.REORDER: ("cues",),
    Kind.TRACK_BARRED: ("track",),
}
"""What an event of this kind carries; the others carry nothing that they must."""

OPTIONAL: Mapping[Kind, tuple[str, ...]] = {
    Kind.DOSE_START: (AGO,),
    Kind.LAST_DEVICE: (AGO,),
    Kind.DELIVERY_END: (AGO,),
    Kind.PUMP_STOPPED_EARLY: (AGO,),
}
"""What an event of this kind may carry."""


_RANGES = {"lu": VOLUME_RANGE_LU, "minutes": EXTEND_RANGE_MIN, AGO: AGO_RANGE_MIN}
"""What a fact that is a number has to lie between, by its name."""


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """Something told to the session.

    Attributes
    ----------
    frame : Frames
        When, in frames since the session's start.
    kind : Kind
        What.
    facts : Mapping[str, Any]
        What it carries, as ``FACTS`` and ``OPTIONAL`` name it.
    """

    frame: Frames
    kind: Kind
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_event(
    name: object, facts: Mapping[str, object], frame: Frames, *, own: bool = False
) -> SessionEvent:
    """Return the event that a name and its facts describe.

    Parameters
    ----------
    name : object
        Its name, not yet trusted.
    facts : Mapping[str, object]
        What it carries, not yet trusted.
    frame : Frames
        When it is told.
    own : bool
        It comes from the session's own record, where what is ``OWN`` may stand.

    Raises
    ------
    InvalidEventError
        If the name is unknown, or a fact is missing, unknown or out of range.
    """
    known = set(Kind) if own else set(Kind) - OWN
    if name not in known:
        named = ", ".join(kind for kind in Kind if kind in known)
        raise InvalidEventError(f"'{name}' is not an event; the events are {named}.")
    kind = Kind(str(name))
    wanted = FACTS.get(kind, ())
    unknown = set(facts) - {*wanted, *OPTIONAL.get(kind, ())}
    if unknown:
        raise InvalidEventError(f"'{kind}' does not carry '{min(map(str, unknown))}'.")
    missing = next((name for name in wanted if name not in facts), None)
    if missing is not None:
        raise InvalidEventError(f"'{kind}' needs \"{missing}\".")
    return SessionEvent(frame, kind, {name: _fact(kind, name, facts[name]) for name in facts})


def _fact(kind: Kind, name: str, value: object) -> object:
    if name in _RANGES:
        return _within(name, value, _RANGES[name])
    if kind is Kind.CORRECT and value not in set(Anchor):
        raise InvalidEventError(f'"anchor" must be one of {", ".join(Anchor)}.')
    if kind is Kind.NOTE and (not isinstance(value, str) or not value.strip()):
        raise InvalidEventError('A note needs a "text" that is not empty.')
    if kind is Kind.VITALS and not isinstance(value, dict | str):
        raise InvalidEventError('Vitals need "values" as a text or as named values.')
    if kind is Kind.REORDER:
        return _cues(value)
    if len(json.dumps(value)) > MAX_TEXT_LENGTH_CHARS * 2:
        raise InvalidEventError(f"A {kind} may be {MAX_TEXT_LENGTH_CHARS} characters long.")
    return value


def _cues(value: object) -> object:
    """Return cues as they are; what each of them says is the plan's to judge.

    Raises
    ------
    InvalidEventError
        If they are no list, or too many.
    """
    if not isinstance(value, list | tuple) or not 0 < len(value) <= MOST_CUES:
        raise InvalidEventError(f'A reorder needs "cues", a list of 1 to {MOST_CUES}.')
    return list(value)


def _within(name: str, value: object, limits: tuple[float, float]) -> float:
    low, high = limits
    if not _is_number(value) or not low <= value <= high:
        raise InvalidEventError(f'"{name}" must be a number from {low:g} to {high:g}.')
    return float(value)


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def read_script(path: Path) -> tuple[SessionEvent, ...]:
    """Return the events of a script file, in order of their times.

    Raises
    ------
    InvalidEventError
        If the file cannot be read, is not a list of events, or holds one that is badly formed.
    """
    try:
        if path.exists() and not path.is_file():  # a device never ends, a pipe never begins
            raise InvalidEventError(f"{path} is not an ordinary file; choose another.")
        if path.stat().st_size > MAX_SCRIPT_BYTES:
            raise InvalidEventError(f"{path.name} is too large to be a list of events.")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidEventError(f"{path.name} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InvalidEventError(f"{path.name} is not a list of events in JSON.") from error
    return script_from_json(data)


def script_from_json(data: object) -> tuple[SessionEvent, ...]:
    """Return events from plain data, in order of their times.

    Raises
    ------
    InvalidEventError
        If it is not a list of events, or one is badly formed.
    """
    if not isinstance(data, list):
        raise InvalidEventError("Events must be a list of objects with at_s and event.")
    events = [_scripted(item, index) for index, item in enumerate(data)]
    return tuple(sorted(events, key=lambda event: event.frame))


def _scripted(item: object, index: int) -> SessionEvent:
    if not isinstance(item, dict):
        raise InvalidEventError(f"Event {index + 1} must be an object with at_s and event.")
    facts = {key: value for key, value in item.items() if key not in {"at_s", "event"}}
    at_s = item.get("at_s")
    if not _is_number(at_s) or at_s < 0:
        raise InvalidEventError(f"Event {index + 1} needs an at_s of 0 or more seconds.")
    if str(item.get("event")) in LIVE:
        raise InvalidEventError(f"Event {index + 1}: a script cannot tell '{item['event']}'.")
    try:
        return read_event(item.get("event"), facts, frames_in(at_s))
    except InvalidEventError as error:
        raise InvalidEventError(f"Event {index + 1}: {error}") from None


def script_to_json(events: Sequence[SessionEvent]) -> list[dict[str, Any]]:
    """Return events as plain data whose frames are exact, for a session's own folder."""
    return [{"frame": e.frame, "event": str(e.kind), **e.facts} for e in events]
