"""The sheet says until when, what was heard, and what helps; never more than fits."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from fakes.visits import all_answered, answered, opening, session_of

from soundscape.visit.entries import Item
from soundscape.visit.rules import load_rules
from soundscape.visit.sheet import (
    LONGEST_TRACK_CHARS,
    MOST_TRACKS,
    Home,
    Section,
    heard_in,
    restricted_until,
    shared_intention,
    sheet_of,
)
from soundscape.visit.telling import fold
from soundscape.visit.words import load_words

BERLIN = ZoneInfo("Europe/Berlin")
ENGLISH = load_words("en")
RULES = load_rules()
HOME = Home("s-1", RULES["iv"], datetime(2026, 3, 10, 9, 40, tzinfo=UTC), BERLIN)


def part(home: Home, name: str) -> Section:
    return next(s for s in sheet_of(home, ENGLISH).sections if s.name == name)


@pytest.mark.parametrize(
    ("route", "ended", "until"),
    [
        ("iv", "2026-03-10T10:40+01:00", "2026-03-11T00:00+01:00"),
        ("iv", "2026-03-10T23:59+01:00", "2026-03-11T00:00+01:00"),
        ("iv", "2026-03-28T20:00+01:00", "2026-03-29T00:00+01:00"),
        ("iv", "2026-03-29T20:00+02:00", "2026-03-30T00:00+02:00"),
        ("intranasal", "2026-10-24T20:00+02:00", "2026-10-25T06:00+01:00"),
    ],
)
def test_what_is_restricted_waits_until_the_day_is_over(
    route: str, ended: str, until: str
) -> None:
    moment = datetime.fromisoformat(ended).astimezone(UTC)

    found = restricted_until(RULES[route], moment, BERLIN)

    assert found.isoformat(timespec="minutes") == until


def test_a_clinics_24_hours_are_hours_that_pass() -> None:
    day = replace(RULES["iv"], restrict_h=24.0)

    found = restricted_until(day, datetime(2026, 3, 28, 10, 40, tzinfo=UTC), BERLIN)

    assert found.isoformat(timespec="minutes") == "2026-03-29T12:40+02:00"


def test_the_restriction_is_told_with_day_date_and_time() -> None:
    day = replace(RULES["iv"], restrict_h=24.0)

    assert part(HOME, "restrict").title == "Until the end of Tuesday, March 10 (midnight)"
    assert part(replace(HOME, rules=day), "restrict").title == (
        "Until Wednesday, March 11, at 10:40"
    )
    assert part(replace(HOME, rules=RULES["intranasal"]), "restrict").title == (
        "Until Wednesday, March 11, at 06:00, and after a restful night's sleep"
    )


def test_a_restriction_is_never_told_shorter_than_it_is() -> None:
    ended = datetime(2026, 3, 10, 9, 40, 0, 1, tzinfo=UTC)
    day = replace(RULES["iv"], restrict_h=24.0)

    assert "10:41" in part(replace(HOME, rules=day, ended=ended), "restrict").title


def test_each_piece_is_heard_once_in_its_order() -> None:
    armed, entries = session_of({20.0: "dose_start", 60.0: "delivery_end"}, 120.0)

    heard = heard_in(armed, entries)

    assert heard[:2] == ("Tone 200, Test", "Tone 210, Test")
    assert len(set(heard)) == len(heard) == 12


def test_a_long_list_is_cut_and_says_so() -> None:
    lines = part(replace(HOME, heard=tuple(f"{n} {'long ' * 20}" for n in range(30))), "played")

    assert len(lines.lines) == MOST_TRACKS + 1
    assert all(len(line) <= LONGEST_TRACK_CHARS for line in lines.lines[:-1])
    assert lines.lines[-1] == "and 18 more; your clinic has the whole list"


def test_no_music_is_said_plainly() -> None:
    assert part(HOME, "played").text == "No music was played."


def test_a_shared_intention_is_offered_again_and_a_private_one_is_not_there() -> None:
    shared = fold([opening(), *all_answered()])
    private = fold([opening(), answered(Item.INTENTION, choice="private")])

    assert part(replace(HOME, intention=shared_intention(shared)), "intention").text == "To rest"
    assert shared_intention(private) == ""
    assert "intention" not in [s.name for s in sheet_of(HOME, ENGLISH).sections]


@pytest.mark.parametrize(
    ("clinic", "phone", "said"),
    [
        ("", "", "Call your clinic."),
        ("Oak House", "", "Call Oak House."),
        ("Oak House", "555 0100", "Call Oak House: 555 0100."),
        ("", "555 0100", "Call 555 0100."),
    ],
)
def test_whom_to_call_is_said_as_far_as_it_is_known(clinic: str, phone: str, said: str) -> None:
    texts = {**ENGLISH.texts, "clinic": clinic, "phone": phone}

    assert sheet_of(HOME, replace(ENGLISH, texts=texts)).questions.endswith(said)


def test_the_audits_end_is_on_the_sheet() -> None:
    assert sheet_of(replace(HOME, head="7-ab"), ENGLISH).small == ("Session s-1", "Record 7-ab")
