"""A booth in which every screen is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.matrix import Booth
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


@pytest.fixture
def booth(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Booth]:
    """Yield a booth; each screen gets a data folder of its own."""
    yield Booth(qtbot, monkeypatch, tmp_path)
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
