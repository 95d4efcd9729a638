"""A new PIN counts once it was typed twice."""

from pytestqt.qtbot import QtBot

from ui.widgets.pin_pair import MOST_DIGITS, PinPair


def test_nothing_is_agreed_before_both_are_typed(qtbot: QtBot) -> None:
    pins = PinPair()
    qtbot.addWidget(pins)

    pins.pin.setText("716294")

    assert pins.agreed() == ""


def test_two_alike_are_agreed(qtbot: QtBot) -> None:
    pins = PinPair()
    qtbot.addWidget(pins)

    pins.pin.setText("716294")
    pins.again.setText("716294")

    assert pins.agreed() == "716294"
    assert pins.says.isHidden()


def test_a_difference_is_said_as_soon_as_it_is_typed(qtbot: QtBot) -> None:
    pins = PinPair()
    qtbot.addWidget(pins)

    pins.pin.setText("716294")
    pins.again.setText("717")

    assert pins.says.text() == "The two PINs differ."
    assert not pins.says.isHidden()


def test_only_so_many_digits_are_taken(qtbot: QtBot) -> None:
    pins = PinPair()
    qtbot.addWidget(pins)

    pins.pin.insert("123" * MOST_DIGITS)

    assert len(pins.pin.text()) == MOST_DIGITS
