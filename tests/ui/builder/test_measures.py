"""Every column of numbers is explained in words, where it stands and on a page of its own."""

import pytest
from fakes.screens import themed
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.builder.measures import EVERY, MeasuresDialog
from ui.builder.track_model import Column, TrackModel


def test_the_page_says_what_each_measure_means_and_what_it_cannot_tell(qtbot: QtBot) -> None:
    themed()
    dialog = MeasuresDialog()
    qtbot.addWidget(dialog)
    dialog.show()

    said = {label.text() for label in dialog.findChildren(QLabel)}

    for measure in EVERY:
        assert {measure.name, measure.means, measure.limits} <= said
    dialog.close_button.click()
    assert not dialog.isVisible()


@pytest.mark.parametrize("column", sorted(set(Column) - {Column.TITLE}))
def test_a_heading_explains_its_column(column: Column) -> None:
    across, tip = Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole

    assert str(TrackModel().headerData(column, across, tip)).endswith(".")
