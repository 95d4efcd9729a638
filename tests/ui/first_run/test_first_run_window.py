"""The first steps lead to the desk, whether they are taken or not."""

from functools import partial
from pathlib import Path

import pytest
from fakes.clinic import staff_a_clinic
from fakes.clock import FakeClock
from fakes.screens import click, controls, double_click, nameless, strike_key, themed
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.settings import read_settings
from ui.app import is_new
from ui.first_run.headphones_step import HeadphonesStep
from ui.first_run.language_step import LanguageStep
from ui.first_run.people_step import PeopleStep
from ui.first_run.window import FirstRunWindow

USB = Sink("alsa_output.usb", "USB Headphones")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> FirstRunWindow:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr("ui.desk.headphones_check.list_sinks", lambda: (USB,))
    themed()
    made = FirstRunWindow(folder, clock=FakeClock())
    qtbot.addWidget(made)
    made.show()
    return made


def test_all_steps_can_be_skipped_by_one_touch(
    qtbot: QtBot, window: FirstRunWindow, folder: DataFolder
) -> None:
    with qtbot.waitSignal(window.finished):
        click(window.skip_all)

    assert not is_new(folder)


def test_each_step_can_be_skipped_by_a_touch(
    qtbot: QtBot, window: FirstRunWindow, folder: DataFolder
) -> None:
    with qtbot.waitSignal(window.finished):
        for _step in window.steps:
            click(window.next)

    assert read_settings(folder.settings) == {"language": "en"}


def test_a_double_click_passes_over_no_step(window: FirstRunWindow) -> None:
    double_click(window.next)

    assert window.step is window.steps[1]


def test_one_can_go_back(window: FirstRunWindow) -> None:
    click(window.next)
    click(window.back)

    assert window.step is window.steps[0]
    assert not window.back.isEnabled()


def test_the_button_says_whether_a_step_is_skipped(window: FirstRunWindow) -> None:
    texts = []
    for _step in window.steps:
        texts.append(window.next.text())
        click(window.next)

    assert texts == ["Next", "Skip", "Skip", "Skip", "To the desk"]


def test_what_was_done_in_a_step_is_not_skipped(window: FirstRunWindow) -> None:
    click(window.next)
    window.step.act()

    assert window.next.text() == "Next"


def test_another_language_is_spoken_at_once(window: FirstRunWindow, folder: DataFolder) -> None:
    step = window.steps[0]
    assert isinstance(step, LanguageStep)
    click(step.look.language.buttons["de"])

    assert window.next.text() == "Weiter"
    assert window.step is window.steps[0]
    assert read_settings(folder.settings) == {"language": "de"}


def test_headphones_that_are_chosen_are_kept(
    qtbot: QtBot, window: FirstRunWindow, folder: DataFolder
) -> None:
    window.go_on()
    window.go_on()
    step = window.step
    assert isinstance(step, HeadphonesStep)
    qtbot.waitUntil(lambda: step.check.headphones.box.count() == 1)
    step.check.headphones.box.activated.emit(0)

    assert read_settings(folder.settings) == {
        "device": USB.name,
        "device_title": USB.title,
    }
    assert window.next.text() == "Next"


def is_told(step: PeopleStep, name: str) -> bool:
    return name in step.says.text()


def test_an_administrator_and_a_nurse_are_added(qtbot: QtBot, window: FirstRunWindow) -> None:
    for _step in range(3):
        window.go_on()
    step = window.step
    assert isinstance(step, PeopleStep)
    for name, pin in (("Ada", "716294"), ("Nora", "924713")):
        step.form.name.setText(name)
        step.form.pins.pin.setText(pin)
        step.form.pins.again.setText(pin)
        click(step.form.keep)
        qtbot.waitUntil(partial(is_told, step, name), timeout=20_000)

    assert step.says.text() == "May sign in: Ada (Administrator), Nora (Staff)."


def test_an_easy_pin_is_refused_in_words(qtbot: QtBot, window: FirstRunWindow) -> None:
    step = window.steps[3]
    assert isinstance(step, PeopleStep)
    step.form.name.setText("Ada")
    step.form.pins.pin.setText("123456")
    step.form.pins.again.setText("123456")
    step.form.keep.click()
    qtbot.waitUntil(lambda: bool(step.says.text()), timeout=20_000)

    assert step.says.text().startswith("That PIN is guessed first")
    assert not step.has_acted


def test_pins_that_differ_are_not_taken(window: FirstRunWindow) -> None:
    step = window.steps[3]
    assert isinstance(step, PeopleStep)
    step.form.name.setText("Ada")
    step.form.pins.pin.setText("716294")
    step.form.pins.again.setText("716295")

    assert not step.form.keep.isEnabled()
    assert step.form.pins.says.text() == "The two PINs differ."


def test_keys_alone_lead_through(qtbot: QtBot, window: FirstRunWindow) -> None:
    window.activateWindow()
    for _step in window.steps[1:]:
        window.next.setFocus(Qt.FocusReason.TabFocusReason)
        strike_key(window.next, Qt.Key.Key_Space)
    assert window.step is window.steps[-1]

    with qtbot.waitSignal(window.finished):
        strike_key(window.next, Qt.Key.Key_Space)


@pytest.mark.parametrize("place", range(5))
def test_every_control_is_large_and_has_a_name(window: FirstRunWindow, place: int) -> None:
    for _step in range(place):
        window.go_on()

    small = [w for w in controls(window) if min(w.width(), w.height()) < 52]
    assert (small, nameless(window)) == ([], [])


def test_where_somebody_has_a_pin_only_the_settings_add_people(
    qtbot: QtBot, window: FirstRunWindow, folder: DataFolder
) -> None:
    staff_a_clinic(folder.root)
    step = window.steps[3]
    assert isinstance(step, PeopleStep)
    step.enter()
    qtbot.waitUntil(lambda: bool(step.says.text()), timeout=20_000)

    assert step.says.text() == "Somebody has a PIN already; the settings add others."
    assert not step.form.isEnabled()


def test_what_was_done_stays_done_in_another_language(window: FirstRunWindow) -> None:
    window.steps[1].act()
    language = window.steps[0]
    assert isinstance(language, LanguageStep)

    language.look.spoken.emit()
    click(window.next)

    assert window.next.text() == "Next"


def test_how_the_music_stands_is_said_in_the_language_of_now(
    qtbot: QtBot, window: FirstRunWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "music"
    empty.mkdir()
    window.collecting.add(empty)
    english = window.collecting.words
    monkeypatch.setattr("ui.first_run.collecting._", lambda text: f"[{text}]")

    assert window.collecting.words == f"[{english}]"
    qtbot.waitUntil(lambda: not window.collecting.is_busy)


def test_an_administrator_alone_is_told_that_somebody_has_to_begin_sessions(
    qtbot: QtBot, window: FirstRunWindow
) -> None:
    people = window.steps[3]
    assert isinstance(people, PeopleStep)
    people.form.wished.emit("Ada", "admin", "924713")
    qtbot.waitUntil(lambda: "an administrator begins no session" in people.says.text())

    people.form.wished.emit("Nora", "staff", "583026")
    qtbot.waitUntil(lambda: "Nora" in people.says.text())
    assert "administrator begins" not in people.says.text()
