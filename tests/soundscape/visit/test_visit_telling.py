"""A visit follows from its entries; what is impossible changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.visits import DOSE, all_answered, answered, finished, noted, opening, override, prepared

from soundscape.errors import InvalidEventError
from soundscape.session.phases import Anchor
from soundscape.visit.entries import EntryKind, FollowUp, Gate, Item, VisitEntry, read_entry
from soundscape.visit.rules import load_rules
from soundscape.visit.state import Stage, Visit
from soundscape.visit.telling import fold, tell

HOUR = timedelta(hours=1)


def whole() -> Visit:
    visit, ended = finished()
    for entry in (
        noted(EntryKind.NOTE, ended, text="Quiet"),
        noted(EntryKind.VITALS, ended, values="taken"),
        noted(EntryKind.ESCORT_PRESENT, ended + HOUR, name="Rosa"),
        noted(EntryKind.DISCHARGED, ended + HOUR),
        noted(EntryKind.FOLLOW_UP, ended + 2 * HOUR, state="done", owner="Mel"),
    ):
        visit = tell(visit, entry)
    return visit


def test_a_visit_goes_through_its_stages() -> None:
    prepared_one = prepared()
    started = tell(prepared_one, noted(EntryKind.STARTED, session="s-1"))
    recovering, _ = finished()

    stages = [visit.stage for visit in (prepared_one, started, recovering, whole())]

    assert stages == list(Stage)
    assert (whole().follow_up, whole().owner) == (FollowUp.DONE, "Mel")


def test_folding_what_was_kept_gives_the_same_visit() -> None:
    visit = whole()
    kept = [entry.to_json() for entry in visit.entries]

    again = fold(read_entry(e["kind"], e["facts"], e["utc"], e["actor"]) for e in kept)

    assert again == visit


def test_rules_that_change_later_change_nothing_that_was_decided() -> None:
    stricter = replace(load_rules()["iv"], recovery_min=600.0)
    visit = whole()

    assert visit.rules == load_rules()["iv"] != stricter
    assert fold(visit.entries).discharged == visit.discharged


def test_an_open_item_refuses_the_start_until_somebody_says_so_by_name() -> None:
    visit = prepared(without=[Item.FOOD])
    start = noted(EntryKind.STARTED, session="s-1")

    with pytest.raises(InvalidEventError, match=r"not ready: food"):
        tell(visit, start)
    visit = tell(visit, override(Gate.START, "food"))

    assert tell(visit, start).session == "s-1"
    assert [(o.name, o.reason) for o in visit.overrides] == [("Dr. Ames", "Seen")]


def test_a_discharge_that_was_not_open_is_refused_and_never_counts() -> None:
    visit, ended = finished()
    early = noted(EntryKind.DISCHARGED, ended)

    with pytest.raises(InvalidEventError, match=r"not open yet: time, escort"):
        tell(visit, early)
    folded = fold([*visit.entries, early])

    assert (folded.discharged, folded.refused) == (None, (early,))


def test_after_discharge_only_notes_and_the_follow_up_are_taken() -> None:
    visit = whole()
    late = visit.discharged or DOSE

    assert tell(visit, noted(EntryKind.NOTE, late, text="Called")).entries[-1].kind == "note"
    with pytest.raises(InvalidEventError, match="has been discharged"):
        tell(visit, noted(EntryKind.EFFECT, late, effect="nausea", severity="mild"))


def test_an_anchor_can_be_corrected_and_taken_back() -> None:
    visit, ended = finished()
    earlier = noted(EntryKind.ANCHOR, anchor="delivery_end", at=(ended - HOUR).isoformat())

    assert tell(visit, earlier).ended == ended - HOUR
    back = tell(visit, noted(EntryKind.ANCHOR, anchor="delivery_end", at=None))
    assert Anchor.DELIVERY_END not in back.anchors
    assert back.stage is Stage.UNDERWAY


def test_the_last_answer_counts_and_consent_is_withdrawn_at_any_time() -> None:
    visit, ended = finished()

    visit = tell(visit, answered(Item.CONSENT_MUSIC, ended, yes=False))

    assert visit.answers[Item.CONSENT_MUSIC].yes is False


@pytest.mark.parametrize(
    "entries", [[], [noted(EntryKind.NOTE, text="First")], all_answered()[:1]]
)
def test_a_visit_begins_with_its_opening(entries: list[VisitEntry]) -> None:
    with pytest.raises(InvalidEventError, match="begins with"):
        fold(entries)


def test_a_visit_is_opened_once() -> None:
    with pytest.raises(InvalidEventError, match="already open"):
        tell(prepared(), opening())


def test_rules_that_are_no_rules_open_nothing() -> None:
    facts = opening().facts
    broken = noted(
        EntryKind.OPENED, **{**facts, "rules": {**facts["rules"], "food_min_h": "soon"}}
    )

    with pytest.raises(InvalidEventError, match="food_min_h"):
        fold([broken])


@pytest.mark.parametrize(
    ("kind", "facts", "why"),
    [
        ("dosed", {}, "no entry"),
        ("note", {"text": "   "}, "text"),
        ("note", {"text": "x" * 2001}, "text"),
        ("note", {"text": "x", "dose": 3}, "does not carry 'dose'"),
        ("note", {}, "text"),
        ("answer", {"item": "shoes"}, "item"),
        ("answer", {"item": "food", "at": "noon"}, "at"),
        ("answer", {"item": "food", "at": "2026-03-10T09:00:00"}, "at"),
        ("answer", {"item": "food", "at": "2026-03-10T09:00:00Z", "yes": True}, "yes"),
        ("answer", {"item": "escort", "choice": "bus", "name": "R", "phone": "5"}, "choice"),
        ("answer", {"item": "escort", "choice": "adult_driver", "name": "", "phone": "5"}, "name"),
        ("answer", {"item": "call", "yes": 1}, "yes"),
        ("override", {"gate": "start", "items": [], "name": "A", "reason": "b"}, "items"),
        ("override", {"gate": "start", "items": ["food"], "name": "A", "reason": " "}, "reason"),
        ("override", {"gate": "start", "items": ["food"], "name": "", "reason": "b"}, "name"),
        ("anchor", {"anchor": "lunch", "at": None}, "anchor"),
        ("effect", {"effect": "joy", "severity": "mild"}, "effect"),
        ("effect", {"effect": "nausea", "severity": "bad"}, "severity"),
        ("discharged", {"by": "me"}, "does not carry"),
    ],
)
def test_what_is_badly_formed_is_refused_by_its_name(
    kind: str, facts: dict[str, object], why: str
) -> None:
    with pytest.raises(InvalidEventError, match=why):
        read_entry(kind, facts, DOSE.isoformat(), "nurse")


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidEventError, match="no moment"):
        read_entry("note", {"text": "x"}, "2026-03-10T09:00:00", "nurse")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    facts = dict(opening().facts) | {"zone": zone}

    with pytest.raises(InvalidEventError, match="zone"):
        read_entry("opened", facts, DOSE.isoformat(), "nurse")
