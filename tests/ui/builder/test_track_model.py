"""The library's table: what it shows, how it sorts, what a search leaves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.tracks import track
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from playlists.library.repository import Library
from playlists.library.search import Search
from playlists.models import Track
from soundscape.units import Lufs, Seconds
from ui.builder.track_model import (
    MARK_ROLE,
    PAGE_ROWS,
    PAGES_KEPT,
    Column,
    TrackModel,
    clock_text,
)
from ui.builder.verdict import verdict_of, verdict_text

Show = Callable[..., TrackModel]

TRACKS = (
    track("low tide", artist="Mara", duration_s=Seconds(245.0), energy=0.3, tempo_bpm=64.4),
    track("cedar", artist="Ines", energy=0.12, integrated_lufs=Lufs(-18.26), avoid=True),
    track("ash", vocal_probability=None, tags=frozenset({"piano"}), energy=0.5, tempo_bpm=90.0),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite") as opened:
        yield opened


@pytest.fixture
def shown(library: Library, qtbot: QtBot) -> Show:
    assert qtbot is not None

    def shown(*tracks: Track) -> TrackModel:
        library.save(*tracks)
        model = TrackModel()
        model.show_library(Search(library))
        return model

    return shown


def titles(table: TrackModel) -> list[str]:
    return [table.index(row, Column.TITLE).data() for row in range(table.rowCount())]


def test_a_row_shows_what_is_known_of_a_track(shown: Show) -> None:
    model = shown(*TRACKS)
    tester = QAbstractItemModelTester(model)
    model.search("tide")

    row = [model.index(0, column).data() for column in Column]

    assert tester is not None
    assert row == ["Low Tide", "5 LU", "4:05", "0.30", "64", "\N{MINUS SIGN}20.0", "Yes"]


def test_a_tempo_that_does_not_exist_is_never_a_number(shown: Show) -> None:
    table = shown(track("drone", tempo_bpm=None))

    assert table.index(0, Column.TEMPO).data() == "free"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (track("a", vocal_probability=0.1), "Yes"),
        (track("a", vocal_probability=0.5), "Check"),
        (track("a", vocal_probability=None), "Check"),
        (track("a", vocal_probability=0.9), "Sings"),
        (track("a", vocal_probability=0.9, instrumental=True), "Yes"),
        (track("a", loudness_range_lu=9.0), "In part"),
        (track("a", loudness_range_lu=13.0), "Uneven"),
        (track("a", max_rise_lu_2s=9.0), "Sudden"),
        (track("a", duration_s=90.0), "Short"),
        (track("a", avoid=True), "Avoided"),
        (track("a", present=False), "Missing"),
    ],
)
def test_the_verdict_is_said_in_words(who: Track, words: str) -> None:
    assert verdict_text(who) == words


def test_each_verdict_has_a_shape_of_its_own() -> None:
    facts: list[dict[str, object]] = [
        {"instrumental": True},
        {"vocal_probability": 0.5},
        {"instrumental": False},
        {"avoid": True},
        {"present": False},
        {"loudness_range_lu": 9.0},
        {"loudness_range_lu": 13.0},
        {"max_rise_lu_2s": 9.0},
        {"duration_s": 90.0},
    ]

    shapes = {verdict_of(track("a", **fact)).icon for fact in facts}

    assert len(shapes) == len(facts)


def test_only_the_verdict_carries_a_mark(shown: Show) -> None:
    table = shown(*TRACKS)

    marked = [column for column in Column if table.index(0, column).data(MARK_ROLE)]

    assert marked == [Column.FIT]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ["Ash", "Cedar", "Low Tide"]),
        ("TIDE", ["Low Tide"]),
        ("mara low", ["Low Tide"]),
        ("piano", ["Ash"]),
        ("avoid", ["Cedar"]),
        ("mara piano", []),
    ],
)
def test_a_search_leaves_what_holds_every_word(shown: Show, text: str, left: list[str]) -> None:
    table = shown(*TRACKS)

    table.search(text)

    assert titles(table) == left


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (Column.TITLE, "Ash"),
        (Column.LENGTH, "Low Tide"),
        (Column.ENERGY, "Cedar"),
        (Column.TEMPO, "Cedar"),
        (Column.LOUDNESS, "Ash"),
        (Column.FIT, "Low Tide"),
    ],
)
def test_each_column_sorts_by_its_value(shown: Show, column: Column, first: str) -> None:
    table = shown(*TRACKS)

    table.sort(column, Qt.SortOrder.AscendingOrder)
    rising = titles(table)
    table.sort(column, Qt.SortOrder.DescendingOrder)

    assert rising[0] == first
    assert titles(table)[0] != first


def test_a_screen_reader_hears_title_and_artist(shown: Show) -> None:
    table = shown(TRACKS[0])

    said = [
        table.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in (Column.TITLE, Column.FIT)
    ]

    assert said == ["Low Tide by Mara", "Fits: Yes"]


def test_rows_are_found_by_id_as_far_as_they_are_shown(shown: Show) -> None:
    table = shown(*TRACKS)
    first_and_last = {1, 3}
    before = table.rows_of(first_and_last)

    table.search("tide")

    assert before == [0, 2]
    assert table.rows_of(first_and_last) == [0]


def test_lengths_are_minutes_and_seconds() -> None:
    assert [clock_text(seconds) for seconds in (0.0, 59.6, 3600.0)] == ["0:00", "1:00", "60:00"]


def test_a_search_that_is_not_understood_says_so_and_changes_nothing(shown: Show) -> None:
    table = shown(*TRACKS)
    said: list[str] = []
    table.refused.connect(said.append)
    table.search("tide")

    table.search("enrgy<0.5")
    kept = titles(table)
    table.search("energy<0.5")

    assert kept == ["Low Tide"]
    assert said == ["", "There is no number called enrgy; did you mean energy?", ""]


def test_a_large_library_is_read_a_page_at_a_time(shown: Show) -> None:
    table = shown(*(track(f"{number:04}") for number in range(3 * PAGE_ROWS * PAGES_KEPT // 2)))
    last = table.rowCount() - 1

    names = [table.index(row, Column.TITLE).data() for row in (0, last, 1, PAGE_ROWS)]
    everything = titles(table)

    assert names == ["0000", f"{last:04}", "0001", f"{PAGE_ROWS:04}"]
    assert everything == [f"{row:04}" for row in range(last + 1)]


def test_a_tooltip_tells_where_a_voice_may_be(shown: Show) -> None:
    table = shown(track("choir", voice_spans=((65.0, 80.0, 0.9),)))

    told = table.index(0, Column.TITLE).data(Qt.ItemDataRole.ToolTipRole)

    assert "A voice may be at 1:05-1:20" in told


def test_a_strip_is_read_behind_the_window_with_its_neighbors(shown: Show, qtbot: QtBot) -> None:
    model = shown(*TRACKS)

    with qtbot.waitSignal(model.dataChanged):
        at_once = model.curve(0)

    assert at_once == ()
    assert len(model.curve(0)) == len(model.curve(1)) > 0
    assert not model.is_reading
