"""The patient's window: hear, choose, change one's mind, and nothing more once it has begun."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.previews import NotingPreview
from fakes.screens import controls, nameless, strike_key, themed
from fakes.session import status
from fakes.tracks import track
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playlists.library.repository import Library
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.settings import write_settings
from ui.presets.cards import PresetCard
from ui.presets.choice import write_choice
from ui.presets.window import LOST_FOR_GOOD_S, PresetsWindow
from ui.theme import PATIENT_TARGET_PX

SIZES = {(1280, 800): 4, (1024, 768): 2, (800, 1280): 2, (520, 900): 1}


class Patient:
    """A window, what it plays on, and the folder it writes to."""

    def __init__(self, folder: DataFolder) -> None:
        self.player = NotingPreview()
        self.clock = FakeClock()
        self.folder = folder
        self.window = PresetsWindow(folder, player=self.player, clock=self.clock)
        self.chooser = self.window.chooser

    def card(self, name: str) -> PresetCard:
        """Return a preset's card."""
        return next(card for card in self.chooser.cards if card.preset.name == name)

    def choice(self) -> str | None:
        """Return the preset in ``choice.json``, None without that file."""
        path = self.folder.root / "choice.json"
        return json.loads(path.read_text("utf-8"))["preset"] if path.is_file() else None

    def invited(self) -> bool:
        """Return whether every card invites to listen."""
        return all(card.is_audible for card in self.chooser.cards)


@pytest.fixture
def patient(qtbot: QtBot, tmp_path: Path) -> Iterator[Patient]:
    themed()
    folder = DataFolder(tmp_path)
    with Library.open(folder.library) as library:
        for name in "abcdef":
            library.save(track(name, path=tmp_path / f"{name}.flac"))
    patient = Patient(folder)
    patient.window.show()
    qtbot.waitUntil(patient.invited)
    yield patient
    patient.window.close()
    patient.window.deleteLater()


def test_a_touch_chooses_one_card_and_plays_it(patient: Patient) -> None:
    patient.card("still-water").click()
    patient.card("ember").click()

    chosen = [card.preset.name for card in patient.chooser.cards if card.isChecked()]
    assert chosen == ["ember"]
    assert len(patient.player.played) == 2
    assert patient.card("ember").heard == 0.0
    assert patient.card("still-water").heard is None


def test_a_second_touch_ends_the_sound_but_keeps_the_choice(patient: Patient) -> None:
    patient.card("ember").click()

    patient.card("ember").click()

    assert not patient.player.sounds
    assert patient.chooser.chosen() == "ember"


def test_a_choice_without_sound_ends_the_sound(patient: Patient) -> None:
    patient.card("ember").click()

    patient.chooser.quiet[0].click()

    assert not patient.player.sounds
    assert patient.card("ember").heard is None


def test_nothing_can_be_confirmed_before_it_is_chosen(patient: Patient) -> None:
    before = patient.chooser.confirm.isEnabled()

    patient.card("ember").click()

    assert not before
    assert patient.chooser.confirm.isEnabled()


@pytest.mark.parametrize(("number", "name"), [(0, ""), (1, "quiet"), (2, "soft-bed")])
def test_the_quiet_choices_are_written_too(patient: Patient, number: int, name: str) -> None:
    patient.chooser.quiet[number].click()

    patient.chooser.confirm.click()

    assert patient.choice() == name


def test_a_confirmed_choice_is_written_with_its_time_and_can_be_taken_back(
    patient: Patient,
) -> None:
    patient.card("ember").click()
    patient.chooser.confirm.click()
    patient.window.intention.skip.click()
    written = json.loads((patient.folder.root / "choice.json").read_text("utf-8"))

    patient.window.answer.change.click()

    moment = patient.clock.wall_time()
    assert written == {"preset": "ember", "intention": "", "wall_time": moment}
    assert patient.choice() is None
    assert patient.chooser.isVisible()


def test_confirming_ends_the_sound(patient: Patient) -> None:
    patient.card("ember").click()

    patient.chooser.confirm.click()

    assert not patient.player.sounds
    assert patient.window.intention.isVisible()


def test_the_window_locks_when_the_dose_has_started(patient: Patient) -> None:
    patient.card("ember").click()

    patient.window.follow(status(anchors={"dose_start": 900.0}))

    assert patient.window.is_locked
    assert not patient.player.sounds
    assert controls(patient.window) == []


