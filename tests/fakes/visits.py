"""Visits and session records made of a few lines."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fakes.plans import short_plan

from soundscape.session.files import Armed, Terms
from soundscape.session.journal import Entry
from soundscape.units import frames_in
from soundscape.visit.entries import EntryKind, Gate, Item, VisitEntry, read_entry
from soundscape.visit.rules import Rules, load_rules
from soundscape.visit.state import Visit
from soundscape.visit.telling import fold, tell

DOSE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""When the dose of an imagined visit starts."""


def before(**length: float) -> str:
    """Return a moment some time before the dose, as plain data."""
    return (DOSE - timedelta(**length)).isoformat()


def noted(kind: EntryKind, at: datetime = DOSE, /, **facts: object) -> VisitEntry:
    """Return an entry as a store would hand it out, by somebody called nurse."""
    return read_entry(str(kind), facts, at.isoformat(), "nurse")


def answered(item: Item, at: datetime = DOSE, /, **facts: object) -> VisitEntry:
    """Return an answer."""
    return noted(EntryKind.ANSWER, at, item=str(item), **facts)


def opening(
    route: str = "iv", zone: str = "Europe/Berlin", rules: Rules | None = None
) -> VisitEntry:
    """Return the entry that opens a visit."""
    table = (rules or load_rules()[route]).to_json()
    return noted(EntryKind.OPENED, alias="M-14", route=route, zone=zone, rules=table)


ANSWERS: dict[Item, dict[str, Any]] = {
    Item.MEDICATIONS: {"name": "Dr. Ames", "at": before(days=2)},
    Item.FOOD: {"at": before(hours=10)},
    Item.LIQUIDS: {"at": before(hours=3)},
    Item.ESCORT: {"choice": "adult_driver", "name": "Rosa", "phone": "555 0100"},
    Item.STORED: {"yes": True},
    Item.CONSENT_MUSIC: {"yes": True},
    Item.CONSENT_MASK: {"yes": True},
    Item.CONSENT_LIGHTS: {"yes": False},
    Item.INTENTION: {"choice": "shared", "text": "To rest"},
    Item.CLOTHING: {"yes": True},
    Item.HEADPHONES: {"yes": True},
    Item.EYE_MASK: {"choice": "offered"},
    Item.CALL: {"yes": True},
    Item.BLADDER: {"at": before(minutes=5)},
}
"""Answers with which every item is met when the dose starts."""


def all_answered(without: Iterable[Item] = ()) -> list[VisitEntry]:
    """Return an answer to each item but some."""
    left_out = set(without)
    return [answered(item, **facts) for item, facts in ANSWERS.items() if item not in left_out]


def prepared(route: str = "iv", without: Iterable[Item] = (), rules: Rules | None = None) -> Visit:
    """Return a visit whose list is answered but for some items."""
    return fold([opening(route, rules=rules), *all_answered(without)])


def finished(route: str = "iv", minutes: float = 40.0) -> tuple[Visit, datetime]:
    """Return a visit whose delivery has ended, with when, in UTC."""
    visit = prepared(route)
    ended = DOSE + timedelta(minutes=minutes)
    started = tell(visit, noted(EntryKind.STARTED, session="20260310t0845-ab12"))
    end = noted(EntryKind.ANCHOR, ended, anchor=str(visit.rules.end), at=ended.isoformat())
    return tell(started, end), ended


def override(gate: Gate, *items: str, at: datetime = DOSE) -> VisitEntry:
    """Return an override of some items."""
    return noted(
        EntryKind.OVERRIDE, at, gate=str(gate), items=list(items), name="Dr. Ames", reason="Seen"
    )


def session_of(told: dict[float, str], end_s: float) -> tuple[Armed, list[Entry]]:
    """Return a short session without staff, with what was told it at some seconds."""
    plan = short_plan(None)
    armed = Armed("20260310t0845-ab12", Path(), plan, (), Terms("null", 1.0, attended=False))
    begun = DOSE - timedelta(seconds=20.0)
    lines = {0.0: "session_started"} | told | {end_s: "session_ended"}
    entries = [
        Entry(
            number,
            frames_in(at_s),
            (begun + timedelta(seconds=at_s)).isoformat(timespec="milliseconds"),
            event,
            {},
        )
        for number, (at_s, event) in enumerate(sorted(lines.items()), 1)
    ]
    return armed, entries
