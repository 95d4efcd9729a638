"""What of a session can be handed on, by format: the record, the sheet, the follow-up."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from soundscape.errors import InvalidPlanError
from soundscape.session.files import Armed
from soundscape.session.journal import Entry
from soundscape.visit.followup import calendar_file, follow_up_window
from soundscape.visit.moments import anchors_of, ended_at
from soundscape.visit.pdf import Paper, record_pdf, sheet_pdf
from soundscape.visit.record import record_csv, record_of
from soundscape.visit.rules import Rules, load_rules
from soundscape.visit.sheet import Home, heard_in, shared_intention, sheet_of
from soundscape.visit.state import Visit
from soundscape.visit.words import load_words


class Format(StrEnum):
    """What a session can be written as."""

    JSON = "json"
    CSV = "csv"
    PDF = "pdf"
    ICS = "ics"
    RECORD_PDF = "record-pdf"


@dataclass(frozen=True, slots=True)
class Source:
    """A session with all that its papers need.

    Attributes
    ----------
    armed : Armed
        The session.
    entries : tuple[Entry, ...]
        Its journal.
    visit : Visit | None
        The visit it belongs to, if one is known.
    zone : tzinfo
        The time zone where no visit says it.
    clinic : Path
        The clinic's ``visit.toml``; it may be missing.
    head : str
        The audit's end; empty where there is none.
    made : datetime
        Now, in UTC.
    """

    armed: Armed
    entries: tuple[Entry, ...]
    visit: Visit | None
    zone: tzinfo
    clinic: Path
    head: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """How a paper is to look.

    Attributes
    ----------
    language : str
        Of what the patient gets.
    paper : Paper
        What it is printed on.
    """

    language: str = "en"
    paper: Paper = Paper.A4


def written(source: Source, kind: Format, look: Look) -> bytes:
    """Return a session in a format; faulty rules or words are refused by their field."""
    return _WRITERS[kind](source, look)


def home_of(source: Source) -> Home:
    """Return what the take-home sheet of a session is made from.

    Where nobody told when delivery ended, hours are counted from the end of the record.
    """
    visit = source.visit
    rules = visit.rules if visit is not None else _rules(source)
    anchors = anchors_of(source.armed, source.entries)
    if visit is not None:
        anchors |= visit.anchors
    return Home(
        session=source.armed.session,
        rules=rules,
        ended=anchors.get(rules.end) or ended_at(source.entries),
        zone=source.zone if visit is None else visit.zone,
        heard=heard_in(source.armed, source.entries),
        intention="" if visit is None else shared_intention(visit),
        head=source.head,
    )


def _rules(source: Source) -> Rules:
    """Return the rules of the session's route.

    Raises
    ------
    InvalidPlanError
        If there are none.
    """
    rules = load_rules(source.clinic)
    route = source.armed.plan.route
    if route not in rules:
        raise InvalidPlanError("route", f"'{route}' has no rules; it must be one of {list(rules)}")
    return rules[route]


def _json(source: Source, _look: Look) -> bytes:
    record = record_of(source.armed, source.entries, source.visit, head=source.head)
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()


def _csv(source: Source, _look: Look) -> bytes:
    record = record_of(source.armed, source.entries, source.visit, head=source.head)
    return record_csv(record).encode()


def _record_pdf(source: Source, look: Look) -> bytes:
    record = record_of(source.armed, source.entries, source.visit, head=source.head)
    return record_pdf(record, look.paper, source.made)


def _sheet(source: Source, look: Look) -> bytes:
    words = load_words(look.language, source.clinic)
    return sheet_pdf(sheet_of(home_of(source), words), look.paper, source.made)


def _calendar(source: Source, look: Look) -> bytes:
    found = home_of(source)
    window = follow_up_window(found.rules, found.ended, found.zone)
    words = load_words(look.language, source.clinic)
    return calendar_file(found.session, window, words, source.made)


_WRITERS: Mapping[Format, Callable[[Source, Look], bytes]] = {
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.PDF: _sheet,
    Format.ICS: _calendar,
    Format.RECORD_PDF: _record_pdf,
}
