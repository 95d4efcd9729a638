"""Who reads from right to left finds the first thing at the right, and time as it always runs."""

from collections.abc import Iterator

import pytest
from fakes.clock import FakeClock
from fakes.gallery import desk, presets
from fakes.gallery.stage import Stage
from fakes.screens import resize, themed
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QImage, QTransform
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from ui.theme import Color, icon_pixmap
from ui.widgets.labels import Label
from ui.widgets.mirror import seen
from ui.widgets.pin_keys import PinKeys


@pytest.fixture(autouse=True)
def _right_to_left(qapp: QApplication) -> Iterator[None]:
    themed()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def picture(name: str) -> QImage:
    """Return an icon's picture."""
    return icon_pixmap(name, Color.TEXT).toImage()


def test_a_painted_part_lies_on_the_other_side(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(100, 40)

    assert seen(widget, QRectF(0, 5, 30, 20)) == QRectF(70, 5, 30, 20)


def test_an_arrow_points_the_other_way_and_a_lock_is_a_lock(qapp: QApplication) -> None:
    back, lock = picture("arrow-left"), picture("lock")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    assert picture("arrow-left").transformed(QTransform.fromScale(-1.0, 1.0)) == back
    assert picture("lock") == lock


def test_digits_lie_as_they_do_everywhere(qtbot: QtBot) -> None:
    keys = PinKeys("")
    qtbot.addWidget(keys)
    keys.show()
    resize(keys, 300, 400)

    assert keys.keys["1"].x() < keys.keys["2"].x() < keys.keys["3"].x()


def test_a_name_that_is_written_from_the_left_stands_at_the_right(qtbot: QtBot) -> None:
    label = Label("Ember")
    qtbot.addWidget(label)

    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_the_first_tile_and_the_first_card_stand_at_the_right(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stage = Stage(qtbot, DataFolder(tmp_path_factory.mktemp("chair")), FakeClock())
    start = desk.start(stage, desk.TYPICAL)
    choice = presets.window(stage)
    for window in (start, choice):
        qtbot.addWidget(window)
        window.show()
        resize(window, 1280, 800)
    tiles = [tile.x() for tile in start.tiles.values()]
    cards = [card.x() for card in choice.chooser.cards]

    assert tiles[0] > tiles[1]
    assert cards[0] > cards[1]
    choice.close()
