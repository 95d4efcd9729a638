"""A PIN is taken by large keys and never shown."""

import pytest
from fakes.screens import click, nameless, themed
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.widgets.pin_keys import LONGEST_PIN_CHARS, PinKeys


@pytest.fixture
def keys(qtbot: QtBot) -> PinKeys:
    themed()
    made = PinKeys("Staff only")
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_typed_is_handed_on_and_never_shown(keys: PinKeys) -> None:
    heard: list[str] = []
    keys.entered.connect(heard.append)

    for key in "924713>":
        click(keys.keys[key])

    assert heard == ["924713"]
    assert not any("9" in label.text() for label in keys.findChildren(QLabel))


def test_no_more_digits_are_taken_than_a_pin_has(keys: PinKeys) -> None:
    heard: list[str] = []
    keys.entered.connect(heard.append)

    for key in "1" * (LONGEST_PIN_CHARS + 5) + ">":
        keys.press(key)

    assert heard == ["1" * LONGEST_PIN_CHARS]


def test_what_was_typed_is_forgotten_under_another_title(keys: PinKeys) -> None:
    heard: list[str] = []
    keys.entered.connect(heard.append)
    keys.press("7")

    keys.forget("Not this one")
    keys.press(">")

    assert heard == [""]
    assert keys.title.text() == "Not this one"


def test_every_key_has_a_name_and_the_size_of_a_finger(keys: PinKeys) -> None:
    assert nameless(keys) == []
    assert all(min(key.width(), key.height()) >= 84 for key in keys.keys.values())
