"""Who left a preset how and when is shown, and an older one can be had again."""

from pathlib import Path

import pytest
from fakes.screens import nameless, themed
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playlists.presets import load_presets
from soundscape.folders import DataFolder
from ui.builder.shelves import Shelves
from ui.builder.versions_dialog import VersionsDialog
from ui.builder.wishes import PresetWish


@pytest.fixture
def shelves(tmp_path: Path) -> Shelves:
    made = Shelves(DataFolder(tmp_path))
    for line in ("First.", "Second."):
        made.keep_preset(PresetWish("Low Tide", line, "gentle", "", from_plan=False), ())
    return made


def test_the_newest_comes_first_and_is_the_one_in_use(shelves: Shelves) -> None:
    versions = shelves.versions("low-tide")

    assert shelves.own_presets() == {"low-tide": "Low Tide"}
    assert [one.is_now for one in versions] == [True, False]
    assert all(one.who and one.wall_time for one in versions)


def test_an_older_version_is_had_again(shelves: Shelves, tmp_path: Path) -> None:
    shelves.restore("low-tide", shelves.versions("low-tide")[-1].number)

    assert load_presets(DataFolder(tmp_path))["low-tide"].line == "First."
    assert len(shelves.versions("low-tide")) == 3


def test_only_what_is_not_in_use_can_be_chosen(qtbot: QtBot, shelves: Shelves) -> None:
    themed()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = VersionsDialog(parent)
    wanted: list[tuple[str, int]] = []
    dialog.wanted.connect(lambda name, number: wanted.append((name, number)))

    dialog.show_presets(shelves.own_presets())
    dialog.show_versions(shelves.versions("low-tide"))
    began = dialog.open_it.isEnabled()
    dialog.list.setCurrentRow(1)
    dialog.open_it.click()

    newest = dialog.list.item(0)
    assert newest is not None
    assert newest.text().endswith("in use now")
    assert not newest.flags() & Qt.ItemFlag.ItemIsEnabled
    assert not began
    assert wanted == [("low-tide", shelves.versions("low-tide")[1].number)]
    assert nameless(dialog) == []
