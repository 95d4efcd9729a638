"""A moment is set by large steppers, never typed, and flips exactly at its boundaries."""

from datetime import datetime, timedelta

import pytest
from fakes.screens import click, themed
from fakes.visits import DOSE
from pytestqt.qtbot import QtBot

from ui.care.moments import DAYS, HOURS, MINUTES, MomentField, Reach

NOW = DOSE + timedelta(minutes=7, seconds=12)


@pytest.fixture
def settled() -> list[datetime]:
    return []


def field(qtbot: QtBot, reach: Reach, settled: list[datetime]) -> MomentField:
    themed()
    made = MomentField("Last food", reach, lambda: NOW)
    qtbot.addWidget(made)
    made.settled.connect(settled.append)
    made.show()
    return made


def test_nothing_is_set_before_it_is_touched(qtbot: QtBot, settled: list[datetime]) -> None:
    made = field(qtbot, HOURS, settled)

    made.settle()

    assert (made.value(), settled) == (None, [])
    assert made.shown.text() == "Not set"


def test_the_first_press_goes_back_from_the_last_full_step(
    qtbot: QtBot, settled: list[datetime]
) -> None:
    made = field(qtbot, HOURS, settled)

    click(made.earlier)
    click(made.earlier)
    made.settle()

    assert settled == [DOSE - timedelta(minutes=30)]


def test_one_touch_says_now(qtbot: QtBot, settled: list[datetime]) -> None:
    made = field(qtbot, MINUTES, settled)

    click(made.present)
    made.settle()

    assert settled == [NOW]


def test_a_moment_is_never_to_come_and_not_beyond_its_reach(
    qtbot: QtBot, settled: list[datetime]
) -> None:
    made = field(qtbot, DAYS, settled)

    made.move_by(3)
    assert made.value() is not None
    assert made.value() <= NOW  # type: ignore[operator]
    made.move_by(-500)

    assert made.value() == NOW - DAYS[1]
    assert made.shown.text() == "60 days ago"


def test_presses_in_a_row_are_one_answer(qtbot: QtBot, settled: list[datetime]) -> None:
    made = field(qtbot, HOURS, settled)

    with qtbot.waitSignal(made.settled):
        for _press in range(8):
            click(made.earlier)

    assert len(settled) == 1


def test_what_is_kept_does_not_overrule_what_is_being_set(
    qtbot: QtBot, settled: list[datetime]
) -> None:
    made = field(qtbot, HOURS, settled)
    click(made.earlier)
    chosen = made.value()

    made.show_moment(DOSE - timedelta(hours=9))

    assert made.value() == chosen
