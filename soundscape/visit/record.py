"""The record of a session as one piece of data: what was played, told, noted, and by whom.

``docs/record.schema.json`` describes it. Identifiers are stable: the session's own, a file's
SHA-256, an entry's number. The label is an alias, never a name.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from soundscape.session.events import Kind
from soundscape.session.files import Armed
from soundscape.session.journal import Entry
from soundscape.session.plan_file import plan_to_json
from soundscape.session.record import each_second, played
from soundscape.units import Seconds, frames_in
from soundscape.visit.moments import moment_of
from soundscape.visit.state import Visit

RECORD_FORMAT = "soundscape-record/1"

COLUMNS = (
    "t_s", "utc", "row", "phase", "what", "track", "title", "artist", "offset_s", "gain_db",
    "light", "screen", "facts",
)  # fmt: skip
"""The columns of the record as CSV; each row is a second, an event or an entry of the visit."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def record_of(
    armed: Armed, entries: Sequence[Entry], visit: Visit | None = None, *, head: str = ""
) -> dict[str, Any]:
    """Return a session's record as plain data.

    Parameters
    ----------
    armed : Armed
        The session.
    entries : Sequence[Entry]
        Its journal.
    visit : Visit | None
        The visit it belongs to, if one is known.
    head : str
        The audit's end when the record is made; empty where there is none.
    """
    return {
        "format": RECORD_FORMAT,
        "session": armed.session,
        "label": visit.alias if visit is not None else "",
        "attended": armed.terms.attended,
        "audit": head,
        "plan": plan_to_json(armed.plan),
        "played": played(armed, entries),
        "calls": _calls(entries),
        "people": _people(visit),
        "visit": None if visit is None else _visit(visit),
        "events": [entry.to_json() for entry in entries],
        "seconds": [
            second | {"utc": _utc(entries, second["t_s"])}
            for second in each_second(armed, entries)
        ],
    }


def record_csv(record: Mapping[str, Any]) -> str:
    """Return a record as CSV (RFC 4180) with a header, in order of time.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    rows = sorted(
        [*_second_rows(record), *_event_rows(record), *_visit_rows(record)],
        key=lambda row: row["utc"],
    )
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _calls(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return each call with when staff saw it; touches before that are the same call."""
    found: list[dict[str, Any]] = []
    for entry in entries:
        t_s = entry.to_json()["t_s"]
        if entry.event == Kind.CALL and (not found or found[-1]["seen_t_s"] is not None):
            found.append({"t_s": t_s, "seen_t_s": None})
        elif entry.event == Kind.CALL_SEEN and found and found[-1]["seen_t_s"] is None:
            found[-1]["seen_t_s"] = t_s
    return found


def _people(visit: Visit | None) -> list[str]:
    """Return who noted something, by the identifiers of the clinic's people."""
    return [] if visit is None else sorted({e.actor for e in visit.entries if e.actor})


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "route": visit.rules.route,
        "zone": visit.zone.key,
        "stage": str(visit.stage),
        "rules": visit.rules.to_json(),
        "entries": [entry.to_json() for entry in visit.entries],
        "refused": [entry.to_json() for entry in visit.refused],
    }


def _utc(entries: Sequence[Entry], t_s: float) -> str:
    return moment_of(entries, frames_in(Seconds(t_s))).isoformat(timespec="milliseconds")


def _second_rows(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row for each thing that sounds at each second; one without where nothing does."""
    for second in record["seconds"]:
        shared = {name: second[name] for name in ("t_s", "utc", "phase", "light", "screen")}
        for sounding in second["sounding"] or [{}]:
            yield shared | {"row": "second"} | sounding


def _event_rows(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for event in record["events"]:
        facts = {k: v for k, v in event.items() if k not in {"t_s", "wall", "event", "frame"}}
        said = {"what": event["event"], "facts": _said(facts)}
        yield {"t_s": event["t_s"], "utc": event["wall"], "row": "event"} | said


def _visit_rows(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in record["visit"]["entries"] if record["visit"] else ():
        facts = {"actor": entry["actor"]} | entry["facts"]
        facts.pop("rules", None)
        yield {"utc": entry["utc"], "row": "visit", "what": entry["kind"], "facts": _said(facts)}


def _said(facts: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}={value}" for name, value in facts.items())


def _plain(value: object) -> object:
    """Return a cell that no spreadsheet calculates."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
