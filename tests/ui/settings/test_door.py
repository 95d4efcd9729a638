"""Where the clinic has people, the builder opens to a therapist's PIN and to no other."""

from collections.abc import Iterator

import pytest
from fakes.clinic import NAMES, PINS, staff_a_clinic
from fakes.clock import FakeClock
from fakes.screens import click
from PyQt6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from soundscape.clinic.roles import Role
from soundscape.folders import DataFolder
from ui.app import BUILDER, first_windows
from ui.builder.window import BuilderWindow
from ui.settings.door import DoorWindow

PATIENCE_MS = 20_000


@pytest.fixture
def staffed(folder: DataFolder) -> DataFolder:
    """Return a clinic with a nurse, a therapist and an administrator."""
    staff_a_clinic(folder.root)
    return folder


@pytest.fixture
def door(qtbot: QtBot, staffed: DataFolder, clock: FakeClock) -> DoorWindow:
    made = DoorWindow(staffed, clock=clock)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.gate is not None, timeout=PATIENCE_MS)
    return made


@pytest.fixture
def opened(folder: DataFolder) -> Iterator[list[QMainWindow]]:
    """Yield the windows of the builder's role."""
    windows = first_windows(BUILDER, folder)
    yield windows
    for window in windows:
        window.close()


def enter(door: DoorWindow, role: Role) -> None:
    assert door.gate is not None
    assert door.gate.names is not None
    click(door.gate.names.buttons[NAMES[role]])
    for key in (*PINS[role], ">"):
        click(door.gate.keys.keys[key])


def test_a_therapists_pin_opens_it(qtbot: QtBot, door: DoorWindow) -> None:
    with qtbot.waitSignal(door.finished, timeout=PATIENCE_MS):
        enter(door, Role.THERAPIST)


@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMIN])
def test_others_are_told_whom_to_ask(qtbot: QtBot, door: DoorWindow, role: Role) -> None:
    with (
        qtbot.assertNotEmitted(door.finished),
        qtbot.waitSignal(door.entrance.denied, timeout=PATIENCE_MS) as said,
    ):
        enter(door, role)

    assert said.args == ["Therapists build playlists; ask one to sign in."]
    assert door.gate is not None
    assert door.gate.isVisible()


@pytest.mark.usefixtures("staffed")
def test_a_clinic_with_people_sees_the_door_first(opened: list[QMainWindow]) -> None:
    assert [type(window) for window in opened] == [DoorWindow]


def test_a_clinic_without_people_sees_the_builder_at_once(opened: list[QMainWindow]) -> None:
    assert [type(window) for window in opened] == [BuilderWindow]


@pytest.mark.usefixtures("staffed")
def test_behind_the_door_is_the_builder(qtbot: QtBot, opened: list[QMainWindow]) -> None:
    door = opened[0]
    assert isinstance(door, DoorWindow)
    qtbot.waitUntil(lambda: door.gate is not None, timeout=PATIENCE_MS)
    enter(door, Role.THERAPIST)
    qtbot.waitUntil(lambda: len(opened) > 1, timeout=PATIENCE_MS)

    assert isinstance(opened[1], BuilderWindow)
    assert not door.isVisible()
