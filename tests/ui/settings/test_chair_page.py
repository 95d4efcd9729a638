"""The chair's headphones are chosen on its page as on the desk."""

import pytest
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from soundscape.settings import read_settings
from ui.settings.chair_page import ChairPage

from .conftest import USB, OpenSettings


def test_headphones_are_kept(
    qtbot: QtBot, open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = open_settings("chair").page_of("chair")
    assert isinstance(page, ChairPage)
    qtbot.waitUntil(lambda: page.check.headphones.box.count() == 1)
    page.check.headphones.box.activated.emit(0)

    assert read_settings(folder.settings) == {"device": USB.name, "device_title": USB.title}


def test_the_first_steps_are_opened_again_on_the_same_data(
    open_settings: OpenSettings, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(
        "ui.settings.chair_page.QProcess.startDetached",
        lambda _program, words: asked.append(words),
    )
    page = open_settings("chair").page_of("chair")
    assert isinstance(page, ChairPage)
    page.again.click()

    assert asked[0][-4:] == ["--data-dir", str(folder.root), "--role", "first-run"]
