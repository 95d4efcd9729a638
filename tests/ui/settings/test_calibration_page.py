"""What is kept of headphones on their page, and what it is called."""

import pytest
from fakes.screens import click
from pytestqt.qtbot import QtBot

from soundscape.clock import Clock
from soundscape.errors import DeviceLostError, MicrophoneError
from soundscape.folders import DataFolder
from soundscape.room.calibration import Calibration, Method, RoomFacts, read_room, write_room
from soundscape.session.talk_route import TalkRoute, keep_route, read_route
from soundscape.settings import write_settings
from ui.settings.calibration_page import CalibrationPage

from .conftest import USB, OpenSettings


@pytest.fixture
def page(
    open_settings: OpenSettings, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> CalibrationPage:
    """Return the page of a chair with headphones, on a machine without a sound server."""
    monkeypatch.setattr("soundscape.session.hearing.connected", lambda: None)
    write_settings(folder.settings, {"device": USB.name, "device_title": USB.title})
    page = open_settings("calibration").page_of("calibration")
    assert isinstance(page, CalibrationPage)
    return page


def test_without_headphones_nothing_can_be_calibrated(open_settings: OpenSettings) -> None:
    page = open_settings("calibration").page_of("calibration")
    assert isinstance(page, CalibrationPage)

    assert not any(b.isEnabled() for b in (page.play, page.measured, page.estimate))


def test_a_reading_shows_what_it_leads_to_and_is_kept_for_the_device(
    page: CalibrationPage, qtbot: QtBot, folder: DataFolder
) -> None:
    page.reading.set_value(55)
    soft = page.leads.text()
    page.reading.set_value(82)

    click(page.measured)
    qtbot.waitUntil(lambda: USB.name in read_room(folder.room).headphones)
    qtbot.waitUntil(lambda: "Kept" in page.says.text())

    kept = read_room(folder.room).headphones[USB.name]
    assert soft == "55 dB(A) at the ear; the highest volume 61."
    assert page.leads.text() == "62 dB(A) at the ear; the highest volume 68."
    assert (kept.offset_db, kept.method) == (108.0, Method.MEASURED)
    assert page.state.text().startswith("62 dB(A) at the ear")


def test_a_known_model_is_kept_as_an_estimate_and_called_one(
    page: CalibrationPage, qtbot: QtBot, folder: DataFolder
) -> None:
    page.model.setCurrentIndex(1)
    page.output.set_value(20)

    click(page.estimate)
    qtbot.waitUntil(lambda: "Kept" in page.says.text())

    kept = read_room(folder.room).headphones[USB.name]
    assert kept.method is Method.ESTIMATE
    assert kept.offset_db == pytest.approx(page.model.currentData() + 6.02, abs=0.01)
    assert "by an estimate" in page.state.text()


def test_a_noise_that_cannot_be_played_says_why_and_may_be_tried_again(
    page: CalibrationPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_folder: DataFolder, _device: str | None, _clock: Clock) -> None:
        raise DeviceLostError("The headphones are gone; check the plug.")

    monkeypatch.setattr("ui.settings.calibration_page.play_noise", gone)

    click(page.play)
    qtbot.waitUntil(lambda: "gone" in page.says.text())

    assert page.play.isEnabled()


def test_what_is_not_known_of_a_device_is_said(page: CalibrationPage, folder: DataFolder) -> None:
    before = page.state.text()
    write_room(
        folder.room,
        RoomFacts().with_headphones("another", Calibration(88.0, Method.MEASURED, (), "2026")),
    )
    page.show_state()

    assert before.startswith("Not calibrated")
    assert page.state.text() == before


def test_a_voice_that_was_heard_is_kept_and_can_be_taken_away(
    page: CalibrationPage, qtbot: QtBot, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ui.settings.talk_card.set_up_talk", lambda folder, _none: keep_route(folder, "mic", -40.0)
    )
    click(page.talk.listen)
    qtbot.waitUntil(page.talk.listen.isEnabled)
    kept, said = read_route(folder), page.talk.state.text()

    click(page.talk.away)

    assert kept == TalkRoute("mic", 14)
    assert said == "Staff speak into mic, at +14 dB."
    assert read_route(folder) is None
    assert page.talk.away.isHidden()


def test_a_voice_that_was_not_heard_is_not_kept(
    page: CalibrationPage, qtbot: QtBot, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_folder: DataFolder, _microphone: str | None) -> TalkRoute:
        raise MicrophoneError("Nobody was heard; speak into the microphone while it listens.")

    monkeypatch.setattr("ui.settings.talk_card.set_up_talk", nobody)
    click(page.talk.listen)
    qtbot.waitUntil(lambda: "Nobody" in page.says.text())

    assert page.talk.listen.isEnabled()
    assert read_route(folder) is None
