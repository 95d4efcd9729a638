"""The founding text, statement by statement: what it asks of a visit.

The numbers are those of docs/visit.md; what it asks of windows and sound is in
``tests/ui/test_seed_rows.py``.
"""

import dataclasses
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes.texts import shown_texts
from fakes.visits import (
    DOSE,
    answered,
    before,
    finished,
    noted,
    opening,
    override,
    prepared,
    session_of,
)

from playlists.routes import load_routes
from soundscape.errors import InvalidEventError, InvalidPlanError
from soundscape.session.phases import Anchor
from soundscape.session.record import reconstruct
from soundscape.units import Seconds
from soundscape.visit.checklist import Standing, checklist
from soundscape.visit.entries import EntryKind, FollowUp, Gate, Item, read_entry
from soundscape.visit.followup import follow_up_window
from soundscape.visit.gates import Open, discharge, still_noted
from soundscape.visit.record import record_of
from soundscape.visit.rules import load_rules
from soundscape.visit.sheet import Home, Section, shared_intention, sheet_of
from soundscape.visit.state import Visit
from soundscape.visit.telling import fold, tell
from soundscape.visit.vitals import Prompt, prompts
from soundscape.visit.words import languages, load_words

RULES = load_rules()
IV = RULES["iv"]
SECOND = timedelta(seconds=1)
ENDED = datetime(2026, 3, 10, 9, 40, tzinfo=UTC)
HOME = Home("s-1", IV, ENDED, ZoneInfo("America/New_York"), intention="To rest")


def standing(item: Item, visit: Visit, at: datetime = DOSE) -> Standing:
    return next(row.standing for row in checklist(visit, at).rows if row.item is item)


def after(item: Item, **since: float) -> Standing:
    return standing(item, fold([opening(), answered(item, at=before(**since))]))


def part(name: str, language: str = "en", home: Home = HOME) -> Section:
    return next(s for s in sheet_of(home, load_words(language)).sections if s.name == name)


def sheet_texts(language: str) -> Iterator[str]:
    for section in sheet_of(HOME, load_words(language)).sections:
        yield from (section.title, section.text, *section.lines)


def says(words: str) -> list[tuple[str, str]]:
    """Return the texts shown to people that have one of some words in them."""
    found = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    shown = (entry for entry in shown_texts() if entry[0].startswith(("ui/", "assets/")))
    return [(where, text) for where, text in shown if found.search(text)]


def test_row_01_no_text_names_a_disease_and_no_entry_has_a_diagnosis() -> None:
    diseases = "depression|depressive|anxiety|PTSD|suicidal|fibromyalgia|Angststörung"

    assert says(diseases) == []
    with pytest.raises(InvalidEventError, match="does not carry 'diagnosis'"):
        read_entry("opened", {**opening().facts, "diagnosis": "x"}, DOSE.isoformat(), "nurse")


def test_row_02_a_session_starts_prepared_or_by_somebodys_name_and_reason() -> None:
    start = noted(EntryKind.STARTED, session="s-1")

    for item in IV.mandatory:
        visit = prepared(without=[item])
        with pytest.raises(InvalidEventError, match=str(item)):
            tell(visit, start)
        started = tell(tell(visit, override(Gate.START, str(item))), start)
        assert started.overrides[0].name
        assert started.overrides[0].reason


@pytest.mark.parametrize(
    ("since", "expected"),
    [({"hours": 3, "minutes": 59}, Standing.UNMET), ({"hours": 4}, Standing.WARN),
     ({"hours": 5, "minutes": 59}, Standing.WARN), ({"hours": 6}, Standing.MET)],
)  # fmt: skip
def test_row_03_food_is_four_to_six_hours_ago(since: dict[str, float], expected: Standing) -> None:
    assert after(Item.FOOD, **since) is expected


def test_row_04_only_clear_liquids_for_two_hours() -> None:
    assert after(Item.LIQUIDS, hours=1, minutes=59) is Standing.UNMET
    assert after(Item.LIQUIDS, hours=2) is Standing.MET
    assert not IV.any_liquid


def test_row_05_medications_are_reviewed_and_nobody_is_told_to_change_one() -> None:
    reviewed = answered(Item.MEDICATIONS, name="Dr. Ames", at=before(days=1))
    drugs = says("benzodiazepines?|lamotrigine|Benzodiazepine?|Lamotrigin")

    assert Item.MEDICATIONS in checklist(prepared(without=[Item.MEDICATIONS]), DOSE).open
    assert standing(Item.MEDICATIONS, fold([opening(), reviewed])) is Standing.MET
    assert all(re.match(r"ask about|erfragen", text, re.IGNORECASE) for _, text in drugs)
    for name in ("name", "at"):
        facts = {key: value for key, value in reviewed.facts.items() if key != name}
        with pytest.raises(InvalidEventError, match=name):
            read_entry("answer", facts, DOSE.isoformat(), "nurse")


