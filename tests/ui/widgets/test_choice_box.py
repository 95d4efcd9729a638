"""A folded choice fits a finger, and says when it does not say all."""

import pytest
from fakes.screens import themed
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import TARGET_PX
from ui.widgets.choice_box import ARROW_PX, ChoiceBox


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    themed()
    made = ChoiceBox("Headphones")
    made.setPlaceholderText("Choose")
    made.addItems(["Speakers", "Headphones with a very long name of their own"])
    qtbot.addWidget(made)
    made.resize(260, made.sizeHint().height())
    made.show()
    return made


def test_each_line_is_as_high_as_a_button(box: ChoiceBox) -> None:
    view = box.view()
    assert view is not None

    assert min(view.sizeHintForRow(row) for row in range(box.count())) >= TARGET_PX
    assert box.height() >= TARGET_PX


def test_what_is_too_long_ends_in_an_ellipsis(box: ChoiceBox) -> None:
    room_px = box.width() - ARROW_PX
    box.setCurrentIndex(1)

    assert box.shown_text(room_px).endswith("\N{HORIZONTAL ELLIPSIS}")
    assert box.fontMetrics().horizontalAdvance(box.shown_text(room_px)) <= room_px


def test_without_a_choice_it_asks_for_one(box: ChoiceBox) -> None:
    box.setCurrentIndex(-1)

    assert box.shown_text(200) == "Choose"


def test_a_wheel_changes_nothing(box: ChoiceBox) -> None:
    turn = QWheelEvent(
        QPointF(10, 10), QPointF(10, 10), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003
    )  # fmt: skip
    box.setCurrentIndex(0)
    QApplication.sendEvent(box, turn)

    assert box.currentIndex() == 0
