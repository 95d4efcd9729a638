"""The library's table: what it shows, how it sorts, what a search leaves."""

import pytest
from fakes.tracks import track
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from playlists.models import Track
from soundscape.units import Lufs, Seconds
from ui.builder.track_model import (
    MARK_ROLE,
    Column,
    TrackModel,
    clock_text,
    voice_mark,
    voice_text,
)

TRACKS = (
    track("low tide", artist="Mara", duration_s=Seconds(245.0), energy=0.3, tempo_bpm=64.4),
    track("cedar", artist="Ines", energy=0.12, integrated_lufs=Lufs(-18.26), avoid=True),
    track("ash", vocal_probability=None, tags=frozenset({"piano"}), energy=0.5, tempo_bpm=90.0),
)


def shown(tracks: tuple[Track, ...]) -> TrackModel:
    model = TrackModel()
    model.show_tracks(tracks)
    return model


def titles(table: TrackModel) -> list[str]:
    return [table.index(row, Column.TITLE).data() for row in range(table.rowCount())]


def test_a_row_shows_what_is_known_of_a_track(qtbot: QtBot) -> None:
    model = TrackModel()
    tester = QAbstractItemModelTester(model)
    model.show_tracks(TRACKS)
    model.search("tide")

    row = [model.index(0, column).data() for column in Column]

    assert tester is not None
    assert qtbot is not None
    assert row == ["Low Tide", "4:05", "0.30", "64", "\N{MINUS SIGN}20.0", "None"]


def test_a_tempo_that_does_not_exist_is_never_a_number(qtbot: QtBot) -> None:
    assert qtbot is not None
    table = shown((track("drone", tempo_bpm=None),))

    assert table.index(0, Column.TEMPO).data() == "free"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (track("a", vocal_probability=0.1), "None"),
        (track("a", vocal_probability=0.5), "Check"),
        (track("a", vocal_probability=None), "Check"),
        (track("a", vocal_probability=0.9), "Sings"),
        (track("a", vocal_probability=0.9, instrumental=True), "None"),
        (track("a", avoid=True), "Avoided"),
        (track("a", present=False), "Missing"),
    ],
)
def test_the_verdict_is_said_in_words(who: Track, words: str) -> None:
    assert voice_text(who) == words


def test_each_verdict_has_a_shape_of_its_own() -> None:
    facts: list[dict[str, object]] = [
        {"instrumental": True},
        {"vocal_probability": 0.5},
        {"instrumental": False},
        {"avoid": True},
        {"present": False},
    ]

    shapes = {voice_mark(track("a", **fact))[0] for fact in facts}

    assert len(shapes) == len(facts)


def test_only_the_verdict_carries_a_mark(qtbot: QtBot) -> None:
    assert qtbot is not None
    table = shown(TRACKS)

    marked = [column for column in Column if table.index(0, column).data(MARK_ROLE)]

    assert marked == [Column.VOICE]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ["Ash", "Cedar", "Low Tide"]),
        ("TIDE", ["Low Tide"]),
        ("mara low", ["Low Tide"]),
        ("piano", ["Ash"]),
        ("avoided", ["Cedar"]),
        ("mara piano", []),
    ],
)
def test_a_search_leaves_what_holds_every_word(qtbot: QtBot, text: str, left: list[str]) -> None:
    assert qtbot is not None
    table = shown(TRACKS)

    table.search(text)

    assert titles(table) == left


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (Column.TITLE, "Ash"),
        (Column.LENGTH, "Low Tide"),
        (Column.ENERGY, "Cedar"),
        (Column.TEMPO, "Cedar"),
        (Column.LOUDNESS, "Low Tide"),
        (Column.VOICE, "Cedar"),
    ],
)
def test_each_column_sorts_by_its_value(qtbot: QtBot, column: Column, first: str) -> None:
    assert qtbot is not None
    table = shown(TRACKS)

    table.sort(column, Qt.SortOrder.AscendingOrder)
    rising = titles(table)
    table.sort(column, Qt.SortOrder.DescendingOrder)

    assert rising[0] == first
    assert titles(table)[0] != first


def test_a_screen_reader_hears_title_and_artist(qtbot: QtBot) -> None:
    assert qtbot is not None
    table = shown(TRACKS[:1])

    said = [
        table.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in (Column.TITLE, Column.VOICE)
    ]

    assert said == ["Low Tide by Mara", "Voice: None"]


def test_rows_are_found_by_hash_as_far_as_they_are_shown(qtbot: QtBot) -> None:
    assert qtbot is not None
    table = shown(TRACKS)
    hashes = {TRACKS[0].content_hash, TRACKS[2].content_hash}
    before = table.rows_of(hashes)

    table.search("tide")

    assert before == [0, 2]
    assert table.rows_of(hashes) == [0]


def test_lengths_are_minutes_and_seconds() -> None:
    assert [clock_text(seconds) for seconds in (0.0, 59.6, 3600.0)] == ["0:00", "1:00", "60:00"]
