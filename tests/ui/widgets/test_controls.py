"""Small controls of the house: stepper, level meter, banner, buttons."""

import pytest
from fakes.screens import click, controls, double_click, nameless, themed
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soundscape.units import Decibels
from ui.theme import TARGET_PX
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import TickButton
from ui.widgets.level_meter import LevelMeter
from ui.widgets.stepper import Stepper


@pytest.fixture
def stepper(qtbot: QtBot) -> Stepper:
    themed()
    made = Stepper("Delivery", range(20, 121, 5), lambda minutes: f"{minutes} min")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_step_is_one_press(stepper: Stepper) -> None:
    less, more = controls(stepper)
    stepper.set_value(40)
    click(more)
    assert stepper.value() == 45

    click(less)
    assert stepper.value() == 40


def test_a_stepper_stays_within_what_is_allowed(stepper: Stepper) -> None:
    less, more = controls(stepper)
    stepper.set_value(500)
    assert (stepper.value(), more.isEnabled(), less.isEnabled()) == (120, False, True)

    stepper.set_value(0)
    assert (stepper.value(), more.isEnabled(), less.isEnabled()) == (20, True, False)


def test_a_steppers_buttons_are_large_and_named(stepper: Stepper) -> None:
    assert nameless(stepper) == []
    assert all(min(c.width(), c.height()) >= TARGET_PX for c in controls(stepper))


@pytest.mark.parametrize(
    ("peak_dbfs", "fraction"), [(None, 0.0), (-60.0, 0.0), (-31.0, 0.5), (-2.0, 1.0), (6.0, 1.0)]
)
def test_the_meter_ends_at_the_ceiling(
    qtbot: QtBot, peak_dbfs: float | None, fraction: float
) -> None:
    meter = LevelMeter("Output level")
    qtbot.addWidget(meter)
    meter.show_peak(None if peak_dbfs is None else Decibels(peak_dbfs))

    assert meter.fraction() == pytest.approx(fraction)


def test_a_banner_without_words_is_not_there(qtbot: QtBot) -> None:
    banner = Banner("hand", "I have seen it")
    qtbot.addWidget(banner)
    banner.say("The patient is calling")
    assert banner.isVisible()

    banner.say("")
    assert not banner.isVisible()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_button_is_large_enough(qtbot: QtBot, kind: Kind) -> None:
    themed()
    button = Button("Go", kind, icon_name="check")
    qtbot.addWidget(button)
    button.show()

    assert min(button.width(), button.height()) >= TARGET_PX


def test_a_touch_does_not_light_the_focus(qtbot: QtBot) -> None:
    button = Button("Go")
    qtbot.addWidget(button)
    button.show()
    click(button)

    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_choice_whose_text_is_too_long_keeps_its_beginning(qtbot: QtBot) -> None:
    themed()
    made = TickButton("Nora " + "with a name that goes on and on " * 4)
    qtbot.addWidget(made)
    made.resize(300, 60)
    made.show()

    assert made.text().startswith("Nora with a name")
    assert made.text().endswith("…")
    made.resize(made.sizeHint())
    assert not made.text().endswith("…")


def test_the_second_click_on_what_has_just_appeared_does_nothing(qtbot: QtBot) -> None:
    themed()
    made, before = Button("Skip"), Button("This one")
    for button in (made, before):
        qtbot.addWidget(button)
        button.show()
    pressed: list[bool] = []
    made.clicked.connect(pressed.append)

    double_click(made, first=before)
    assert pressed == []

    double_click(made)
    assert len(pressed) == 2


def test_fingers_that_type_fast_press_each_key(qtbot: QtBot) -> None:
    themed()
    one, two = Button("1"), Button("2")
    for button in (one, two):
        qtbot.addWidget(button)
        button.show()
    pressed: list[str] = []
    one.clicked.connect(lambda: pressed.append("1"))
    two.clicked.connect(lambda: pressed.append("2"))
    qtbot.wait(QApplication.doubleClickInterval() + 50)

    double_click(two, first=one)

    assert pressed == ["1", "2"]
