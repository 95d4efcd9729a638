"""Items of the list flip exactly at their boundaries."""

from datetime import timedelta

import pytest
from fakes.visits import DOSE, answered, before, opening, override, prepared

from soundscape.visit.checklist import Standing, checklist
from soundscape.visit.entries import Gate, Item
from soundscape.visit.telling import fold, tell

SECOND = timedelta(seconds=1)


def standing_of(item: Item, route: str = "iv", /, **facts: object) -> Standing:
    visit = fold([opening(route), answered(item, **facts)])
    return next(row.standing for row in checklist(visit, DOSE).rows if row.item is item)


@pytest.mark.parametrize(
    ("route", "since", "expected"),
    [
        ("iv", {"hours": 3, "minutes": 59}, Standing.UNMET),
        ("iv", {"hours": 3, "minutes": 59, "seconds": 59}, Standing.UNMET),
        ("iv", {"hours": 4}, Standing.WARN),
        ("iv", {"hours": 5, "minutes": 59, "seconds": 59}, Standing.WARN),
        ("iv", {"hours": 6}, Standing.MET),
        ("intranasal", {"hours": 1, "minutes": 59, "seconds": 59}, Standing.UNMET),
        ("intranasal", {"hours": 2}, Standing.MET),
    ],
)
def test_food_flips_at_its_hours(route: str, since: dict[str, float], expected: Standing) -> None:
    assert standing_of(Item.FOOD, route, at=before(**since)) is expected


@pytest.mark.parametrize(
    ("route", "since", "expected"),
    [
        ("iv", {"hours": 1, "minutes": 59, "seconds": 59}, Standing.UNMET),
        ("iv", {"hours": 2}, Standing.MET),
        ("intranasal", {"minutes": 29, "seconds": 59}, Standing.UNMET),
        ("intranasal", {"minutes": 30}, Standing.MET),
    ],
)
def test_liquids_flip_at_their_hours(
    route: str, since: dict[str, float], expected: Standing
) -> None:
    assert standing_of(Item.LIQUIDS, route, at=before(**since)) is expected


def test_the_bladder_warns_after_fifteen_minutes() -> None:
    assert standing_of(Item.BLADDER, at=before(minutes=15)) is Standing.MET
    assert standing_of(Item.BLADDER, at=before(minutes=15, seconds=1)) is Standing.WARN


@pytest.mark.parametrize("item", [Item.FOOD, Item.LIQUIDS, Item.BLADDER, Item.MEDICATIONS])
def test_what_is_still_to_come_is_unmet(item: Item) -> None:
    facts = {"name": "Dr. Ames"} if item is Item.MEDICATIONS else {}

    assert standing_of(item, at=before(seconds=-1), **facts) is Standing.UNMET


@pytest.mark.parametrize(
    ("choice", "extended", "expected"),
    [
        ("adult_driver", False, Standing.MET),
        ("adult_taxi", False, Standing.MET),
        ("ride_share", False, Standing.UNMET),
        ("ride_share", True, Standing.WARN),
    ],
)
def test_a_ride_share_needs_extended_observation(
    choice: str, *, extended: bool, expected: Standing
) -> None:
    facts = {"choice": choice, "name": "Rosa", "phone": "555 0100", "extended": extended}

    assert standing_of(Item.ESCORT, **facts) is expected


@pytest.mark.parametrize("item", [Item.CONSENT_MUSIC, Item.CONSENT_MASK, Item.CONSENT_LIGHTS])
@pytest.mark.parametrize("yes", [True, False])
def test_no_is_an_answer_to_what_the_patient_may_decline(item: Item, *, yes: bool) -> None:
    assert standing_of(item, yes=yes) is Standing.MET


@pytest.mark.parametrize("item", [Item.STORED, Item.CLOTHING, Item.HEADPHONES, Item.CALL])
def test_what_has_to_be_done_is_unmet_until_it_is(item: Item) -> None:
    assert standing_of(item, yes=False) is Standing.UNMET
    assert standing_of(item, yes=True) is Standing.MET


def test_nothing_is_met_before_it_is_answered_and_the_bladder_is_last() -> None:
    rows = checklist(fold([opening()]), DOSE).rows

    assert {row.standing for row in rows} == {Standing.UNMET}
    assert rows[-1].item is Item.BLADDER


def test_a_full_list_is_ready_and_each_mandatory_item_alone_keeps_it_shut() -> None:
    assert checklist(prepared(), DOSE).ready
    for item in prepared().rules.mandatory:
        assert checklist(prepared(without=[item]), DOSE).open == (item,)


def test_a_recommended_item_keeps_nobody_waiting() -> None:
    recommended = set(Item) - prepared().rules.mandatory

    assert checklist(prepared(without=recommended), DOSE).ready


def test_an_override_covers_what_it_names_and_no_more() -> None:
    visit = prepared(without=[Item.FOOD, Item.ESCORT])

    visit = tell(visit, override(Gate.START, "food"))

    assert checklist(visit, DOSE).open == (Item.ESCORT,)


def test_a_list_that_was_ready_is_not_for_ever() -> None:
    visit = prepared()

    late = checklist(visit, DOSE - timedelta(hours=6, seconds=1))

    assert Item.FOOD in late.open
