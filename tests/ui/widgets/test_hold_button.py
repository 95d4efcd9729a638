"""A hold button acts on time held, not on touches."""

from collections.abc import Callable

import pytest
from fakes.clock import FakeClock
from fakes.screens import press, press_key, release, slide, themed
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from soundscape.units import Seconds
from ui.theme import PRIMARY_TARGET_PX
from ui.widgets.hold_button import HoldButton

Make = Callable[[Seconds | None], tuple[HoldButton, FakeClock, list[str]]]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(longer_s: Seconds | None) -> tuple[HoldButton, FakeClock, list[str]]:
        themed()
        clock = FakeClock()
        button = HoldButton("Hold to stop", clock, Seconds(1.2), longer_s=longer_s)
        qtbot.addWidget(button)
        button.resize(200, 64)
        button.show()
        heard: list[str] = []
        button.held.connect(lambda: heard.append("held"))
        button.held_longer.connect(lambda: heard.append("held longer"))
        return button, clock, heard

    return made


def test_a_touch_does_nothing(make: Make) -> None:
    button, clock, heard = make(None)

    press(button)
    clock.advance(1.1)
    button.follow()
    release(button)

    assert heard == []


def test_it_acts_the_moment_the_time_is_over(make: Make) -> None:
    button, clock, heard = make(None)

    press(button)
    clock.advance(1.2)
    button.follow()

    assert heard == ["held"]


def test_it_acts_once(make: Make) -> None:
    button, clock, heard = make(None)

    press(button)
    for _step in range(5):
        clock.advance(1.0)
        button.follow()
    release(button)

    assert heard == ["held"]


def test_holding_on_acts_again_and_faster(make: Make) -> None:
    button, clock, heard = make(Seconds(3.0))

    press(button)
    clock.advance(1.3)
    button.follow()
    assert heard == ["held"]

    clock.advance(1.7)
    button.follow()
    assert heard == ["held", "held longer"]


def test_sliding_off_takes_it_back(make: Make) -> None:
    button, clock, heard = make(None)

    press(button)
    clock.advance(1.0)
    slide(button, QPoint(900, 900))
    clock.advance(1.0)
    button.follow()

    assert (heard, button.fraction()) == ([], 0.0)


def test_it_fills_while_it_is_held(make: Make) -> None:
    button, clock, _heard = make(None)

    press(button)
    clock.advance(0.6)

    assert button.fraction() == pytest.approx(0.5)
    release(button)


def test_the_space_bar_holds_as_a_finger_does(make: Make) -> None:
    button, clock, heard = make(None)

    press_key(button, Qt.Key.Key_Space)
    clock.advance(1.3)
    button.follow()

    assert heard == ["held"]


def test_it_is_large_and_its_text_fits(make: Make) -> None:
    button, _clock, _heard = make(None)

    assert button.minimumHeight() >= PRIMARY_TARGET_PX
    assert button.sizeHint().width() >= button.fontMetrics().horizontalAdvance(button.text()) + 40
