"""A page's picture leaves its words alone."""

from fakes.matrix import luminance, pixels_of
from fakes.screens import resize, themed
from PyQt6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.presets.answer import Answer
from ui.presets.pictured import SHADE_PX, UNDER_PX
from ui.theme import Color


def test_moon_and_hills_stand_above_the_words(qtbot: QtBot) -> None:
    themed()
    page = Answer()
    qtbot.addWidget(page)
    page.say("Thank you.", "It is ready for you.", may_change=True)
    page.show_picture()
    page.show()
    resize(page, 800, 1280)
    below = page.heading.geometry().bottom() + UNDER_PX

    pixels = pixels_of(page)

    assert luminance(pixels[: page.heading.y() - SHADE_PX]).max() > 0.2
    margin = pixels[below:, : page.side_px()]
    assert {QColor(*map(int, color)).name().upper() for color in margin.reshape(-1, 3)} == {
        Color.INK
    }
