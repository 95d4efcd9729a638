"""The therapist's word is asked for, and only what was changed goes into the ratings."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.previews import NotingPreview
from fakes.screens import nameless, themed
from fakes.tracks import track
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playlists.library.ratings import Said
from playlists.library.repository import Library
from playlists.models import Rating, Track
from soundscape.folders import DataFolder
from ui.builder.rating_dialog import RatingDialog
from ui.builder.window import BuilderWindow
from ui.builder.workshop import Workshop


def rated(rating: Rating) -> Track:
    """Return a track of which somebody said something."""
    return replace(track("a"), rating=rating)


@pytest.fixture
def above(qtbot: QtBot) -> QWidget:
    """Return a window that a dialog may stand above."""
    themed()
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def asked(above: QWidget) -> RatingDialog:
    """Return the dialog on a track of which nobody has said anything."""
    dialog = RatingDialog([track("a", energy=0.28)], 1, above)
    dialog.show()
    return dialog


def test_nothing_is_said_until_something_is_touched(asked: RatingDialog) -> None:
    assert asked.change() == Said()
    assert not asked.energy.isEnabled()
    assert asked.energy.value() == 28
    assert nameless(asked) == []


def test_what_was_changed_is_said_and_no_more(asked: RatingDialog) -> None:
    told: list[Said] = []
    asked.said.connect(told.append)
    asked.measured.click()
    asked.energy.set_value(35)
    asked.voice.setCurrentIndex(1)
    asked.tags.setText("harp, , mood:calm")
    asked.familiar.click()

    asked.keep.click()

    assert told == [
        Said(instrumental=True, energy=0.35, familiar=True, tags=frozenset({"harp", "mood:calm"}))
    ]
    assert not asked.isVisible()


def test_a_word_can_be_taken_back(above: QWidget) -> None:
    rating = Rating(instrumental=True, energy=0.3, tags=frozenset({"harp", "sea"}), licence="CC0")
    dialog = RatingDialog([rated(rating)], 1, above)

    dialog.measured.click()
    dialog.voice.setCurrentIndex(0)
    dialog.tags.setText("sea")
    dialog.licence.setText("")

    assert dialog.change().applied(rating) == Rating(tags=frozenset({"sea"}))


def test_what_tracks_differ_in_stays_as_it_is(above: QWidget) -> None:
    one, other = Rating(avoid=True, licence="CC0"), Rating(energy=0.2, tags=frozenset({"sea"}))
    dialog = RatingDialog([rated(one), rated(other)], 2, above)
    shown = (dialog.avoid.isChecked(), dialog.measured.isChecked(), dialog.licence.text())

    dialog.source.setText("Our own")
    change = dialog.change()

    assert shown == (False, True, "")
    assert change == Said(source="Our own")
    assert change.applied(other).energy == 0.2


def test_a_word_given_in_the_builder_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    themed()
    folder = DataFolder(tmp_path)
    with Library.open(folder.library) as library:
        library.save(track("a"))
    window = BuilderWindow(folder, workshop=Workshop(folder), player=NotingPreview())
    window.show()
    qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
    window.library.table.selectRow(0)

    window.library.rate.click()
    (dialog,) = window.findChildren(RatingDialog)
    dialog.tags.setText("harp")
    dialog.keep.click()
    qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)

    with Library.open(folder.library) as library:
        (kept,) = library.tracks()
    window.close()
    window.deleteLater()
    assert kept.rating.tags == {"harp"}
