"""The builder's dialogs, each filled in."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from fakes.gallery.stage import Screen, Stage
from PyQt6.QtWidgets import QDialog, QWidget

from ui.builder.measures import MeasuresDialog
from ui.builder.preset_dialog import Music, PresetDialog
from ui.builder.search_dialog import SearchDialog
from ui.builder.shelves import PresetVersion
from ui.builder.versions_dialog import VersionsDialog

NAME, QUERY, TITLE, NURSE = "Slow strings", "bpm<60 energy<0.3", "Low Tide", "Nora"
GIVEN = frozenset({NAME, QUERY, TITLE, NURSE})
NOW = PresetVersion(
    2, NURSE, "2026-03-10T09:14:00+00:00", f"Saved the preset {TITLE}", is_now=True, is_gone=False
)
BEFORE = replace(NOW, number=1, who="", is_now=False, is_gone=True)


D = TypeVar("D", bound=QDialog)


def over_a_window(make: Callable[[QWidget], D]) -> D:
    """Return a dialog of a window that lives as long as it does."""
    window = QWidget()
    made = make(window)
    made.destroyed.connect(lambda: window.deleteLater())  # noqa: PLW0108 - it keeps the window
    return made


def measures(_stage: Stage) -> QDialog:
    """Return what each measure means."""
    return MeasuresDialog()


def search(_stage: Stage) -> QDialog:
    """Return a search that has a name already."""
    return over_a_window(lambda window: SearchDialog(NAME, QUERY, window))


def preset(stage: Stage) -> QDialog:
    """Return a preset that has no line yet."""
    music = Music(QUERY, has_plan=True)
    made = over_a_window(lambda window: PresetDialog(stage.folder, "gentle", music, parent=window))
    made.title.setText(TITLE)
    return made


def versions(_stage: Stage) -> QDialog:
    """Return a preset that was saved twice."""
    made = over_a_window(VersionsDialog)
    made.show_presets({"low-tide": TITLE})
    made.show_versions((NOW, BEFORE))
    return made


def no_versions(_stage: Stage) -> QDialog:
    """Return the versions where there is no preset of one's own."""
    made = over_a_window(VersionsDialog)
    made.show_presets({})
    return made


SCREENS = (
    Screen("measures", measures, given=GIVEN),
    Screen("search", search, given=GIVEN),
    Screen("preset", preset, given=GIVEN),
    Screen("versions", versions, given=GIVEN),
    Screen("versions, none", no_versions, given=GIVEN),
)
