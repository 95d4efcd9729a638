"""What people typed stands in the clinic's records; a session's record refers to it."""

from typing import Any

from fakes.visits import opening

from soundscape.clinic.roles import Role
from soundscape.clinic.visits import WITHHELD, StoredEntry
from soundscape.session.journal import Entry
from soundscape.units import Frames
from soundscape.visit.entries import Item
from ui.visits import opened_entries, reference_to, texts_of, visit_of

WALL = "2026-03-10T09:00:00.000+00:00"


def stored(seq: int, kind: str, **facts: Any) -> StoredEntry:  # noqa: ANN401 -- plain data
    return StoredEntry(seq, WALL, kind, facts, "nurse", Role.STAFF)


def told(event: str, **facts: Any) -> Entry:  # noqa: ANN401 -- plain data
    return Entry(1, Frames(0), WALL, event, facts)


NOTE = stored(7, "note", text="Asked for water")
VALUES = stored(8, "vitals", values="taken")


def test_a_reference_is_opened_with_the_visits_text() -> None:
    record = [told("note", text="entry:7"), told("vitals", values="entry:8"), told("volume", lu=1)]

    found = opened_entries(record, [NOTE, VALUES])

    assert [entry.facts for entry in found] == [
        {"text": "Asked for water"}, {"values": "taken"}, {"lu": 1},
    ]  # fmt: skip


def test_what_the_reader_may_not_see_stays_away() -> None:
    (found,) = opened_entries([told("note", text="entry:7")], [stored(7, "note", text=WITHHELD)])

    assert found.facts == {"text": WITHHELD}


def test_a_reference_to_nothing_stays_as_it_is() -> None:
    (found,) = opened_entries([told("note", text="entry:99")], [NOTE])

    assert found.facts == {"text": "entry:99"}


def test_a_mark_is_no_reference() -> None:
    (found,) = opened_entries([told("note", text="Spoke")], [NOTE])

    assert found.facts == {"text": "Spoke"}


def test_each_text_is_known_by_its_reference() -> None:
    assert texts_of([NOTE, VALUES]) == {
        reference_to(NOTE): "Asked for water", reference_to(VALUES): "taken",
    }  # fmt: skip


def test_what_a_patient_left_is_the_answer_to_that_item_also_where_its_words_are_not_seen() -> (
    None
):
    opened = stored(1, "opened", **opening().facts)

    for text, seen in (("To rest", "To rest"), (WITHHELD, "")):
        left = StoredEntry(
            2, WALL, "intention", {"choice": "shared", "text": text}, "patient", Role.PATIENT
        )
        answer = visit_of([opened, left]).answers[Item.INTENTION]
        assert (str(answer.choice), answer.text, answer.actor) == ("shared", seen, "patient")
