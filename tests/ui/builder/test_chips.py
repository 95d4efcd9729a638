"""Chips write into the search line, and searches are kept under a name."""

from pathlib import Path

import pytest
from fakes.screens import themed
from pytestqt.qtbot import QtBot

from playlists.library.query import State
from soundscape.folders import DataFolder
from ui.builder.chips import ChipRow, toggled
from ui.builder.search_dialog import SearchDialog
from ui.builder.shelves import Shelves


@pytest.fixture
def chips(qtbot: QtBot) -> ChipRow:
    themed()
    made = ChipRow()
    qtbot.addWidget(made)
    made.asked.connect(made.show_text)
    made.show()
    return made


def test_a_term_is_put_in_and_taken_out_and_words_in_quotes_are_left_alone() -> None:
    text = 'tide "a missing b"'

    assert toggled(text, "missing") == 'tide "a missing b" missing'
    assert toggled(toggled(text, "missing"), "missing") == text


def test_filters_light_up_for_what_is_searched(chips: ChipRow) -> None:
    chips.filters[State.BEATLESS].click()
    chips.filters[State.MISSING].click()

    lit = [term for term, button in chips.filters.items() if button.isChecked()]
    assert lit == [State.BEATLESS, State.MISSING]


def test_a_saved_search_is_searched_lit_and_offered_to_be_changed(chips: ChipRow) -> None:
    chips.show_saved({"Slow": "bpm<60 harp"})

    chips.saved["Slow"].click()

    assert chips.shown_name() == "Slow"
    assert chips.saved["Slow"].isChecked()
    assert chips.keep.text() == "Change search…"


def test_nothing_can_be_saved_while_nothing_is_searched(chips: ChipRow) -> None:
    enabled = not chips.keep.isHidden()
    chips.show_text("harp")

    assert not enabled
    assert not chips.keep.isHidden()


def test_what_was_picked_on_the_map_has_a_chip_that_lets_go(chips: ChipRow, qtbot: QtBot) -> None:
    chips.show_picked(7)
    shown = chips.picked.isVisible(), chips.picked.text()

    with qtbot.waitSignal(chips.unpicked):
        chips.picked.click()

    assert shown == (True, "7 picked")


def test_a_search_is_renamed_and_removed_and_both_can_be_undone(tmp_path: Path) -> None:
    shelves = Shelves(DataFolder(tmp_path))
    shelves.keep_search("Slow", "bpm<60")

    renamed = shelves.keep_search("Slower", "bpm<50", before="Slow")
    left = shelves.forget_search("Slower")

    assert renamed == {"Slower": "bpm<50"}
    assert left == {}


def test_the_dialog_says_what_is_to_be_done(qtbot: QtBot, chips: ChipRow) -> None:
    dialog = SearchDialog("Slow", "bpm<60", chips)
    said: list[tuple[str, str]] = []
    removed: list[str] = []
    dialog.kept.connect(lambda name, query: said.append((name, query)))
    dialog.removed.connect(removed.append)
    qtbot.addWidget(dialog)

    dialog.name.setText("  ")
    empty = dialog.keep.isEnabled()
    dialog.name.setText("Slower ")
    dialog.keep.click()
    dialog.remove.click()

    assert not empty
    assert (said, removed) == ([("Slower", "bpm<60")], ["Slow"])