def test_row_06_transport_is_arranged_before_the_session() -> None:
    assert checklist(prepared(without=[Item.ESCORT]), DOSE).open == (Item.ESCORT,)


def test_row_07_a_ride_share_goes_only_with_extended_observation() -> None:
    visit, ended = finished()
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))
    ride = {"choice": "ride_share", "name": "Rosa", "phone": "555 0100"}
    alone = tell(visit, answered(Item.ESCORT, ended, **ride))
    extended = tell(visit, answered(Item.ESCORT, ended, **ride, extended=True))
    longer = ended + timedelta(minutes=IV.recovery_min + IV.extended_min)

    assert discharge(alone, ended + timedelta(days=1)).open == (Open.RIDE_SHARE,)
    assert discharge(extended, longer - SECOND).open == (Open.TIME,)
    assert discharge(extended, longer).live


def test_row_08_an_intention_is_read_by_staff_and_on_the_sheet_or_kept_private() -> None:
    visit = prepared()
    private = fold([opening(), answered(Item.INTENTION, choice="private")])

    assert shared_intention(visit) == "To rest"
    assert part("intention").text == "To rest"
    assert standing(Item.INTENTION, private) is Standing.MET
    assert shared_intention(private) == ""


def test_row_11_loose_clothing_is_asked() -> None:
    assert standing(Item.CLOTHING, fold([opening()])) is Standing.UNMET
    assert standing(Item.CLOTHING, prepared()) is Standing.MET


def test_row_12_the_bladder_is_last_and_warns_after_fifteen_minutes() -> None:
    assert list(Item)[-1] is Item.BLADDER
    assert after(Item.BLADDER, minutes=15) is Standing.MET
    assert after(Item.BLADDER, minutes=15, seconds=1) is Standing.WARN


@pytest.mark.parametrize("choice", ["offered", "worn", "declined"])
def test_row_14_an_eye_mask_is_offered_worn_or_declined(choice: str) -> None:
    visit = fold([opening(), answered(Item.EYE_MASK, choice=choice)])

    assert visit.answers[Item.EYE_MASK].choice == choice
    assert standing(Item.EYE_MASK, visit) is Standing.MET


def test_row_15_headphones_are_asked() -> None:
    assert standing(Item.HEADPHONES, fold([opening()])) is Standing.UNMET
    assert standing(Item.HEADPHONES, prepared()) is Standing.MET


def test_row_19_vitals_are_asked_by_the_clock_and_nothing_is_judged() -> None:
    iv = load_routes()["iv"].vitals
    late = prompts(iv, {Anchor.DOSE_START: DOSE}, (), DOSE + timedelta(minutes=7))

    assert [p.late_min for p in late] == [12, 2, 0, 0]
    assert {f.name for f in dataclasses.fields(Prompt)} == {"boundary", "due", "taken", "late_min"}
    visit, ended = finished()
    assert tell(visit, noted(EntryKind.VITALS, ended, values="999/1, taken")).vitals == (ended,)


def test_row_21_the_end_of_delivery_begins_the_return_and_the_recovery() -> None:
    told = session_of({20.0: "dose_start", 48.0: "pump_stopped_early"}, 60.0)
    phases = [reconstruct(*told, Seconds(at_s))["phase"] for at_s in (47.0, 51.0)]

    assert phases == ["deepen", "return"]
    assert finished()[0].stage == "recovering"


def test_row_22_the_first_hour_is_watched_to_its_second() -> None:
    visit, ended = finished()
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))
    leave = EntryKind.DISCHARGED

    with pytest.raises(InvalidEventError, match="time"):
        tell(visit, noted(leave, ended + timedelta(minutes=59, seconds=59)))
    assert tell(visit, noted(leave, ended + timedelta(minutes=60))).discharged

    named = tell(visit, override(Gate.DISCHARGE, "time", at=ended))
    assert tell(named, noted(leave, ended)).discharged == ended


def test_row_22_esketamine_is_watched_for_two_hours_from_the_last_device() -> None:
    visit, ended = finished("intranasal", minutes=10.0)
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))

    assert discharge(visit, ended + timedelta(minutes=119)).open == (Open.TIME,)
    assert discharge(visit, ended + timedelta(minutes=120) - SECOND).open == (Open.TIME,)
    assert discharge(visit, ended + timedelta(minutes=120)).live


@pytest.mark.parametrize("effect", ["dizziness", "nausea", "grogginess"])
@pytest.mark.parametrize("severity", ["none", "mild", "more"])
def test_row_23_after_effects_are_noted_and_exported(effect: str, severity: str) -> None:
    visit, ended = finished()
    visit = tell(visit, noted(EntryKind.EFFECT, ended, effect=effect, severity=severity, text="x"))
    record = record_of(*session_of({}, 2.0), visit)

    facts = {"effect": effect, "severity": severity, "text": "x"}
    assert json.loads(json.dumps(record))["visit"]["entries"][-1]["facts"] == facts


