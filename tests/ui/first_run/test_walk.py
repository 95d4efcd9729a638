"""From a chair on which nothing was ever chosen to the desk, with every step and with none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.screens import click, themed
from fakes.sounds import pads, write
from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from playlists.library.repository import Library
from playlists.library.watch import watched
from soundscape.clinic.roles import Role
from soundscape.clinic.service import Clinic
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.room.calibration import read_room
from soundscape.settings import read_settings
from ui.app import DESK, FIRST_RUN, first_windows, is_new
from ui.desk.window import DeskWindow
from ui.first_run.demo_step import DemoStep
from ui.first_run.headphones_step import HeadphonesStep
from ui.first_run.language_step import LanguageStep
from ui.first_run.music_step import MusicStep
from ui.first_run.people_step import PeopleStep
from ui.first_run.window import FirstRunWindow

PATIENCE_MS = 60_000
USB = Sink("alsa_output.usb", "USB Headphones")
PIN = "716294"


@pytest.fixture
def folder(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """Return a new chair on a machine with one pair of headphones and no sound server."""
    assert qtbot is not None
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    for module in ("ui.desk.headphones_check", "ui.desk.chair"):
        monkeypatch.setattr(f"{module}.list_sinks", lambda: (USB,))
    themed()
    yield DataFolder(tmp_path / "chair")
    themed()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def windows(folder: DataFolder) -> Iterator[list[QMainWindow]]:
    """Return what is open after the program was started."""
    opened = first_windows(DESK, folder)
    yield opened
    for window in opened:
        window.close()
        window.deleteLater()


def first_run(windows: list[QMainWindow]) -> FirstRunWindow:
    assert isinstance(windows[0], FirstRunWindow)
    return windows[0]


def test_with_all_steps_skipped_the_desk_shows(
    windows: list[QMainWindow], folder: DataFolder
) -> None:
    click(first_run(windows).skip_all)

    assert isinstance(windows[-1], DeskWindow)
    assert windows[-1].isVisible()
    assert not windows[0].isVisible()
    assert not is_new(folder)


def test_with_each_step_skipped_the_desk_shows(windows: list[QMainWindow]) -> None:
    for _step in range(5):
        click(first_run(windows).next)

    assert isinstance(windows[-1], DeskWindow)
    assert windows[-1].isVisible()


def test_steps_that_were_broken_off_are_offered_again(
    windows: list[QMainWindow], folder: DataFolder
) -> None:
    choose_language(first_run(windows))
    windows[0].close()  # or the power went

    assert is_new(folder)


def choose_language(window: FirstRunWindow) -> None:
    step = window.step
    assert isinstance(step, LanguageStep)
    click(step.look.text.buttons["125"])
    click(window.next)


def add_music(window: FirstRunWindow, music: Path) -> None:
    write(music / "pads.wav", pads(30.0))
    step = window.step
    assert isinstance(step, MusicStep)
    step.take(music)
    click(window.next)  # it is looked through behind the steps


def choose_headphones(qtbot: QtBot, window: FirstRunWindow) -> None:
    step = window.step
    assert isinstance(step, HeadphonesStep)
    qtbot.waitUntil(lambda: step.check.headphones.box.count() == 1)
    step.check.headphones.box.activated.emit(0)
    click(step.check.sides.play)
    qtbot.waitUntil(step.check.sides.isVisible, timeout=PATIENCE_MS)
    qtbot.waitUntil(step.model.isEnabled, timeout=PATIENCE_MS)
    step.model.setCurrentIndex(1)
    step.model.activated.emit(1)
    qtbot.waitUntil(lambda: "an estimate" in step.level.text(), timeout=PATIENCE_MS)
    click(window.next)


def add_somebody(qtbot: QtBot, window: FirstRunWindow) -> None:
    step = window.step
    assert isinstance(step, PeopleStep)
    step.form.name.setText("Ada")
    step.form.pins.pin.setText(PIN)
    step.form.pins.again.setText(PIN)
    click(step.form.keep)
    qtbot.waitUntil(lambda: "Ada" in step.says.text(), timeout=PATIENCE_MS)
    click(window.next)


def see_demo(qtbot: QtBot, window: FirstRunWindow) -> None:
    step = window.step
    assert isinstance(step, DemoStep)
    click(step.begin)
    qtbot.waitUntil(lambda: step.has_acted, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "is over" in step.says.text(), timeout=PATIENCE_MS)


def test_with_every_step_taken_the_desk_shows_what_was_chosen(
    qtbot: QtBot,
    windows: list[QMainWindow],
    folder: DataFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    demos: list[str] = []
    tones: list[str] = []
    monkeypatch.setattr(
        "soundscape.session.sides.play_sides", lambda _folder, name, _clock: tones.append(name)
    )
    monkeypatch.setattr(
        "ui.first_run.demo.begin_demo", lambda _folder, device, *_: demos.append(device)
    )
    music = tmp_path / "music"
    music.mkdir()
    steps = first_run(windows)
    choose_language(steps)
    add_music(steps, music)
    choose_headphones(qtbot, steps)
    add_somebody(qtbot, steps)
    see_demo(qtbot, steps)
    click(steps.next)
    desk = windows[-1]
    assert isinstance(desk, DeskWindow)
    qtbot.waitUntil(
        lambda: desk.start.facts.music.text() == "1 track in the library", timeout=PATIENCE_MS
    )

    assert (tones, demos) == ([USB.name], [USB.name])
    assert read_settings(folder.settings) == {
        "text_percent": 125, "device": USB.name, "device_title": USB.title, "language": "en",
    }  # fmt: skip
    assert USB.name in read_room(folder.room).headphones
    with Library.open(folder.library) as library:
        assert watched(library) == [music]
    with Clinic.open(folder, FakeClock()) as clinic:
        assert clinic.people.sign_in("Ada", PIN).role is Role.ADMIN


def test_a_chair_that_has_run_a_session_never_begins_anew(folder: DataFolder) -> None:
    folder.sessions.mkdir(parents=True)

    assert not is_new(folder)


def test_the_steps_that_are_opened_again_lead_nowhere(folder: DataFolder) -> None:
    opened = first_windows(FIRST_RUN, folder)
    click(first_run(opened).skip_all)

    assert len(opened) == 1
    assert not opened[0].isVisible()
