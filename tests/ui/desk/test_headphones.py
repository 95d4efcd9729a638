"""Headphones are chosen by staff, and nothing is ever taken in their place."""

import pytest
from fakes.screens import themed
from pytestqt.qtbot import QtBot

from soundscape.engine.sinks import Sink
from ui.desk.headphones import Headphones

USB = Sink("alsa_output.usb", "USB Headphones")
SPEAKERS = Sink("alsa_output.pci", "Speakers")


@pytest.fixture
def headphones(qtbot: QtBot) -> Headphones:
    themed()
    made = Headphones()
    qtbot.addWidget(made)
    made.show()
    return made


def test_without_any_device_it_says_so_and_nothing_is_ready(headphones: Headphones) -> None:
    headphones.show_sinks((), None)

    assert headphones.says.text() == "No headphones found. Plug them in."
    assert headphones.ready() is None
    assert not headphones.box.isEnabled()


def test_a_single_device_needs_no_choice(headphones: Headphones) -> None:
    headphones.show_sinks((USB,), None)

    assert (headphones.ready(), headphones.box.currentText()) == (USB, "USB Headphones")
    assert not headphones.says.isVisible()


def test_among_several_staff_have_to_choose(headphones: Headphones) -> None:
    headphones.show_sinks((SPEAKERS, USB), None)
    assert headphones.ready() is None
    assert headphones.box.currentIndex() == -1

    headphones.box.activated.emit(1)
    assert headphones.ready() == USB


def test_headphones_that_no_session_may_use_are_not_ready_and_say_why(
    headphones: Headphones,
) -> None:
    headphones.show_sinks((Sink("bluez", "Calm", why_not="They are in hands-free mode."),), None)

    assert headphones.ready() is None
    assert headphones.says.text() == "They are in hands-free mode."


def test_headphones_whose_battery_will_not_last_may_be_used_but_it_is_said(
    headphones: Headphones,
) -> None:
    low = Sink("bluez", "Calm", is_headphones=True, battery_percent=20)
    headphones.show_sinks((low,), None)

    assert headphones.ready() == low
    assert headphones.says.text() == "Its battery is at 20 %; charge it."


def test_what_was_chosen_is_never_replaced_while_it_is_away(headphones: Headphones) -> None:
    headphones.show_sinks((SPEAKERS, USB), USB)
    headphones.show_sinks((SPEAKERS,), USB)
    assert headphones.ready() is None
    assert headphones.says.text().startswith("Not there")
    assert headphones.box.currentText() == "USB Headphones"

    headphones.show_sinks((SPEAKERS, USB), USB)
    assert headphones.ready() == USB
    assert not headphones.says.isVisible()


def test_the_only_device_is_not_taken_for_the_one_that_was_chosen(headphones: Headphones) -> None:
    headphones.show_sinks((SPEAKERS,), USB)

    assert headphones.ready() is None


def test_a_choice_made_here_outlives_an_older_one(headphones: Headphones) -> None:
    headphones.show_sinks((SPEAKERS, USB), USB)
    headphones.box.activated.emit(0)
    headphones.show_sinks((SPEAKERS, USB), USB)

    assert headphones.ready() == SPEAKERS


def test_headphones_are_known_by_name_even_if_their_title_changed(headphones: Headphones) -> None:
    headphones.show_sinks((USB,), Sink(USB.name, "An older title"))

    assert headphones.ready() == USB


def test_two_of_a_kind_are_told_apart(headphones: Headphones) -> None:
    twin = Sink("alsa_output.usb.2", USB.title)

    headphones.show_sinks((USB, twin, SPEAKERS), None)

    assert [headphones.box.itemText(place) for place in range(3)] == [
        "USB Headphones (alsa_output.usb)", "USB Headphones (alsa_output.usb.2)", "Speakers",
    ]  # fmt: skip
