"""A window of settings that is shown, on a page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.screens import themed
from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from ui.settings.window import SettingsWindow

USB = Sink("alsa_output.usb", "USB Headphones")

OpenSettings = Callable[[str], SettingsWindow]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a chair on which nothing was chosen."""
    return DataFolder(tmp_path)


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still until it is told."""
    return FakeClock(900.0)


@pytest.fixture(autouse=True)
def _in_english_with_one_pair(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    assert qapp is not None
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr("ui.desk.headphones_check.list_sinks", lambda: (USB,))
    themed()
    yield
    # Windows of before would be laid out again with each change of the text's size.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def open_settings(qtbot: QtBot, folder: DataFolder, clock: FakeClock) -> OpenSettings:
    """Return what opens the settings on a page, where nobody has a PIN yet."""

    def show(page: str) -> SettingsWindow:
        window = SettingsWindow(folder, clock=clock)
        qtbot.addWidget(window)
        window.show()
        window.open_page(page)
        return window

    return show
