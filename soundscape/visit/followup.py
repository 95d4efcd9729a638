"""The follow-up's window, in the clinic's local time, and as a calendar file.

The window is counted in hours that pass, so a change of the clocks moves its local times. The
calendar holds it in UTC, which every calendar shows in the time of where it is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from soundscape.visit.rules import Rules
from soundscape.visit.words import Words


@dataclass(frozen=True, slots=True)
class Window:
    """When somebody is to speak with the patient again.

    Attributes
    ----------
    start, end : datetime
        In the clinic's local time.
    """

    start: datetime
    end: datetime

    def overdue(self, at: datetime) -> bool:
        """Return whether it is over at a moment."""
        return at >= self.end


def follow_up_window(rules: Rules, ended: datetime, zone: tzinfo) -> Window:
    """Return the follow-up's window after the end of delivery.

    Parameters
    ----------
    rules : Rules
        The visit's.
    ended : datetime
        When delivery ended, in UTC: hours are only counted right there.
    zone : tzinfo
        The clinic's.
    """
    start = ended + timedelta(hours=rules.follow_up_from_h)
    end = ended + timedelta(hours=rules.follow_up_to_h)
    return Window(start.astimezone(zone), end.astimezone(zone))


def calendar_file(session: str, window: Window, words: Words, made: datetime) -> bytes:
    """Return the window as an iCalendar file (RFC 5545) with one event.

    It names nobody. Made again, it replaces the event in the patient's calendar, as its
    identifier is the session's.

    Parameters
    ----------
    session : str
        The session's identifier.
    window : Window
        When.
    words : Words
        In the patient's language.
    made : datetime
        When it is made, in UTC.
    """
    # Only here: it takes a while to load, and the window itself does without.
    from icalendar import Calendar, Event  # noqa: PLC0415

    identifier = f"follow-up-{session}@soundscape"
    event = Event.new(
        uid=identifier,
        stamp=made,
        start=window.start.astimezone(UTC),
        end=window.end.astimezone(UTC),
        summary=words.texts["calendar_title"],
        description=words.texts["calendar_text"],
    )
    event.add("transp", "TRANSPARENT")  # the window keeps nobody busy for two days
    calendar = Calendar.new(
        prodid="-//Soundscape//Follow-up//EN",
        uid=identifier,
        language=words.language,
        subcomponents=[event],
    )
    return bytes(calendar.to_ical())
