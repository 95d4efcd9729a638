"""Saving a preset from the builder, and taking acts back by keys and buttons."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.previews import NotingPreview
from fakes.screens import nameless, themed
from fakes.tracks import library
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playlists.library.repository import Library
from playlists.presets import load_presets
from soundscape.folders import DataFolder
from ui.builder.preset_dialog import Music, PresetDialog
from ui.builder.window import BuilderWindow
from ui.builder.wishes import PresetWish
from ui.builder.workshop import Workshop

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    with Library.open(folder.library) as known:
        known.save(*library(6))
    return folder


@pytest.fixture
def window(qtbot: QtBot, folder: DataFolder) -> Iterator[BuilderWindow]:
    themed()
    window = BuilderWindow(folder, workshop=Workshop(folder), player=NotingPreview())
    window.show()
    qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
    yield window
    qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
    window.close()
    window.deleteLater()


def avoided(folder: DataFolder) -> int:
    """Return how many tracks are to be avoided."""
    with Library.open(folder.library) as known:
        return sum(track.rating.avoid for track in known.tracks())


def test_a_rating_is_taken_back_and_given_again_by_keys(
    window: BuilderWindow, folder: DataFolder, qtbot: QtBot
) -> None:
    window.library.table.selectRow(0)
    window.library.avoid.click()
    qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
    counts = [avoided(folder)]

    for modifiers in (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    ):
        QTest.keyClick(window, Qt.Key.Key_Z, modifiers)  # type: ignore[call-overload]
        qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
        counts.append(avoided(folder))

    # else the application believes that the modifiers are still held down
    QTest.keyClick(window, Qt.Key.Key_Shift)  # type: ignore[call-overload]
    assert counts == [1, 0, 1]
    assert window.library.notice.text() == "Done again: Rated a track"


def test_a_preset_is_saved_offered_and_taken_back_by_a_button(
    window: BuilderWindow, folder: DataFolder, qtbot: QtBot
) -> None:
    wish = PresetWish("Low Tide", "Sea sounds.", "gentle", "energy<0.5", from_plan=False)

    window.plans.save_preset(wish)
    qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
    offered = window.plan.form.preset.findData("low-tide")
    saved = load_presets(folder)["low-tide"]
    window.library.undo.click()
    qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)

    assert offered > 0
    assert (saved.line, saved.search) == ("Sea sounds.", "energy<0.5")
    assert "low-tide" not in load_presets(folder)
    assert window.plan.form.preset.findData("low-tide") == -1


def test_a_dialog_asks_for_words_and_offers_what_the_builder_shows(
    qtbot: QtBot, folder: DataFolder
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PresetDialog(folder, "gentle", Music("tide energy<0.5"), parent=parent)
    wished: list[PresetWish] = []
    dialog.wished.connect(wished.append)
    began_enabled = dialog.keep.isEnabled()

    dialog.title.setText("Low Tide")
    dialog.line.setText("Sea sounds.")
    dialog.keep.click()

    assert not began_enabled
    assert not nameless(dialog)
    assert wished == [
        PresetWish("Low Tide", "Sea sounds.", "gentle", "tide energy<0.5", from_plan=False)
    ]


def test_a_shipped_presets_name_is_refused_while_it_is_typed(
    qtbot: QtBot, folder: DataFolder
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PresetDialog(folder, "gentle", Music(), parent=parent)

    dialog.title.setText("Still Water")
    dialog.line.setText("Mine.")

    assert not dialog.keep.isEnabled()
    assert "choose another name" in dialog.refusal.text()
