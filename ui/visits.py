"""A visit as the clinic's store keeps it, read for windows and commands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from soundscape.clinic.visits import ERASED, NOTE, WITHHELD, StoredEntry
from soundscape.session.events import FACTS, Kind
from soundscape.session.journal import Entry
from soundscape.visit.entries import EntryKind, read_entry
from soundscape.visit.state import Visit
from soundscape.visit.telling import fold

TEXT_OF: Mapping[str, str] = {kind: FACTS[kind][0] for kind in (Kind.NOTE, Kind.VITALS)}
"""Events of a session that carry a text of people, and under which name."""

_WITHOUT_TEXT = frozenset({EntryKind.ANSWER, EntryKind.INTENTION})
"""Entries that say something also without their text."""


def visit_of(stored: Iterable[StoredEntry]) -> Visit:
    """Return what a visit's stored entries come to; what no visit begins with is refused.

    An answer whose text the reader may not see is read without it.
    """
    return fold(read_entry(e.kind, _seen(e), e.utc, e.actor) for e in stored)


_REFERENCE = "entry:"


def reference_to(entry: StoredEntry) -> str:
    """Return what a session's record keeps in place of the text of a visit's entry.

    The text itself is sealed in the clinic's records; a session's record is not.
    """
    return f"{_REFERENCE}{entry.seq}"


def texts_of(stored: Iterable[StoredEntry]) -> dict[str, str]:
    """Return the text behind each reference to a visit's entries, as far as the reader sees it."""
    names = set(TEXT_OF.values())
    return {
        reference_to(entry): str(entry.facts[name])
        for entry in stored
        for name in names & set(entry.facts)
    }


def opened(event: str, facts: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return an event's facts as people see them: with the text, or without where it is not known.

    A reference to a text that is not known, as on a desk that is locked, says nothing to people.
    """
    found = _referred(event, facts, texts)
    name = TEXT_OF.get(event, "")
    if str(found.get(name, "")).startswith(_REFERENCE):
        del found[name]
    return found


def opened_entries(entries: Sequence[Entry], stored: Iterable[StoredEntry]) -> tuple[Entry, ...]:
    """Return a session's record with the texts that it only refers to."""
    texts = texts_of(stored)
    return tuple(replace(e, facts=_referred(e.event, e.facts, texts)) for e in entries)


def _referred(event: str, facts: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return an event's facts with the text that it refers to, where that is known."""
    name = TEXT_OF.get(event, "")
    return {**facts, name: texts[facts[name]]} if facts.get(name) in texts else dict(facts)


def _seen(entry: StoredEntry) -> dict[str, Any]:
    """Return an entry's facts, without the stand-in for an intention."""
    facts = dict(entry.facts)
    if entry.kind in _WITHOUT_TEXT and facts.get(NOTE) in {WITHHELD, ERASED}:
        del facts[NOTE]
    return facts
