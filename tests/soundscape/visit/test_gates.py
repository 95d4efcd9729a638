"""Discharge is inert a second before, and live at the second."""

from datetime import timedelta

import pytest
from fakes.visits import answered, finished, noted, override, prepared

from soundscape.visit.entries import EntryKind, Gate, Item
from soundscape.visit.gates import Open, discharge, opens_at, still_noted
from soundscape.visit.telling import tell

SECOND = timedelta(seconds=1)
FAR = timedelta(days=1)


@pytest.mark.parametrize(
    ("route", "minutes"), [("iv", 60), ("im", 120), ("intranasal", 120), ("sublingual", 143)]
)
def test_the_time_is_over_at_its_second(route: str, minutes: int) -> None:
    visit, ended = finished(route)
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))
    due = ended + timedelta(minutes=minutes)

    before, after = discharge(visit, due - SECOND), discharge(visit, due)

    assert (before.open, before.left_s, before.live) == ((Open.TIME,), 1.0, False)
    assert (after.open, after.left_s, after.live) == ((), 0.0, True)


def test_nothing_opens_before_delivery_has_ended() -> None:
    found = discharge(prepared(), finished()[1] + FAR)

    assert (found.opens, found.left_s) == (None, None)
    assert Open.DELIVERY in found.open


def test_nobody_leaves_without_somebody_who_is_there() -> None:
    visit, ended = finished()

    assert discharge(visit, ended + FAR).open == (Open.ESCORT,)
    there = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))
    assert discharge(there, ended + FAR).live


def ride(*, extended: bool) -> dict[str, object]:
    return {"choice": "ride_share", "name": "Rosa", "phone": "555 0100", "extended": extended}


def test_a_ride_share_alone_opens_nothing_however_long_one_waits() -> None:
    visit, ended = finished()
    visit = tell(visit, answered(Item.ESCORT, ended, **ride(extended=False)))
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))

    assert discharge(visit, ended + FAR).open == (Open.RIDE_SHARE,)


def test_a_ride_share_opens_after_the_extended_observation_at_its_second() -> None:
    visit, ended = finished()
    visit = tell(visit, answered(Item.ESCORT, ended, **ride(extended=True)))
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))
    due = ended + timedelta(minutes=120)

    assert opens_at(visit) == due
    assert discharge(visit, due - SECOND).open == (Open.TIME,)
    assert discharge(visit, due).live


def test_an_override_opens_what_it_names_and_no_more() -> None:
    visit, ended = finished()
    visit = tell(visit, override(Gate.DISCHARGE, "time", at=ended))

    assert discharge(visit, ended).open == (Open.ESCORT,)


def test_an_override_of_the_start_opens_no_discharge() -> None:
    visit, ended = finished()
    visit = tell(visit, override(Gate.START, "time", "escort", at=ended))

    assert discharge(visit, ended).open == (Open.TIME, Open.ESCORT)


def test_an_after_effect_is_said_when_it_is_still_noted_after_the_hour() -> None:
    visit, ended = finished()
    visit = tell(visit, noted(EntryKind.EFFECT, ended, effect="nausea", severity="more"))
    visit = tell(visit, noted(EntryKind.EFFECT, ended, effect="nausea", severity="mild"))
    visit = tell(visit, noted(EntryKind.EFFECT, ended, effect="dizziness", severity="none"))
    hour = ended + timedelta(minutes=60)

    said = still_noted(visit, hour)

    assert not still_noted(visit, hour - SECOND)
    assert [(noted.effect, noted.severity) for noted in said] == [("nausea", "mild")]


def test_an_after_effect_shuts_no_gate() -> None:
    visit, ended = finished()
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))
    visit = tell(visit, noted(EntryKind.EFFECT, ended, effect="nausea", severity="more"))

    assert discharge(visit, ended + timedelta(minutes=60)).live
