"""The desk begins a session in the background and attaches to the one that is alive."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.desk import BLUETOOTH, USB, FakeChair
from fakes.screens import click, double_click, resize, themed
from fakes.session import FakeBridge, status
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from soundscape.errors import LibraryError, SessionError
from soundscape.folders import DataFolder
from soundscape.settings import write_settings
from soundscape.units import Seconds
from ui.desk.session_panel import LOST_TOLD_AFTER_S
from ui.desk.window import LOST_FOR_GOOD_S, DeskWindow
from ui.desk.wishes import Wish

WISH = Wish(route="iv", preset="ember", delivery_s=Seconds(2400.0), headphones=USB)


class Desk:
    """A desk with its bridge, chair and clock."""

    def __init__(self, folder: DataFolder) -> None:
        self.clock = FakeClock()
        self.bridge = FakeBridge()
        self.chair = FakeChair()
        self.window = DeskWindow(folder, bridge=self.bridge, chair=self.chair, clock=self.clock)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    themed()
    made = Desk(DataFolder(tmp_path))
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(lambda: "412" in made.window.start.facts.music.text())
    return made


def test_it_opens_on_the_start_screen(desk: Desk) -> None:
    assert not desk.window.is_live
    assert desk.bridge.started == 1


def test_it_attaches_to_a_living_session(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())

    assert desk.window.is_live
    assert desk.window.live.header.elapsed.value() == "32:50"


def test_a_wish_is_begun_in_the_background(qtbot: QtBot, desk: Desk) -> None:
    desk.window.start.begun.emit(WISH)
    assert not desk.window.start.begin.isEnabled()

    qtbot.waitUntil(lambda: desk.chair.begun == [WISH])
    qtbot.waitUntil(lambda: "starting" in desk.window.start.says.text())


@pytest.mark.parametrize(
    "refusal",
    [
        LibraryError("Add 12 minutes of quiet music."),
        SessionError("A session runs already."),
    ],
)
def test_a_refusal_is_said_and_staff_may_try_again(
    qtbot: QtBot, desk: Desk, refusal: Exception
) -> None:
    desk.chair.refusal = refusal
    desk.window.start.begun.emit(WISH)
    qtbot.waitUntil(lambda: desk.window.start.says.text() == str(refusal))

    assert desk.window.start.begin.isEnabled()


def test_the_choice_of_headphones_is_kept_at_once(qtbot: QtBot, desk: Desk) -> None:
    desk.window.start.headphones.box.activated.emit(1)

    qtbot.waitUntil(lambda: desk.chair.headphones == BLUETOOTH)


def test_headphones_that_are_unplugged_let_nothing_begin(qtbot: QtBot, desk: Desk) -> None:
    desk.chair.sinks = (BLUETOOTH,)
    desk.window.look()

    qtbot.waitUntil(lambda: not desk.window.start.begin.isEnabled())
    assert desk.window.start.headphones.ready() is None


def test_a_session_shows_what_people_call_its_headphones(desk: Desk, tmp_path: Path) -> None:
    write_settings(tmp_path / "settings.toml", {"device": USB.name, "device_title": USB.title})
    desk.bridge.status_changed.emit(status(device={"name": USB.name, "state": "ok"}))

    assert desk.window.live.header.device.text() == "USB Headphones"


def test_a_loss_that_lasts_is_told_in_honest_words(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    desk.bridge.lost.emit("No session answers.")
    assert not desk.window.live.notice.isVisible()

    desk.clock.advance(LOST_TOLD_AFTER_S)
    desk.bridge.lost.emit("No session answers.")
    assert desk.window.live.notice.text().endswith("may go on; this is from 32:50.")

    desk.bridge.status_changed.emit(status())
    assert not desk.window.live.notice.isVisible()


def test_the_starter_sounds_fill_an_empty_chair(qtbot: QtBot, desk: Desk) -> None:
    desk.chair.tracks = 0
    desk.window.look()
    qtbot.waitUntil(desk.window.start.starter.isVisible)
    click(desk.window.start.starter)

    qtbot.waitUntil(lambda: "12" in desk.window.start.facts.music.text())
    assert desk.window.start.begin.isEnabled()


@pytest.mark.parametrize("fate", ["resumed", "ended"])
def test_staff_decide_what_becomes_of_a_session_that_was_cut_off(
    qtbot: QtBot, desk: Desk, fate: str
) -> None:
    desk.chair.interrupted = "The session begun at noon was interrupted at 31:07 min."
    desk.window.look()
    card = desk.window.start.interrupted
    qtbot.waitUntil(card.isVisible)
    assert "31:07" in card.said.text()

    (card.resumed if fate == "resumed" else card.ended).emit()

    qtbot.waitUntil(lambda: desk.chair.became == fate)
    qtbot.waitUntil(desk.window.start.begin.isEnabled)
    desk.window.look()
    qtbot.waitUntil(lambda: not card.isVisible())


def test_what_is_touched_reaches_the_session(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    click(desk.window.live.music.buttons()[1])

    assert desk.bridge.sent == [("extend", {"minutes": 5})]


def test_a_refused_event_is_one_calm_line(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    desk.bridge.refused.emit("start_return", "The return has already begun.")

    assert desk.window.live.refusal.text() == "The return has already begun."


def test_a_lost_session_stays_in_sight_and_comes_back(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    desk.bridge.lost.emit("No session answers.")
    assert desk.window.is_live
    assert desk.window.live.header.link.text() == "No link to the session"

    desk.bridge.status_changed.emit(status(t_s=1975.0))
    assert desk.window.live.header.link.text() == "Session"
    assert desk.window.live.header.elapsed.value() == "32:55"


def test_after_a_long_loss_staff_may_begin_anew(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    desk.bridge.lost.emit("No session answers.")
    assert not desk.window.live.over.isVisible()

    desk.clock.advance(LOST_FOR_GOOD_S)
    desk.bridge.lost.emit("No session answers.")
    click(desk.window.live.over.findChildren(QPushButton)[0])
    assert not desk.window.is_live


def test_an_ended_session_is_left_by_a_touch(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    desk.bridge.status_changed.emit(status(state="ended", can=[]))
    assert desk.window.is_live

    click(desk.window.live.over.findChildren(QPushButton)[0])
    desk.bridge.status_changed.emit(status(state="ended", can=[]))
    assert not desk.window.is_live


def test_the_end_of_a_record_is_kept_once(qtbot: QtBot, desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    for _again in range(3):
        desk.bridge.status_changed.emit(status(state="ended", can=[]))

    qtbot.waitUntil(lambda: desk.chair.anchored == ["20260101-0900"])


def test_a_stopped_session_that_answers_no_more_has_ended_and_is_not_lost(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    whole = desk.window.live.arc.picture()
    waiting = [{"name": "settle", "start_s": 0.0, "end_s": None}]
    desk.bridge.status_changed.emit(
        status(state="fading_out", expected=waiting, energy=[], t_s=1975.0)
    )
    desk.clock.advance(LOST_FOR_GOOD_S)
    desk.bridge.lost.emit("No session answers.")

    assert desk.window.live.over.text() == "The session has ended."
    assert desk.window.live.header.link.text() == "Session ended"
    assert not desk.window.live.notice.isVisible()
    assert desk.window.live.arc.picture() == replace(whole, now_s=Seconds(1975.0))


def test_closing_the_desk_leaves_the_session_alone(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status())
    desk.window.close()

    assert (desk.bridge.closed, desk.bridge.sent) == (1, [])


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (800, 1280)])
def test_neither_page_has_to_be_scrolled(desk: Desk, size: tuple[int, int]) -> None:
    resize(desk.window, *size)
    assert desk.window.start.height() <= size[1]

    desk.bridge.status_changed.emit(status(call={"state": "sent", "at_s": 1958.0}))
    resize(desk.window, *size)
    assert desk.window.live.height() <= size[1]


def test_tones_are_played_on_the_chosen_headphones_and_then_asked_after(
    qtbot: QtBot, desk: Desk
) -> None:
    qtbot.waitUntil(desk.window.start.sides.play.isEnabled)
    desk.window.start.sides.play.click()

    qtbot.waitUntil(lambda: desk.chair.toned == USB)
    qtbot.waitUntil(lambda: not desk.window.start.sides.isHidden())
    assert desk.window.start.begin.isEnabled()


def test_tones_that_cannot_be_played_are_refused_with_a_sentence(qtbot: QtBot, desk: Desk) -> None:
    desk.chair.refusal = SessionError("A session runs already.")
    qtbot.waitUntil(desk.window.start.sides.play.isEnabled)
    desk.window.start.sides.play.click()

    qtbot.waitUntil(lambda: desk.window.start.says.text() == "A session runs already.")
    assert desk.window.start.sides.isHidden()


def test_what_was_refused_before_a_session_is_not_shown_in_it(desk: Desk) -> None:
    desk.window.say_trouble("Your role does not allow this; ask an administrator.")

    desk.bridge.status_changed.emit(status())

    assert desk.window.live.refusal.isHidden()


def test_a_double_click_tells_the_session_once(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status(can=["hold"]))
    (hold, *_rest) = desk.window.live.music.buttons()

    double_click(hold)

    assert desk.bridge.sent == [("hold", {})]


def test_a_mark_may_be_touched_twice_at_once(desk: Desk) -> None:
    desk.bridge.status_changed.emit(status(can=["note"]))
    (moved, *_rest) = desk.window.live.marks.buttons()

    double_click(moved)

    assert len(desk.bridge.sent) == 2
