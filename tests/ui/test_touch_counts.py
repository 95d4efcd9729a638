"""A session is begun with a few touches and one hold, and nothing is typed."""

import json
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.gallery.presets import card, window
from fakes.gallery.stage import Stage
from fakes.screens import click, press, resize, themed
from PyQt6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from playlists.presets import load_presets
from playlists.routes import load_routes
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from ui.desk.start_panel import BEGIN_HOLD_S, StartPanel
from ui.desk.wishes import ChairState, Wish

USB = Sink("alsa_output.usb", "USB Headphones")
MOST_TOUCHES = 7
MOST_AFTER_A_CHOICE = 4


class Hand:
    """Touches and holds, and counts."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.touches = 0
        self.holds = 0

    def touch(self, button: QAbstractButton) -> None:
        """Touch a button that can be touched."""
        assert button.isVisible()
        assert button.isEnabled()
        click(button)
        self.touches += 1

    def hold(self, panel: StartPanel) -> None:
        """Hold the button that begins."""
        press(panel.begin)
        self._clock.advance(BEGIN_HOLD_S)
        panel.begin.follow()
        self.holds += 1


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Stage:
    themed()
    return Stage(qtbot, DataFolder(tmp_path), FakeClock())


def start_of(stage: Stage, choice: str, begun: list[Wish]) -> StartPanel:
    """Return the desk before a session, which knows the patient's choice."""
    made = StartPanel(load_routes(), load_presets(), stage.clock)
    stage.qtbot.addWidget(made)
    made.begun.connect(begun.append)
    made.show_chair(ChairState(412, 38.0, choice, (USB,), USB))
    made.show()
    resize(made, 1280, 800)
    return made


def test_a_session_that_the_patient_chose_takes_no_more_touches_than_agreed(stage: Stage) -> None:
    begun: list[Wish] = []
    hand = Hand(stage.clock)
    desk = start_of(stage, "", begun)
    hand.touch(desk.windows["presets"])
    patient = window(stage)
    patient.show()
    hand.touch(card(patient, "ember"))
    hand.touch(patient.chooser.confirm)
    hand.touch(patient.intention.skip)
    choice = json.loads((stage.folder.root / "choice.json").read_text("utf-8"))["preset"]
    desk.show_chair(ChairState(412, 38.0, choice, (USB,), USB))
    hand.touch(desk.route_buttons["im"])
    hand.hold(desk)
    patient.close()

    assert [(wish.preset, wish.route) for wish in begun] == [("ember", "im")]
    assert (hand.touches <= MOST_TOUCHES, hand.holds) == (True, 1)
    assert desk.findChildren(QLineEdit) == []


def test_a_session_whose_preset_was_chosen_before_takes_fewer(stage: Stage) -> None:
    begun: list[Wish] = []
    hand = Hand(stage.clock)
    desk = start_of(stage, "ember", begun)
    hand.touch(desk.route_buttons["intranasal"])
    hand.hold(desk)

    assert [(wish.preset, wish.route) for wish in begun] == [("ember", "intranasal")]
    assert (hand.touches <= MOST_AFTER_A_CHOICE, hand.holds) == (True, 1)
