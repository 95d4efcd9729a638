"""What is listened to shows where it sounds, and goes on from where a finger puts it."""

import math
from typing import TYPE_CHECKING

import pytest
from fakes.clock import FakeClock
from fakes.screens import press, release, strike_key, themed
from fakes.tracks import track
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from soundscape.engine.sinks import Sink
from soundscape.units import Seconds
from ui.builder.player_strip import PlayerStrip, excerpt_from
from ui.builder.wave_strip import heights_of

if TYPE_CHECKING:
    from ui.preview import Excerpt

TRACK = track("tide", audition_s=Seconds(100.0), tail_silence_s=Seconds(10.0))


class Heard:
    """A strip with what it asked to be played."""

    def __init__(self, qtbot: QtBot) -> None:
        themed()
        self.clock = FakeClock(50.0)
        self.player = PlayerStrip(self.clock)
        self.asked: list[Excerpt] = []
        self.player.play_asked.connect(self.asked.append)
        qtbot.addWidget(self.player)
        self.player.resize(600, 90)


@pytest.fixture
def heard(qtbot: QtBot) -> Heard:
    return Heard(qtbot)


def test_it_begins_with_what_stands_for_the_track_and_follows_it(heard: Heard) -> None:
    heard.player.begin(TRACK, (-20.0,) * 300)
    heard.player.hears()

    heard.clock.advance(5.0)
    heard.player.follow()

    assert heard.asked[0].start_s == 100.0
    assert heard.player.strip.value() == 105
    assert heard.player.time.text() == "1:45 / 5:00"


def test_a_finger_lets_it_sound_from_there(heard: Heard) -> None:
    heard.player.begin(TRACK, (-20.0,) * 300)
    strip = heard.player.strip
    middle = QPoint(strip.width() // 2, strip.height() // 2)

    press(strip, at=middle)
    release(strip, at=middle)

    assert len(heard.asked) == 2
    assert heard.asked[1].start_s == pytest.approx(150.0, abs=3.0)


def test_arrow_keys_go_five_seconds_on(heard: Heard) -> None:
    heard.player.begin(TRACK, (-20.0,) * 300)

    strike_key(heard.player.strip, Qt.Key.Key_Right)

    assert heard.asked[1].start_s == 105.0


def test_the_rest_of_a_track_ends_where_its_music_does() -> None:
    assert excerpt_from(TRACK, Seconds(200.0)).length_s == 90.0
    assert excerpt_from(TRACK, Seconds(299.0)).start_s == 288.0


def test_a_device_is_offered_and_chosen(heard: Heard) -> None:
    chosen: list[str] = []
    heard.player.device_chosen.connect(chosen.append)

    heard.player.show_devices([Sink("usb", "USB Headphones")], "usb")
    shown = heard.player.device.currentText()
    heard.player.device.activated.emit(1)

    assert shown == "USB Headphones"
    assert chosen == ["usb"]


def test_bars_are_as_high_as_it_is_loud() -> None:
    curve = (-50.0, -32.0, -20.0, -math.inf)

    assert heights_of(curve, 4).tolist() == pytest.approx([0.0, 0.5, 1.0, 0.0])
    assert heights_of((), 3).tolist() == [0.0, 0.0, 0.0]
    assert heights_of(curve, 8).tolist()[4:6] == pytest.approx([1.0, 1.0])
