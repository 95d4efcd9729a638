"""Who holds the button speaks, who lets go does not, and it says what is heard."""

from typing import Any

import pytest
from fakes.screens import press, release
from fakes.session import CAN, status
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.desk.talk_button import TalkButton

ROUTE = {"route": True, "open": False, "left_s": None}
OPEN = {"route": True, "open": True, "left_s": 27.4}
SPEAKING = [event for event in CAN if event != "talk_on"] + ["talk_off"]


@pytest.fixture
def button(qtbot: QtBot) -> TalkButton:
    button = TalkButton()
    qtbot.addWidget(button)
    button.show_status(status(talk=ROUTE, can=[*CAN, "talk_on"]))
    return button


def asked_of(button: TalkButton) -> list[str]:
    """Return a list that fills with what the button asks."""
    asked: list[str] = []
    button.asked.connect(lambda event, _facts: asked.append(event))
    return asked


def speaking(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- parts of a status
    return status(talking=True, can=SPEAKING, **changes)


def test_a_chair_without_a_microphone_has_no_such_button(qtbot: QtBot) -> None:
    button = TalkButton()
    qtbot.addWidget(button)

    button.show_status(status())

    assert button.isHidden()


@pytest.mark.parametrize("by", ["finger", "space"])
def test_it_speaks_while_it_is_held_and_no_longer(button: TalkButton, by: str) -> None:
    asked = asked_of(button)

    if by == "finger":
        press(button)
        held = list(asked)
        release(button)
    else:
        QTest.keyPress(button, Qt.Key.Key_Space)  # type: ignore[call-overload]
        held = list(asked)
        QTest.keyRelease(button, Qt.Key.Key_Space)  # type: ignore[call-overload]

    assert held == ["talk_on"]
    assert asked == ["talk_on", "talk_off"]


def test_it_says_that_the_microphone_opens_then_to_speak_and_for_how_long(
    button: TalkButton,
) -> None:
    press(button)

    button.show_status(speaking(talk={"route": True, "open": False, "left_s": 30.0}))
    opening = button.text()
    button.show_status(speaking(talk=OPEN))

    speaking_now = button.accessibleName()
    button.show_status(speaking(talk={"route": True, "open": True, "left_s": 7.6}))

    assert opening == "One moment"
    assert speaking_now == "Speak"
    assert button.text() == "8 s left"
    assert button.isEnabled()


def test_letting_go_after_the_session_has_ended_the_words_asks_for_nothing(
    button: TalkButton,
) -> None:
    asked = asked_of(button)
    press(button)
    button.show_status(speaking(talk=OPEN))
    button.show_status(status(talk=ROUTE, can=[*CAN, "talk_on"]))

    release(button)

    assert asked == ["talk_on"]
    assert button.text() == "Hold to speak"


def test_while_the_session_does_not_answer_nobody_can_speak(button: TalkButton) -> None:
    button.show_lost()

    assert not button.isEnabled()
