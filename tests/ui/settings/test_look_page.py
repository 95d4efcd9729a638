"""What is chosen of the look is kept and seen at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.screens import click, themed
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from soundscape.settings import read_settings, write_settings
from ui.settings.look_page import LookPage
from ui.settings.window import SettingsWindow
from ui.theme import Look, read_look


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def window(
    qtbot: QtBot, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SettingsWindow]:
    monkeypatch.setenv("LANGUAGE", "en")
    themed()
    made = SettingsWindow(folder, clock=FakeClock())
    qtbot.addWidget(made)
    made.open_page("look")
    made.show()
    yield made
    themed()


def look_page(window: SettingsWindow) -> LookPage:
    page = window.page_of("look")
    assert isinstance(page, LookPage)
    return page


def test_the_text_grows_at_once_and_stays_so(window: SettingsWindow, folder: DataFolder) -> None:
    click(look_page(window).look.text.buttons["150"])

    assert QApplication.font().pixelSize() == 27
    assert read_look(folder.settings) == Look(text_percent=150)


def test_another_language_is_spoken_at_once(window: SettingsWindow, folder: DataFolder) -> None:
    click(look_page(window).look.language.buttons["de"])

    assert window.windowTitle() == "Einstellungen"
    assert look_page(window).look.language.value() == "de"
    assert read_settings(folder.settings) == {"language": "de"}


def test_ticks_and_the_glow_are_kept(window: SettingsWindow, folder: DataFolder) -> None:
    page = look_page(window)
    for tick in (page.look.easy, page.still, page.glow.buttons["moss"]):
        click(tick)

    assert read_settings(folder.settings) == {
        "easy_reading": True,
        "reduced_motion": True,
        "kiosk_glow": "moss",
    }


def test_what_was_chosen_before_is_ticked(qtbot: QtBot, folder: DataFolder) -> None:
    write_settings(folder.settings, {"text_percent": 125, "kiosk_glow": "ember"})
    window = SettingsWindow(folder, clock=FakeClock())
    qtbot.addWidget(window)
    window.open_page("look")

    page = look_page(window)
    assert (page.look.text.value(), page.glow.value()) == ("125", "ember")