def test_a_session_that_has_not_dosed_yet_leaves_the_choice_open(patient: Patient) -> None:
    patient.window.follow(status(anchors={"dose_start": None}))

    assert not patient.window.is_locked


def test_a_lost_session_stays_locked_until_it_must_be_over(patient: Patient) -> None:
    patient.window.follow(status(anchors={"dose_start": 900.0}))
    patient.clock.advance(LOST_FOR_GOOD_S - 1.0)
    patient.window.lose("No session answers.")
    soon = patient.window.is_locked

    patient.clock.advance(2.0)
    patient.window.lose("No session answers.")

    assert soon
    assert not patient.window.is_locked


def test_an_ended_session_leaves_nothing_chosen_for_the_next_patient(patient: Patient) -> None:
    patient.card("ember").click()
    write_choice(patient.folder, "ember", patient.clock.wall_time())
    patient.window.follow(status(anchors={"dose_start": 900.0}))

    patient.window.follow(status(anchors={"dose_start": 900.0}, state="ended"))

    assert patient.chooser.isVisible()
    assert patient.chooser.chosen() is None
    assert patient.choice() is None


def test_where_nothing_can_be_heard_no_card_invites_to_listen(patient: Patient) -> None:
    patient.player.failed.emit("Sounds cannot be tried here.")

    assert not any(card.is_audible for card in patient.chooser.cards)


@pytest.mark.parametrize(("size", "columns"), SIZES.items())
def test_the_cards_reflow_and_nothing_is_too_small(
    patient: Patient, qtbot: QtBot, size: tuple[int, int], columns: int
) -> None:
    patient.window.resize(*size)
    qtbot.waitUntil(lambda: patient.window.width() == size[0])

    QApplication.processEvents()

    small = [
        (control.accessibleName(), control.width(), control.height())
        for control in controls(patient.window)
        if min(control.width(), control.height()) < PATIENT_TARGET_PX
    ]
    assert patient.chooser.columns == columns
    assert small == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (800, 1280)])
def test_no_word_is_cut_at_any_text_size(patient: Patient, size: tuple[int, int]) -> None:
    patient.window.resize(*size)
    for _size in range(3):
        patient.chooser.text_size.click()
        QApplication.processEvents()

        for card in patient.chooser.cards:
            needed = card.needed_height(card.width(), beside=card.is_beside)
            assert card.height() >= needed
        for quiet in patient.chooser.quiet:
            assert quiet.height() >= quiet.sizeHint().height()


def test_the_text_grows_in_three_steps_and_comes_back(patient: Patient) -> None:
    seen = []

    for _step in range(3):
        patient.chooser.text_size.click()
        seen.append(patient.chooser.look.text_percent)

    assert seen == [125, 150, 100]


def test_everything_that_takes_the_focus_has_a_name(patient: Patient) -> None:
    assert nameless(patient.window) == []
    assert all(card.accessibleDescription() for card in patient.chooser.cards)


def test_a_card_can_be_chosen_by_keyboard(patient: Patient) -> None:
    card = patient.card("still-water")
    card.setFocus(Qt.FocusReason.TabFocusReason)

    strike_key(card, Qt.Key.Key_Space)

    assert patient.chooser.chosen() == "still-water"


def test_closing_lets_the_sound_go(patient: Patient) -> None:
    patient.window.close()

    assert patient.player.is_closed


@pytest.mark.parametrize(("plugged_in", "heard_on"), [("usb", "usb"), ("hdmi", "")])
def test_it_is_heard_where_the_session_will_be_if_that_is_plugged_in(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    plugged_in: str,
    heard_on: str,
) -> None:
    monkeypatch.setattr(
        "ui.presets.window.list_sinks", lambda: (Sink(plugged_in, plugged_in.title()),)
    )
    folder = DataFolder(tmp_path)
    write_settings(folder.settings, {"device": "usb"})
    with Library.open(folder.library) as library:
        library.save(track("a"))

    patient = Patient(folder)
    qtbot.addWidget(patient.window)
    qtbot.waitUntil(patient.invited)

    assert patient.player.device == heard_on
    patient.window.close()