def test_row_24_what_is_still_noted_after_the_hour_is_said_and_decides_nothing() -> None:
    visit, ended = finished()
    visit = tell(visit, noted(EntryKind.EFFECT, ended, effect="nausea", severity="more"))
    visit = tell(visit, noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"))
    hour = ended + timedelta(minutes=60)

    assert still_noted(visit, hour - SECOND) == ()
    assert [noted.effect for noted in still_noted(visit, hour)] == ["nausea"]
    assert discharge(visit, hour).live


def test_row_25_nobody_is_discharged_without_an_escort_who_is_there_or_an_override() -> None:
    visit, ended = finished()
    later = noted(EntryKind.DISCHARGED, ended + timedelta(days=1))

    with pytest.raises(InvalidEventError, match="escort"):
        tell(visit, later)
    assert fold([*visit.entries, later]).discharged is None
    assert tell(tell(visit, override(Gate.DISCHARGE, "escort", at=ended)), later).discharged


@pytest.mark.parametrize("language", languages())
def test_row_26_the_sheet_says_what_waits_and_until_when(language: str) -> None:
    restriction = part("restrict", language)

    assert len(restriction.lines) == 3
    assert re.search(r"10", restriction.title)
    assert re.search(r"March|März", restriction.title)


def test_row_26_english_names_driving_machinery_and_legal_documents() -> None:
    lines = " ".join(part("restrict").lines)

    assert all(
        word in lines for word in ("drive", "heavy machinery", "legal documents", "complex")
    )


def test_row_26_a_clinic_lengthens_and_never_shortens(tmp_path: Path) -> None:
    clinic = tmp_path / "visit.toml"
    clinic.write_text("[rules.iv]\nrestrict_h = 24\n[rules.intranasal]\n", "utf-8")
    longer = replace(HOME, rules=load_rules(clinic)["iv"])

    assert part("restrict", home=longer).title == "Until Wednesday, March 11, at 05:40"
    clinic.write_text("[rules.intranasal]\nrestrict_next_day_h = 5\n", "utf-8")
    with pytest.raises(InvalidPlanError, match="restrict_next_day_h"):
        load_rules(clinic)


def test_row_27_the_rest_of_the_day_is_rest_and_light_activity() -> None:
    lines = " ".join(part("care").lines).lower()

    assert all(word in lines for word in ("rest", "care", "light activities"))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("day", ["2026-03-07", "2026-03-28", "2026-10-24", "2026-10-31"])
def test_row_28_the_window_is_24_to_72_hours_over_changes_of_the_clocks(
    zone: str, day: str
) -> None:
    ended = datetime.fromisoformat(f"{day}T15:00:00+00:00")

    window = follow_up_window(IV, ended, ZoneInfo(zone))

    assert window.start.astimezone(UTC) == ended + timedelta(hours=24)
    assert window.end.astimezone(UTC) == ended + timedelta(hours=72)
    assert window.start.utcoffset() == ZoneInfo(zone).utcoffset(window.start)


def test_row_28_the_window_keeps_the_careful_words() -> None:
    assert "often called" in part("window").text
    assert "wird oft" in part("window", "de").text


@pytest.mark.parametrize("language", languages())
def test_row_29_to_30_integration_is_active_work_and_nothing_is_promised(language: str) -> None:
    said = " ".join(sheet_texts(language)).lower()

    assert "integration" in part("window", language).text.lower()
    assert re.search(r"active work|eigene arbeit", said)
    assert not re.search(r"lasting|benefit|improve|better|dauerhaft|besser|wirkt", said)


def test_row_31_a_follow_up_has_a_window_an_owner_and_an_end() -> None:
    visit, ended = finished()
    for entry in (
        noted(EntryKind.ESCORT_PRESENT, ended, name="Rosa"),
        noted(EntryKind.DISCHARGED, ended + timedelta(hours=1)),
    ):
        visit = tell(visit, entry)
    declined = noted(EntryKind.FOLLOW_UP, ended + timedelta(hours=30), state="declined", owner="M")

    window = follow_up_window(IV, ended, visit.zone)

    assert visit.follow_up is FollowUp.DUE
    assert not window.overdue(window.end - SECOND)
    assert window.overdue(window.end)
    assert tell(visit, declined).follow_up is FollowUp.DECLINED


@pytest.mark.parametrize("language", languages())
def test_row_32_three_questions_for_a_journal_that_nobody_collects(language: str) -> None:
    assert len(part("journal", language).lines) == 3
    with pytest.raises(InvalidEventError, match="no entry"):
        read_entry("journal", {"text": "x"}, DOSE.isoformat(), "nurse")


def test_row_33_the_sheet_offers_reflection_a_walk_meditation_and_the_music_again() -> None:
    ticks = " ".join(part("window").lines).lower()

    assert all(word in ticks for word in ("look back", "walk", "meditation", "music again"))


def test_row_34_no_text_claims_what_happens_in_the_brain() -> None:
    assert says("neural|neurons?|pathways?|brain|Gehirn|neuronal\\w*|lasting change") == []
