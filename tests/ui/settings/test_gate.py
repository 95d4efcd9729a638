"""Where the clinic has people, the settings open by a name and a PIN, and wrong ones pause."""

import itertools

import pytest
from fakes.clinic import NAMES, PINS, staff_a_clinic
from fakes.clock import FakeClock
from fakes.screens import click, nameless, strike_key
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from soundscape.clinic.roles import Role
from soundscape.folders import DataFolder
from ui.settings.page import SettingsPage
from ui.settings.window import SettingsWindow

PATIENCE_MS = 20_000


@pytest.fixture
def window(qtbot: QtBot, folder: DataFolder, clock: FakeClock) -> SettingsWindow:
    """Return the settings of a clinic with a nurse, a therapist and an administrator."""
    staff_a_clinic(folder.root)
    made = SettingsWindow(folder, clock=clock)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.gate is not None, timeout=PATIENCE_MS)
    return made


def enter(window: SettingsWindow, name: str, pin: str) -> None:
    assert window.gate is not None
    assert window.gate.names is not None
    click(window.gate.names.buttons[name])
    for key in (*pin, ">"):
        click(window.gate.keys.keys[key])


def test_no_page_is_shown_before_a_pin(window: SettingsWindow) -> None:
    assert not window.is_open
    assert nameless(window) == []


def test_an_administrators_pin_opens_every_page(qtbot: QtBot, window: SettingsWindow) -> None:
    enter(window, NAMES[Role.ADMIN], PINS[Role.ADMIN])
    qtbot.waitUntil(lambda: window.is_open, timeout=PATIENCE_MS)
    window.open_page("staff")
    page = window.page_of("staff")
    assert isinstance(page, SettingsPage)

    assert not page.says.isVisible()


def test_a_nurse_sees_that_a_page_is_for_administrators(
    qtbot: QtBot, window: SettingsWindow
) -> None:
    enter(window, NAMES[Role.STAFF], PINS[Role.STAFF])
    qtbot.waitUntil(lambda: window.is_open, timeout=PATIENCE_MS)
    window.open_page("staff")
    page = window.page_of("staff")
    assert isinstance(page, SettingsPage)

    assert page.says.text() == "This page is for administrators."


def test_wrong_pins_pause_and_then_even_the_right_one_waits(
    qtbot: QtBot, window: SettingsWindow, clock: FakeClock
) -> None:
    gate = window.gate
    assert gate is not None
    for _try in range(5):
        with qtbot.waitSignal(window.entrance.denied, timeout=PATIENCE_MS):
            enter(window, NAMES[Role.ADMIN], "830417")
    with qtbot.waitSignal(window.entrance.denied, timeout=PATIENCE_MS):
        enter(window, NAMES[Role.ADMIN], PINS[Role.ADMIN])
    waits = gate.keys.title.text()
    clock.advance(61.0)
    enter(window, NAMES[Role.ADMIN], PINS[Role.ADMIN])
    qtbot.waitUntil(lambda: window.is_open, timeout=PATIENCE_MS)

    assert waits.startswith("Too many wrong PINs; wait 30 s")


def test_settings_that_are_left_alone_ask_again(qtbot: QtBot, window: SettingsWindow) -> None:
    enter(window, NAMES[Role.ADMIN], PINS[Role.ADMIN])
    qtbot.waitUntil(lambda: window.is_open, timeout=PATIENCE_MS)

    window.lock()

    assert not window.is_open
    qtbot.waitUntil(lambda: window.gate is not None, timeout=PATIENCE_MS)


def test_leaving_at_the_gate_closes_the_window(window: SettingsWindow) -> None:
    assert window.gate is not None
    click(window.gate.keys.keys["<"])

    assert not window.isVisible()


def test_a_keyboard_opens_as_the_keys_do(qtbot: QtBot, window: SettingsWindow) -> None:
    gate = window.gate
    assert gate is not None
    assert gate.names is not None
    name = gate.names.buttons[NAMES[Role.ADMIN]]
    name.setFocus(Qt.FocusReason.TabFocusReason)
    strike_key(name, Qt.Key.Key_Space)
    for digit in PINS[Role.ADMIN]:
        strike_key(gate, Qt.Key(ord(digit)))
    strike_key(gate, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: window.is_open, timeout=PATIENCE_MS)


def test_keys_alone_lead_from_page_to_page(qtbot: QtBot, window: SettingsWindow) -> None:
    enter(window, NAMES[Role.ADMIN], PINS[Role.ADMIN])
    qtbot.waitUntil(lambda: window.is_open, timeout=PATIENCE_MS)
    qtbot.waitUntil(window.pages.isVisible)
    names = list(window.buttons)
    window.buttons[names[0]].setFocus(Qt.FocusReason.TabFocusReason)
    for before, after in itertools.pairwise(names):
        strike_key(window.buttons[before], Qt.Key.Key_Down)

        assert window.page_of(after).isVisible()
