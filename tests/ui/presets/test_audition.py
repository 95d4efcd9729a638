"""Auditions: what is heard for a preset, and when it is said to be heard."""

import pytest
from fakes.clock import FakeClock
from fakes.previews import NotingPreview
from fakes.tracks import track
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from playlists.models import Track
from playlists.presets import Preset, load_presets
from soundscape.units import Seconds
from ui.presets.audition import AUDITION_S, Audition, samples_for
from ui.preview import excerpt_of


def preset(name: str) -> Preset:
    return load_presets()[name]


def test_the_track_with_the_liked_tags_is_heard() -> None:
    liked = track("liked", tags=frozenset({"water"}))

    samples = samples_for([preset("still-water")], [track("a"), track("b"), liked])

    assert samples == {"still-water": liked}


@pytest.mark.parametrize(
    "unfit",
    [
        track("a", instrumental=False),
        track("a", avoid=True),
        track("a", present=False),
        track("a", tags=frozenset({"percussion"})),
    ],
    ids=["sung", "to be avoided", "not present", "of a tag the preset avoids"],
)
def test_what_a_session_would_not_play_is_not_heard_either(unfit: Track) -> None:
    assert samples_for([preset("still-water")], [unfit]) == {}


def test_each_preset_gets_another_track_while_there_are_enough() -> None:
    presets = [preset("still-water"), preset("ember")]

    samples = samples_for(presets, [track("a"), track("b")])

    assert {sample.title for sample in samples.values()} == {"A", "B"}


def test_an_excerpt_lies_in_the_music_at_a_calm_level() -> None:
    excerpt = excerpt_of(track("a", audition_s=Seconds(100.0)), AUDITION_S)

    assert excerpt.start_s == pytest.approx(100.0)
    assert excerpt.length_s == AUDITION_S
    assert excerpt.gain_db == pytest.approx(-6.0)


def test_an_excerpt_of_a_short_track_ends_with_its_music() -> None:
    short = track("a", duration_s=Seconds(21.0), tail_silence_s=Seconds(3.0))

    excerpt = excerpt_of(short, AUDITION_S)

    assert excerpt.start_s == pytest.approx(0.0)
    assert excerpt.start_s + excerpt.length_s == pytest.approx(18.0)


def test_what_has_been_heard_grows_with_the_clock_and_ends(qtbot: QtBot) -> None:
    assert qtbot is not None
    owner, clock, player = QObject(), FakeClock(), NotingPreview()
    audition = Audition(player, clock, owner)
    audition.use({"ember": track("a")})
    heard: list[tuple[str, float]] = []
    audition.heard.connect(lambda name, share: heard.append((name, share)))

    audition.start("ember")
    clock.advance(5.0)
    audition.follow()
    player.ended.emit()

    assert heard == [("ember", 0.0), ("ember", 0.25), ("ember", -1.0)]
    assert audition.current == ""


def test_a_preset_without_a_track_silences_the_one_before(qtbot: QtBot) -> None:
    assert qtbot is not None
    owner, player = QObject(), NotingPreview()
    audition = Audition(player, FakeClock(), owner)
    audition.use({"ember": track("a")})
    audition.start("ember")

    audition.start("quiet")

    assert audition.current == ""
    assert not player.sounds
