"""The clinic's numbers are lengthened by steps, never below what is shipped."""

from functools import partial

from fakes.screens import click
from PyQt6.QtWidgets import QAbstractButton

from playlists.routes import clinic_routes
from soundscape.folders import DataFolder
from soundscape.settings import read_settings
from soundscape.visit.rules import load_rules
from soundscape.visit.words import load_words
from ui.settings.clinic_page import ClinicPage
from ui.settings.window import SettingsWindow
from ui.widgets.stepper import Stepper

from .conftest import OpenSettings


def clinic_page(window: SettingsWindow) -> ClinicPage:
    page = window.page_of("clinic")
    assert isinstance(page, ClinicPage)
    return page


def keys_of(stepper: Stepper) -> list[QAbstractButton]:
    return stepper.findChildren(QAbstractButton)


def test_a_number_is_lengthened_and_holds_for_visits(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = clinic_page(open_settings("clinic"))
    _less, more = keys_of(page.numbers["recovery_min"])
    more.click()
    more.click()

    assert load_rules(folder.visit)["iv"].recovery_min == 70.0
    assert page.says.text() == "Kept."


def test_what_restricts_cannot_be_made_shorter(open_settings: OpenSettings) -> None:
    page = clinic_page(open_settings("clinic"))
    for route in page.route.buttons.values():
        click(route)
        less, _more = keys_of(page.numbers["recovery_min"])

        assert not less.isEnabled()


def test_back_at_what_is_shipped_nothing_is_kept(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = clinic_page(open_settings("clinic"))
    less, more = keys_of(page.numbers["recovery_min"])
    more.click()
    less.click()

    assert "recovery_min" not in folder.visit.read_text("utf-8")


def test_numbers_that_contradict_each_other_are_refused(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = clinic_page(open_settings("clinic"))
    page.numbers["food_min_h"].set_value(14)

    assert page.says.text() == "rules.iv.food_met_h: must not be less than food_min_h."
    assert not folder.visit.exists()


def test_what_somebody_wrote_by_hand_stays(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    folder.visit.write_text("# agreed in May\n[rules.im]\nextended_min = 90\n", "utf-8")
    page = clinic_page(open_settings("clinic"))
    page.numbers["recovery_min"].set_value(65)

    assert folder.visit.read_text("utf-8").startswith("# agreed in May\n")
    assert load_rules(folder.visit)["im"].extended_min == 90.0


def test_a_file_that_cannot_be_read_is_said_and_left(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    folder.visit.write_text("[rules.iv]\nrecovery_min = 5\n", "utf-8")
    page = clinic_page(open_settings("clinic"))

    assert "may be more than 60, never less" in page.says.text()


def test_the_clinics_name_is_on_every_sheet(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = clinic_page(open_settings("clinic"))
    page.name.setText("Quiet Room")
    page.phone.setText("555 0100")
    click(page.keep)

    words = [load_words(language, folder.visit) for language in ("en", "de")]
    assert [w.texts["clinic"] for w in words] == ["Quiet Room", "Quiet Room"]
    assert clinic_page(open_settings("clinic")).phone.text() == "555 0100"


def test_the_usual_delivery_is_what_the_desk_offers(
    open_settings: OpenSettings, folder: DataFolder
) -> None:
    page = clinic_page(open_settings("clinic"))
    offered = partial(clinic_routes, read_settings(folder.settings))
    before_s = offered()["iv"].delivery_s
    page.numbers["delivery"].set_value(50)

    after_s = clinic_routes(read_settings(folder.settings))["iv"].delivery_s
    assert (before_s, after_s) == (2400.0, 3000.0)
