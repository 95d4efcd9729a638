"""The sheet that a patient takes home: what it says, as plain texts in their language.

It names nobody but the clinic. ``pdf`` lays it out on one page; the numbers of lines and
characters here are what fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from soundscape.session.files import Armed
from soundscape.session.journal import Entry
from soundscape.session.record import played
from soundscape.visit.entries import Item
from soundscape.visit.followup import follow_up_window
from soundscape.visit.rules import Rules
from soundscape.visit.state import Visit
from soundscape.visit.words import Words

MOST_TRACKS = 12
LONGEST_TRACK_CHARS = 44
LONGEST_INTENTION_CHARS = 140


@dataclass(frozen=True, slots=True)
class Home:
    """What a sheet is made from.

    Attributes
    ----------
    session : str
        The session's identifier.
    rules : Rules
        The visit's.
    ended : datetime
        When delivery ended, in UTC.
    zone : tzinfo
        The clinic's.
    heard : tuple[str, ...]
        What was played, in order: a line each.
    intention : str
        The intention where it is shared.
    head : str
        The audit's end; empty where there is none.
    """

    session: str
    rules: Rules
    ended: datetime
    zone: tzinfo
    heard: tuple[str, ...] = ()
    intention: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sheet.

    Attributes
    ----------
    name : str
        As in the words.
    title : str
        Its heading.
    text : str
        Its paragraph; may be empty.
    lines : tuple[str, ...]
        Its list; may be empty.
    """

    name: str
    title: str
    text: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to take home.

    Attributes
    ----------
    language : str
        Its code.
    title : str
        Its heading.
    sections : tuple[Section, ...]
        In the order in which they are read.
    questions : str
        Whom to call.
    small : tuple[str, ...]
        What identifies it, printed small.
    """

    language: str
    title: str
    sections: tuple[Section, ...]
    questions: str
    small: tuple[str, ...]


def restricted_until(rules: Rules, ended: datetime, zone: tzinfo) -> datetime:
    """Return the local moment until which driving and the like are to wait.

    It is never before the end of the day on which delivery ended, and never less than the
    rules' hours after it, counted as they pass.
    """
    next_day = ended.astimezone(zone).date() + timedelta(days=1)
    morning = datetime.combine(next_day, time(int(rules.restrict_next_day_h)), zone)
    hours = (ended + timedelta(hours=rules.restrict_h)).astimezone(zone)
    return max(morning, hours, key=lambda moment: moment.timestamp())


def sheet_of(home: Home, words: Words) -> Sheet:
    """Return the sheet of a session, in a language."""
    text, lines = words.texts, words.lists
    window = follow_up_window(home.rules, home.ended, home.zone)
    between = {
        "start": words.day_and_time(window.start),
        "end": words.day_and_time(window.end),
    }
    sections = [
        Section("restrict", _restriction(home, words), "", lines["restrict_lines"]),
        Section("care", text["care"], "", lines["care_lines"]),
        Section("window", text["window"], text["window_text"], lines["window_ticks"]),
        Section("follow_up", text["follow_up"], text["follow_up_text"].format(**between)),
        Section("journal", text["journal"], "", lines["prompts"]),
        _heard(home, words),
    ]
    if home.intention:
        shown = shortened(home.intention, LONGEST_INTENTION_CHARS)
        sections.insert(4, Section("intention", text["intention"], shown))
    small = [text["session"].format(session=home.session)]
    if home.head:
        small.append(text["audit"].format(head=home.head))
    return Sheet(words.language, text["title"], tuple(sections), _questions(words), tuple(small))


def heard_in(armed: Armed, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return a line for each piece that was played, in order, each piece once."""
    found = [f"{cue['title']}, {cue['artist']}" if cue["artist"] else str(cue["title"])
             for cue in played(armed, entries)]  # fmt: skip
    return tuple(dict.fromkeys(found))


def shared_intention(visit: Visit) -> str:
    """Return the intention of a visit where the patient shares it; else nothing."""
    answer = visit.answers.get(Item.INTENTION)
    return answer.text if answer is not None else ""


def shortened(text: str, longest: int) -> str:
    """Return a text in one line of at most some characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _restriction(home: Home, words: Words) -> str:
    until = restricted_until(home.rules, home.ended, home.zone)
    if until.time() == time(0):
        said = words.end_of_day(until - timedelta(days=1))
    else:
        said = words.day_and_time(_whole_minute(until))
    if home.rules.restrict_slept:
        said = f"{said}, {words.texts['slept']}"
    return words.texts["restrict"].format(until=said)


def _whole_minute(moment: datetime) -> datetime:
    """Return the first whole minute that is not before a moment."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)


def _heard(home: Home, words: Words) -> Section:
    shown = [shortened(line, LONGEST_TRACK_CHARS) for line in home.heard[:MOST_TRACKS]]
    rest = len(home.heard) - len(shown)
    if rest:
        shown.append(words.texts["played_more"].format(count=rest))
    text = "" if shown else words.texts["played_none"]
    return Section("played", words.texts["played"], text, tuple(shown))


def _questions(words: Words) -> str:
    clinic, phone = words.texts["clinic"], words.texts["phone"]
    if clinic and phone:
        return words.texts["questions_phone"].format(clinic=clinic, phone=phone)
    if clinic or phone:
        return words.texts["questions_named"].format(clinic=clinic or phone)
    return words.texts["questions"]
