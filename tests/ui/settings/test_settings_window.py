"""The settings show one page for each matter, and can be reached by keys alone."""

from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.screens import click, controls, nameless, resize, themed
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from ui.settings.pages import PAGES, title_of
from ui.settings.window import SettingsWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> SettingsWindow:
    themed()
    made = SettingsWindow(DataFolder(tmp_path), clock=FakeClock())
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_page_has_a_title_and_opens_by_one_touch(window: SettingsWindow) -> None:
    resize(window, 1280, 800)
    for name, _factory in PAGES:
        click(window.buttons[name])

        assert window.page_of(name).isVisible()
        assert window.buttons[name].text() == title_of(name)


def test_where_it_is_narrow_the_pages_fold_into_one_line(window: SettingsWindow) -> None:
    resize(window, 800, 1280)

    assert window.box.isVisible()
    assert not any(button.isVisible() for button in window.buttons.values())


@pytest.mark.parametrize("name", [name for name, _factory in PAGES])
def test_every_control_is_large_and_has_a_name(window: SettingsWindow, name: str) -> None:
    resize(window, 1280, 800)
    window.open_page(name)

    small = [w for w in controls(window) if min(w.width(), w.height()) < 52]
    assert (small, nameless(window)) == ([], [])
