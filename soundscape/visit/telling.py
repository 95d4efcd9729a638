"""Telling a visit something: the visit after one more entry, or why that cannot be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from soundscape.errors import InvalidEventError, InvalidPlanError
from soundscape.session.phases import Anchor
from soundscape.visit.checklist import checklist
from soundscape.visit.entries import (
    Effect,
    EntryKind,
    Escort,
    EyeMask,
    FollowUp,
    Gate,
    Intention,
    Item,
    Liked,
    Severity,
    VisitEntry,
    instant,
)
from soundscape.visit.gates import discharge
from soundscape.visit.rules import rules_from_json
from soundscape.visit.state import Answer, Noted, Override, Visit

_CHOICES: Mapping[Item, type[Escort | EyeMask | Intention]] = {
    Item.ESCORT: Escort,
    Item.EYE_MASK: EyeMask,
    Item.INTENTION: Intention,
}
_AFTER_DISCHARGE = frozenset({EntryKind.NOTE, EntryKind.FOLLOW_UP})


def opened(entry: VisitEntry) -> Visit:
    """Return the visit that its first entry opens.

    Raises
    ------
    InvalidEventError
        If it is another entry, or its rules are no rules.
    """
    if entry.kind is not EntryKind.OPENED:
        raise InvalidEventError("A visit begins with the entry that opens it.")
    try:
        rules = rules_from_json(entry.facts["rules"])
    except InvalidPlanError as error:
        raise InvalidEventError(f"The visit cannot be opened: {error}.") from error
    zone = ZoneInfo(entry.facts["zone"])
    return Visit(entry.facts["alias"], zone, rules, entries=(entry,))


def tell(visit: Visit, entry: VisitEntry) -> Visit:
    """Return the visit after one more entry.

    Raises
    ------
    InvalidEventError
        If it is impossible now; the visit stays as it was.
    """
    why = why_not(visit, entry)
    if why:
        raise InvalidEventError(why)
    told = _TOLD[entry.kind](visit, entry)
    return replace(told, entries=(*visit.entries, entry))


def fold(entries: Iterable[VisitEntry]) -> Visit:
    """Return what a visit's entries come to.

    An entry that was impossible at its moment changes nothing and is kept as refused: a record
    that somebody altered opens no gate.

    Raises
    ------
    InvalidEventError
        If they do not begin with the entry that opens a visit.
    """
    rest = iter(entries)
    first = next(rest, None)
    if first is None:
        raise InvalidEventError("A visit begins with the entry that opens it.")
    visit = opened(first)
    for entry in rest:
        try:
            visit = tell(visit, entry)
        except InvalidEventError:
            visit = replace(visit, refused=(*visit.refused, entry))
    return visit


def why_not(visit: Visit, entry: VisitEntry) -> str:
    """Return why an entry is impossible now, in one sentence; empty if it is possible."""
    if entry.kind is EntryKind.OPENED:
        return "The visit is already open."
    if visit.discharged is not None and entry.kind not in _AFTER_DISCHARGE:
        return "The patient has been discharged; only notes and the follow-up can be added."
    return _REASONS[entry.kind](visit, entry) if entry.kind in _REASONS else ""


def _no_start(visit: Visit, entry: VisitEntry) -> str:
    open_items = checklist(visit, entry.utc).open
    if open_items:
        return f"The list is not ready: {', '.join(open_items)}; complete it or override by name."
    return ""


def _no_discharge(visit: Visit, entry: VisitEntry) -> str:
    found = discharge(visit, entry.utc).open
    return f"Discharge is not open yet: {', '.join(found)}; wait or override by name." * bool(
        found
    )


def _no_follow_up(visit: Visit, _entry: VisitEntry) -> str:
    return "" if visit.discharged else "The follow-up is noted after discharge."


_REASONS: Mapping[EntryKind, Callable[[Visit, VisitEntry], str]] = {
    EntryKind.STARTED: _no_start,
    EntryKind.DISCHARGED: _no_discharge,
    EntryKind.FOLLOW_UP: _no_follow_up,
}


def _answer(visit: Visit, entry: VisitEntry) -> Visit:
    facts = dict(entry.facts)
    item = Item(facts.pop("item"))
    if "at" in facts:
        facts["at"] = instant(facts["at"])
    if "choice" in facts:
        facts["choice"] = _CHOICES[item](facts["choice"])
    answer = Answer(entry.utc, entry.actor, **facts)
    return replace(visit, answers={**visit.answers, item: answer})


def _intention(visit: Visit, entry: VisitEntry) -> Visit:
    """Take what the patient left as the answer to that item."""
    return _answer(visit, replace(entry, facts={"item": str(Item.INTENTION), **entry.facts}))


def _override(visit: Visit, entry: VisitEntry) -> Visit:
    facts = entry.facts
    items = frozenset(facts["items"])
    override = Override(Gate(facts["gate"]), items, facts["name"], facts["reason"], entry.utc)
    return replace(visit, overrides=(*visit.overrides, override))


def _anchor(visit: Visit, entry: VisitEntry) -> Visit:
    anchor = Anchor(entry.facts["anchor"])
    others = {known: at for known, at in visit.anchors.items() if known is not anchor}
    at = entry.facts["at"]
    return replace(visit, anchors=others if at is None else {**others, anchor: instant(at)})


def _effect(visit: Visit, entry: VisitEntry) -> Visit:
    facts = entry.facts
    noted = Noted(Effect(facts["effect"]), Severity(facts["severity"]), entry.utc)
    return replace(visit, effects=(*visit.effects, noted))


def _follow_up(visit: Visit, entry: VisitEntry) -> Visit:
    state = FollowUp(entry.facts["state"])
    return replace(visit, follow_up=state, owner=entry.facts["owner"])


_TOLD: Mapping[EntryKind, Callable[[Visit, VisitEntry], Visit]] = {
    EntryKind.ANSWER: _answer,
    EntryKind.INTENTION: _intention,
    EntryKind.OVERRIDE: _override,
    EntryKind.STARTED: lambda visit, entry: replace(visit, session=entry.facts["session"]),
    EntryKind.ANCHOR: _anchor,
    EntryKind.NOTE: lambda visit, _entry: visit,
    EntryKind.EFFECT: _effect,
    EntryKind.VITALS: lambda visit, entry: replace(visit, vitals=(*visit.vitals, entry.utc)),
    EntryKind.SOUND: lambda visit, entry: replace(visit, sound=Liked(entry.facts["liked"])),
    EntryKind.ESCORT_PRESENT: lambda visit, entry: replace(
        visit, escort_present=entry.facts["name"]
    ),
    EntryKind.DISCHARGED: lambda visit, entry: replace(
        visit, discharged=entry.utc, follow_up=FollowUp.DUE
    ),
    EntryKind.FOLLOW_UP: _follow_up,
}
