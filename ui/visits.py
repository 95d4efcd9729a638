"""A visit as the clinic's store keeps it, read for windows and commands."""

from collections.abc import Iterable
from typing import Any

from soundscape.clinic.visits import ERASED, NOTE, WITHHELD, StoredEntry
from soundscape.visit.entries import EntryKind, read_entry
from soundscape.visit.state import Visit
from soundscape.visit.telling import fold


def visit_of(stored: Iterable[StoredEntry]) -> Visit:
    """Return what a visit's stored entries come to; what no visit begins with is refused.

    An answer whose text the reader may not see is read without it.
    """
    return fold(read_entry(e.kind, _seen(e), e.utc, e.actor) for e in stored)


def _seen(entry: StoredEntry) -> dict[str, Any]:
    """Return an entry's facts, without the stand-in for an intention."""
    facts = dict(entry.facts)
    if entry.kind == EntryKind.ANSWER and facts.get(NOTE) in {WITHHELD, ERASED}:
        del facts[NOTE]
    return facts
