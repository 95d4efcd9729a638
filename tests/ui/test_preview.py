"""The preview's fades and its process; VLC itself is stood in for by a player that notes."""

import math
import os
import signal

import pytest
from fakes.clock import FakeClock
from pytestqt.qtbot import QtBot

from soundscape.units import Decibels, Seconds
from ui.preview import DIED, FADE_S, UNPLAYABLE, Excerpt, Preview, Worker, volume_percent

EXCERPT = Excerpt("a.flac", start_s=Seconds(5.0), length_s=Seconds(20.0), gain_db=Decibels(0.0))


class NotingPlayer:
    """A player as VLC's, which notes its volumes and must be stopped before its release."""

    def __init__(self) -> None:
        self.volumes: list[int] = []
        self.state = "State.Playing"
        self.released = False

    def audio_set_volume(self, percent: int) -> None:
        """Note a volume."""
        assert not self.released
        self.volumes.append(percent)

    def get_state(self) -> str:
        """Return what VLC's state prints as."""
        return self.state

    def stop(self) -> None:
        """Stop."""
        self.state = "State.Stopped"

    def release(self) -> None:
        """Release, which must come after the stop."""
        assert self.state == "State.Stopped"
        self.released = True


class Room:
    """A worker, its clock, the players it made and what it said."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.players: list[NotingPlayer] = []
        self.said: list[str] = []
        self.worker = Worker(
            self._new_player, lambda event, _: self.said.append(event), self.clock
        )

    def _new_player(self, excerpt: Excerpt) -> NotingPlayer:
        assert excerpt == EXCERPT
        self.players.append(NotingPlayer())
        return self.players[-1]

    def play(self) -> None:
        """Order the excerpt."""
        self.worker.obey(
            {"do": "play", "path": "a.flac", "start_s": 5.0, "length_s": 20.0, "gain_db": 0.0}
        )

    def pass_s(self, duration: float) -> None:
        """Let the worker tick through some seconds."""
        for _ in range(round(duration / 0.02)):
            self.clock.advance(0.02)
            self.worker.tick()


def test_a_preview_rises_stays_and_ends_by_itself() -> None:
    room = Room()
    room.play()
    room.pass_s(FADE_S)
    risen = room.players[0].volumes.copy()

    room.pass_s(20.0)

    assert risen == sorted(risen)
    assert max(room.players[0].volumes) == 100
    assert room.players[0].released
    assert room.said == ["playing", "ended"]


def test_a_second_preview_crossfades_with_the_first() -> None:
    room = Room()
    room.play()
    room.pass_s(5.0)
    room.play()
    room.pass_s(FADE_S / 2.0)
    power = sum((player.volumes[-1] / 100.0) ** 6 for player in room.players)

    room.pass_s(FADE_S)

    assert power == pytest.approx(1.0, abs=0.06)
    assert [player.released for player in room.players] == [True, False]
    assert room.said == ["playing", "playing"]


def test_stopping_fades_out_before_it_ends() -> None:
    room = Room()
    room.play()
    room.pass_s(5.0)
    room.worker.obey({"do": "stop"})
    room.pass_s(FADE_S - 0.1)
    sounding = room.worker.sounds

    room.pass_s(0.2)

    assert sounding
    assert not room.worker.sounds
    assert room.said[-1] == "ended"


def test_a_file_that_vlc_gives_up_is_said() -> None:
    room = Room()
    room.play()
    room.players[0].state = "State.Error"

    room.worker.tick()

    assert room.said == ["playing", "failed", "ended"]


def test_the_volume_is_the_cube_root_of_the_amplitude() -> None:
    quieter = volume_percent(Decibels(-20.0 * math.log10(8.0)))

    assert quieter == pytest.approx(50.0)
    assert volume_percent(Decibels(6.0)) == pytest.approx(100.0)


@pytest.mark.slow
def test_the_process_answers_and_ends_with_its_window(qtbot: QtBot) -> None:
    preview = Preview()
    missing = Excerpt("missing.flac", Seconds(0.0), Seconds(20.0), Decibels(0.0))

    with qtbot.waitSignal(preview.failed, timeout=20_000) as failure:
        preview.play(missing)
    preview.close()

    assert failure.args is not None
    assert failure.args[0] == UNPLAYABLE or "install VLC" in failure.args[0]


@pytest.mark.slow
def test_a_crash_of_the_process_is_said_and_the_next_sound_starts_another(qtbot: QtBot) -> None:
    preview = Preview()
    missing = Excerpt("missing.flac", Seconds(0.0), Seconds(20.0), Decibels(0.0))
    preview.play(missing)
    qtbot.waitUntil(lambda: preview.process_id > 0)
    crashed = preview.process_id

    with qtbot.waitSignal(preview.failed, check_params_cb=lambda said: said == DIED):
        os.kill(crashed, signal.SIGKILL)
    preview.play(missing)
    qtbot.waitUntil(lambda: preview.process_id > 0)

    assert preview.process_id != crashed
    preview.close()
