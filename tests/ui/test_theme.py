"""The look is what screens.md measured: readable, large, and truly in its own type."""

from pathlib import Path

import pytest
from fakes.screens import contrast, themed
from PyQt6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from ui.theme import (
    CONTROL_PAIRS,
    FAMILY,
    TEXT_PAIRS,
    Color,
    Look,
    Role,
    icon_pixmap,
    read_look,
    tabular,
)
from ui.widgets.labels import Label


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable_on_its_ground(text: Color, ground: Color) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), CONTROL_PAIRS)
def test_the_edge_of_a_control_is_visible(edge: Color, ground: Color) -> None:
    assert contrast(edge, ground) >= 3.0


@pytest.mark.usefixtures("qapp")
def test_each_weight_has_its_own_advance() -> None:
    themed()
    widths = []
    for weight in (300, 400, 500, 600, 700):
        font = QFont(FAMILY)
        font.setPixelSize(200)
        font.setWeight(weight)
        widths.append(QFontMetrics(font).horizontalAdvance("Hold to stop"))

    assert len(set(widths)) == 5


def test_running_digits_stand_still(qtbot: QtBot) -> None:
    themed()
    label = Label("24:10", Role.CLOCK)
    qtbot.addWidget(label)
    label.show()
    metrics = label.fontMetrics()

    assert metrics.horizontalAdvance("11:11") == metrics.horizontalAdvance("00:00")
    assert QFontMetrics(tabular(label.font())).height() >= 40


def test_the_reader_scales_the_text(qtbot: QtBot) -> None:
    label = Label("Settle", Role.TITLE)
    qtbot.addWidget(label)
    heights = []
    for percent in (100, 125, 150):
        themed(Look(text_percent=percent))
        label.show()
        heights.append(label.fontInfo().pixelSize())

    assert heights == [26, 32, 39]


def test_settings_choose_the_look(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("text_percent = 125\neasy_reading = true\n", "utf-8")

    assert read_look(settings) == Look(text_percent=125, easy_reading=True)


@pytest.mark.parametrize("said", ["text_percent = 700", "text_percent = ", "easy_reading = 3", ""])
def test_settings_that_make_no_sense_leave_the_look_as_shipped(tmp_path: Path, said: str) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(said, "utf-8")

    assert read_look(settings) == Look()


@pytest.mark.usefixtures("qapp")
def test_an_icon_takes_the_color_it_is_given() -> None:
    image = icon_pixmap("check", Color.AMBER, 48).toImage()
    drawn = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }

    assert drawn == {str(Color.AMBER)}
