"""A booth in which every screen is shown."""

from pathlib import Path

import pytest
from fakes.matrix import Booth
from pytestqt.qtbot import QtBot


@pytest.fixture
def booth(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Booth:
    """Return a booth; each screen gets a data folder of its own."""
    return Booth(qtbot, monkeypatch, tmp_path)
