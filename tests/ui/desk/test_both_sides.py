"""Staff hear a tone for each side and tick what they heard; nobody is kept from beginning."""

import pytest
from fakes.screens import click, themed
from pytestqt.qtbot import QtBot

from ui.desk.both_sides import BothSides


@pytest.fixture
def sides(qtbot: QtBot) -> BothSides:
    themed()
    made = BothSides()
    qtbot.addWidget(made)
    qtbot.addWidget(made.play)
    return made


def test_the_tones_are_asked_for_by_a_touch(sides: BothSides) -> None:
    asked: list[bool] = []
    sides.asked.connect(lambda: asked.append(True))

    click(sides.play)

    assert asked == [True]
    assert sides.isHidden()


def test_after_the_tones_both_sides_are_to_be_ticked(sides: BothSides) -> None:
    sides.show_played()
    assert "Tick what was heard" in sides.says.text()

    click(sides.left)
    assert sides.says.text().startswith("The right side was not heard.")
    click(sides.right)
    assert sides.says.text() == "Both sides are heard."


def test_other_headphones_have_not_been_tried(sides: BothSides) -> None:
    sides.show_played()
    click(sides.left)
    click(sides.right)

    sides.forget()

    assert sides.isHidden()
    sides.show_played()
    assert not sides.left.isChecked()
