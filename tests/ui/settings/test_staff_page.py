"""People are added, get new PINs, and leave; the settings ask for a PIN from then on."""

import pytest
from fakes.clock import FakeClock
from fakes.screens import click
from pytestqt.qtbot import QtBot

from soundscape.clinic.roles import Role
from soundscape.clinic.service import Clinic
from soundscape.errors import DeniedError
from soundscape.folders import DataFolder
from ui.settings.staff_page import StaffPage
from ui.settings.window import SettingsWindow
from ui.widgets.buttons import Button

from .conftest import OpenSettings

PATIENCE_MS = 20_000
PIN, OTHER = "716294", "924713"


def staff_page(window: SettingsWindow) -> StaffPage:
    page = window.page_of("staff")
    assert isinstance(page, StaffPage)
    return page


def add(qtbot: QtBot, page: StaffPage, name: str, pin: str = PIN) -> None:
    page.form.name.setText(name)
    page.form.pins.pin.setText(pin)
    page.form.pins.again.setText(pin)
    click(page.form.keep)
    qtbot.waitUntil(lambda: name in page.rows, timeout=PATIENCE_MS)


def named(page: StaffPage, name: str) -> Button:
    return next(b for b in page.findChildren(Button) if b.accessibleName() == name)


def test_somebody_new_may_sign_in(
    qtbot: QtBot, open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = staff_page(open_settings("staff"))
    add(qtbot, page, "Ada")

    with Clinic.open(folder, FakeClock()) as clinic:
        assert clinic.people.sign_in("Ada", PIN).role is Role.ADMIN
    assert page.says.text() == "From now on the settings ask for a PIN."


def test_a_new_pin_replaces_the_old_one(
    qtbot: QtBot, open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = staff_page(open_settings("staff"))
    add(qtbot, page, "Ada")
    click(named(page, "Ada: new PIN"))
    page.change.pins.pin.setText(OTHER)
    page.change.pins.again.setText(OTHER)
    click(page.change.keep)
    qtbot.waitUntil(lambda: not page.change.isVisible(), timeout=PATIENCE_MS)

    with Clinic.open(folder, FakeClock()) as clinic:
        assert clinic.people.sign_in("Ada", OTHER).role is Role.ADMIN
        with pytest.raises(DeniedError):
            clinic.people.sign_in("Ada", PIN)


def test_who_has_left_signs_in_no_longer(
    qtbot: QtBot, open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = staff_page(open_settings("staff"))
    add(qtbot, page, "Ada")
    add(qtbot, page, "Nora", OTHER)
    click(named(page, "Nora: Has left"))
    qtbot.waitUntil(
        lambda: any(b.accessibleName() == "Nora: Is back" for b in page.findChildren(Button)),
        timeout=PATIENCE_MS,
    )

    with Clinic.open(folder, FakeClock()) as clinic:
        assert clinic.people.names() == ("Ada",)


def test_a_name_that_is_taken_is_refused_in_words(
    qtbot: QtBot, open_settings: OpenSettings
) -> None:
    page = staff_page(open_settings("staff"))
    add(qtbot, page, "Ada")
    page.form.name.setText("ada")
    page.form.pins.pin.setText(PIN)
    page.form.pins.again.setText(PIN)
    click(page.form.keep)

    qtbot.waitUntil(lambda: "has that name already" in page.says.text(), timeout=PATIENCE_MS)
