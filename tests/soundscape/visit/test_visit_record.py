"""The record says what there was at every second, and follows its published schema."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fakes.visits import DOSE, finished, noted, session_of
from icalendar import Calendar

from soundscape.session.files import Armed
from soundscape.session.journal import Entry
from soundscape.session.phases import Anchor
from soundscape.session.record import reconstruct
from soundscape.units import Seconds
from soundscape.visit.entries import EntryKind
from soundscape.visit.moments import anchors_of
from soundscape.visit.papers import Format, Look, Source, home_of, written
from soundscape.visit.record import COLUMNS, record_csv, record_of
from soundscape.visit.telling import tell

SCHEMA = Path(__file__).parents[3] / "docs" / "record.schema.json"
TOLD = {20.0: "dose_start", 30.0: "call", 31.0: "call", 33.0: "call_seen", 50.0: "soften",
        60.0: "delivery_end"}  # fmt: skip


@pytest.fixture(scope="module")
def session() -> tuple[Armed, list[Entry]]:
    return session_of(TOLD, 120.0)


@pytest.fixture(scope="module")
def record(session: tuple[Armed, list[Entry]]) -> dict[str, Any]:
    visit, ended = finished(minutes=40 / 60)
    visit = tell(visit, noted(EntryKind.EFFECT, ended, effect="nausea", severity="mild"))
    visit = tell(visit, noted(EntryKind.NOTE, ended, text="=1+1"))
    return record_of(*session, visit, head="7-ab")


def source(session: tuple[Armed, list[Entry]], tmp_path: Path) -> Source:
    armed, entries = session
    visit, ended = finished(minutes=40 / 60)
    return Source(armed, tuple(entries), visit, visit.zone, tmp_path / "visit.toml", "7-ab", ended)


def test_the_record_follows_its_published_schema(record: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json.dumps(record)), schema)


@pytest.mark.parametrize("field", ["session", "played", "seconds", "visit"])
def test_the_schema_refuses_a_record_that_lacks_something(
    record: dict[str, Any], field: str
) -> None:
    lacking = {name: value for name, value in record.items() if name != field}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(lacking, json.loads(SCHEMA.read_text("utf-8")))


def test_each_second_is_what_the_reconstruction_says(
    session: tuple[Armed, list[Entry]], record: dict[str, Any]
) -> None:
    for second in record["seconds"]:
        said = reconstruct(*session, Seconds(second["t_s"]))
        assert {name: second[name] for name in said} == said
    assert [second["t_s"] for second in record["seconds"]] == [float(n) for n in range(121)]


def test_what_was_played_agrees_with_each_second(record: dict[str, Any]) -> None:
    for second in record["seconds"][:-1]:
        playing = {
            (cue["track"], round(second["t_s"] - cue["start_s"] + cue["offset_s"], 3))
            for cue in record["played"]
            if cue["start_s"] <= second["t_s"] < cue["end_s"]
        }
        sounding = {(each["track"], round(each["offset_s"], 3)) for each in second["sounding"]}
        assert sounding == playing


def test_calls_are_told_with_when_they_were_seen(record: dict[str, Any]) -> None:
    assert record["calls"] == [{"t_s": 30.0, "seen_t_s": 33.0}]


def test_a_record_is_labeled_by_alias_and_says_who(record: dict[str, Any]) -> None:
    assert (record["label"], record["people"], record["audit"]) == ("M-14", ["nurse"], "7-ab")
    kinds = [entry["kind"] for entry in record["visit"]["entries"]]
    assert kinds[-2:] == ["effect", "note"]


def test_a_session_without_a_visit_has_a_record_too(session: tuple[Armed, list[Entry]]) -> None:
    record = record_of(*session)

    jsonschema.validate(record, json.loads(SCHEMA.read_text("utf-8")))
    assert (record["visit"], record["label"], record["people"]) == (None, "", [])


def test_the_table_has_a_row_for_each_second_event_and_entry(record: dict[str, Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(record_csv(record), newline="")))

    assert tuple(rows[0]) == COLUMNS
    assert [r["utc"] for r in rows] == sorted(r["utc"] for r in rows)
    assert len({r["t_s"] for r in rows if r["row"] == "second"}) == 121
    assert sum(r["row"] == "event" for r in rows) == len(record["events"])
    assert sum(r["row"] == "visit" for r in rows) == len(record["visit"]["entries"])


def test_no_text_becomes_a_formula(record: dict[str, Any]) -> None:
    played = [{**cue, "title": "=cmd()"} for cue in record["seconds"][5]["sounding"]]
    seconds = [{**record["seconds"][5], "sounding": played}]

    rows = csv.DictReader(io.StringIO(record_csv({**record, "seconds": seconds}), newline=""))

    titles = {row["title"] for row in rows}
    assert "'=cmd()" in titles
    assert not [title for title in titles if title.startswith("=")]


def test_anchors_are_moments_of_the_world(session: tuple[Armed, list[Entry]]) -> None:
    anchors = anchors_of(*session)

    assert anchors == {
        Anchor.DOSE_START: DOSE,
        Anchor.DELIVERY_END: DOSE + timedelta(seconds=40.0),
    }


def test_hours_are_counted_from_what_staff_told_the_visit(
    session: tuple[Armed, list[Entry]], tmp_path: Path
) -> None:
    known = source(session, tmp_path)
    alone = replace(known, visit=None)
    unsaid = [entry for entry in session[1] if entry.event != "delivery_end"]

    assert home_of(known).ended == finished(minutes=40 / 60)[1]
    assert home_of(alone).ended == DOSE + timedelta(seconds=40.0)
    assert home_of(replace(alone, entries=tuple(unsaid))).ended == DOSE + timedelta(seconds=100.0)


@pytest.mark.parametrize(
    ("kind", "begins"),
    [(Format.JSON, b"{"), (Format.CSV, b"t_s,utc"), (Format.PDF, b"%PDF"),
     (Format.RECORD_PDF, b"%PDF"), (Format.ICS, b"BEGIN:VCALENDAR")],
)  # fmt: skip
def test_every_format_is_written(
    session: tuple[Armed, list[Entry]], tmp_path: Path, kind: Format, begins: bytes
) -> None:
    assert written(source(session, tmp_path), kind, Look()).startswith(begins)


def test_the_calendar_is_in_the_patients_language(
    session: tuple[Armed, list[Entry]], tmp_path: Path
) -> None:
    file = written(source(session, tmp_path), Format.ICS, Look(language="de"))

    assert "sprechen" in str(Calendar.from_ical(file).walk("VEVENT")[0]["summary"])
