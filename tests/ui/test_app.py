"""Each role has its window, and a machine without a display is told so."""

import argparse
import inspect
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.screens import themed
from PyQt6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from soundscape.errors import SessionError
from soundscape.folders import DataFolder
from soundscape.settings import write_settings
from ui.app import DOOR, WINDOWS, _catcher, _make, keep_look, main
from ui.commands.main import ROLES
from ui.kiosk.keeping import KEPT
from ui.program import words_for

ENDS_WITHIN_S = 30.0
"""Only so that a failure ends; how fast it is is no matter here."""


def test_every_role_has_a_window() -> None:
    assert set(WINDOWS) == {*ROLES, DOOR}


@pytest.mark.parametrize("role", ROLES)
def test_every_window_is_made_from_the_data_folder_alone(role: str) -> None:
    parameters = list(inspect.signature(_make(role)).parameters.values())
    needed = [p.name for p in parameters if p.default is inspect.Parameter.empty]

    assert needed == ["folder"]


@pytest.mark.usefixtures("qapp")
def test_without_a_display_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    assert main(argparse.Namespace(role="desk", data_dir=None)) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("role", ["desk", "builder", "presets", "kiosk"])
def test_an_interrupt_in_the_terminal_ends_a_window_cleanly(role: str, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    write_settings(folder.settings, {"text_percent": 100})
    window = subprocess.Popen(
        words_for(folder, "--role", role, KEPT),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with window:
        assert window.stdout is not None
        assert window.stdout.read(1) == b"."  # it runs, and listens
        window.send_signal(signal.SIGINT)
        _beats, said = window.communicate(timeout=ENDS_WITHIN_S)

    assert window.returncode == 0
    assert b"Traceback" not in said
    assert b"KeyboardInterrupt" not in said


class Speaker(QMainWindow):
    """A window that can say something."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say_trouble(self, sentence: str) -> None:
        """Remember a sentence."""
        self.said.append(sentence)


def test_what_nobody_foresaw_is_one_sentence_in_the_window(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    window = Speaker()
    qtbot.addWidget(window)
    error = SessionError("x")
    _catcher(window)(SessionError, error, None)

    assert window.said == ["Something in this window went wrong. The session is not affected."]
    assert "unexpected" in caplog.text


def test_a_window_follows_the_look_that_another_one_chooses(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    themed()
    folder = DataFolder(tmp_path)
    keep_look(qapp, folder)

    write_settings(folder.settings, {"text_percent": 150})

    qtbot.waitUntil(lambda: QApplication.font().pixelSize() == 27)
    themed()
