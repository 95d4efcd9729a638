"""The window counts hours that pass, over both changes of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from soundscape.visit.followup import calendar_file, follow_up_window
from soundscape.visit.rules import load_rules
from soundscape.visit.words import languages, load_words

IV = load_rules()["iv"]


@pytest.mark.parametrize(
    ("zone", "ended", "start", "end"),
    [
        ("Europe/Berlin", "2026-03-28T11:00+01:00", "2026-03-29T12:00+02:00",
         "2026-03-31T12:00+02:00"),
        ("Europe/Berlin", "2026-10-24T11:00+02:00", "2026-10-25T10:00+01:00",
         "2026-10-27T10:00+01:00"),
        ("Europe/Berlin", "2026-03-26T11:00+01:00", "2026-03-27T11:00+01:00",
         "2026-03-29T12:00+02:00"),
        ("America/New_York", "2026-03-07T11:00-05:00", "2026-03-08T12:00-04:00",
         "2026-03-10T12:00-04:00"),
        ("America/New_York", "2026-10-31T11:00-04:00", "2026-11-01T10:00-05:00",
         "2026-11-03T10:00-05:00"),
        ("America/New_York", "2026-10-29T11:00-04:00", "2026-10-30T11:00-04:00",
         "2026-11-01T10:00-05:00"),
    ],
)  # fmt: skip
def test_the_window_is_24_to_72_hours_over_both_changes_of_the_clocks(
    zone: str, ended: str, start: str, end: str
) -> None:
    moment = datetime.fromisoformat(ended).astimezone(UTC)

    window = follow_up_window(IV, moment, ZoneInfo(zone))

    assert window.start.astimezone(UTC) - moment == timedelta(hours=24)
    assert window.end.astimezone(UTC) - moment == timedelta(hours=72)
    assert (window.start.isoformat(timespec="minutes"), window.end.isoformat(timespec="minutes"))\
        == (start, end)  # fmt: skip


def test_a_follow_up_is_overdue_from_its_second_on() -> None:
    window = follow_up_window(IV, datetime(2026, 3, 10, 9, 0, tzinfo=UTC), ZoneInfo("UTC"))

    assert not window.overdue(window.end - timedelta(seconds=1))
    assert window.overdue(window.end)


@pytest.mark.parametrize("language", languages())
def test_a_calendar_reads_the_window_back(language: str) -> None:
    ended = datetime(2026, 3, 28, 10, 0, tzinfo=UTC)
    window = follow_up_window(IV, ended, ZoneInfo("Europe/Berlin"))

    file = calendar_file("20260328t0900-ab12", window, load_words(language), ended)
    (event,) = Calendar.from_ical(file).walk("VEVENT")

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (window.start, window.end)
    assert str(event["summary"]) == load_words(language).texts["calendar_title"]


def test_a_calendar_made_again_is_the_same_event_and_names_nobody() -> None:
    ended = datetime(2026, 3, 28, 10, 0, tzinfo=UTC)
    window = follow_up_window(IV, ended, ZoneInfo("UTC"))

    files = [
        calendar_file("20260328t0900-ab12", window, load_words("en"), ended + made * timedelta(1))
        for made in (0, 1)
    ]
    uids = {str(Calendar.from_ical(file).walk("VEVENT")[0]["uid"]) for file in files}

    assert uids == {"follow-up-20260328t0900-ab12@soundscape"}
    assert b"ATTENDEE" not in files[0]
    assert b"ORGANIZER" not in files[0]
