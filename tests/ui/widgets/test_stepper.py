"""A number between two buttons is read whole at every size of text."""

import pytest
from fakes.screens import cut_texts, themed
from pytestqt.qtbot import QtBot

from ui.theme import TEXT_PERCENTS, Look
from ui.widgets.stepper import Stepper


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_a_number_is_never_cut(qtbot: QtBot, percent: int) -> None:
    themed(Look(text_percent=percent))
    stepper = Stepper("Delivery", range(5, 125, 5), lambda minutes: f"{minutes} min")
    qtbot.addWidget(stepper)
    stepper.show()
    stepper.set_value(120)
    stepper.resize(stepper.minimumSizeHint())
    found = cut_texts(stepper)
    themed()

    assert found == []
    assert stepper.value() == 120
