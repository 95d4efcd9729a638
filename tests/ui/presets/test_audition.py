"""Auditions: what is heard for a preset, and when it is said to be heard."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.previews import NotingPreview
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from playlists.models import Analysis, Rating, Track
from playlists.presets import Preset, load_presets
from soundscape.units import Decibels, Lufs, Seconds
from ui.presets.audition import AUDITION_S, Audition, samples_for
from ui.preview import excerpt_of

ANALYSIS = Analysis(
    duration_s=Seconds(300.0),
    sample_rate_hz=48_000,
    channels=2,
    codec="flac",
    tempo_bpm=None,
    tempo_confidence=0.0,
    energy=0.3,
    energy_curve=((0.0, 0.3),),
    integrated_lufs=Lufs(-20.0),
    loudness_range_lu=4.0,
    true_peak_dbtp=Decibels(-3.0),
    max_rise_lu_2s=2.0,
    brightness_hz=800.0,
    vocal_probability=0.01,
    lead_silence_s=Seconds(2.0),
    tail_silence_s=Seconds(3.0),
    analysis_version=1,
)


def track(number: int, **rating: object) -> Track:
    return Track(
        content_hash=f"{number:064x}",
        path=Path(f"{number}.flac"),
        title=f"Track {number}",
        artist="",
        album="",
        analysis=ANALYSIS,
        rating=replace(Rating(), **rating),  # type: ignore[arg-type]
    )


def preset(name: str) -> Preset:
    return load_presets()[name]


def test_the_track_with_the_liked_tags_is_heard() -> None:
    liked = track(9, tags=frozenset({"water"}))

    samples = samples_for([preset("still-water")], [track(1), track(2), liked])

    assert samples == {"still-water": liked}


@pytest.mark.parametrize(
    "unfit",
    [
        track(1, instrumental=False),
        track(1, avoid=True),
        replace(track(1), present=False),
        track(1, tags=frozenset({"percussion"})),
    ],
    ids=["sung", "to be avoided", "not present", "of a tag the preset avoids"],
)
def test_what_a_session_would_not_play_is_not_heard_either(unfit: Track) -> None:
    assert samples_for([preset("still-water")], [unfit]) == {}


def test_each_preset_gets_another_track_while_there_are_enough() -> None:
    presets = [preset("still-water"), preset("ember")]

    samples = samples_for(presets, [track(1), track(2)])

    assert {sample.title for sample in samples.values()} == {"Track 1", "Track 2"}


def test_an_excerpt_lies_in_the_music_at_a_calm_level() -> None:
    excerpt = excerpt_of(track(1), AUDITION_S)

    assert excerpt.start_s == pytest.approx(100.0)
    assert excerpt.length_s == AUDITION_S
    assert excerpt.gain_db == pytest.approx(-6.0)


def test_an_excerpt_of_a_short_track_ends_with_its_music() -> None:
    short = replace(track(1), analysis=replace(ANALYSIS, duration_s=Seconds(21.0)))

    excerpt = excerpt_of(short, AUDITION_S)

    assert excerpt.start_s == pytest.approx(2.0)
    assert excerpt.start_s + excerpt.length_s == pytest.approx(18.0)


def test_what_has_been_heard_grows_with_the_clock_and_ends(qtbot: QtBot) -> None:
    assert qtbot is not None
    owner, clock, player = QObject(), FakeClock(), NotingPreview()
    audition = Audition(player, clock, owner)
    audition.use({"ember": track(1)})
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
    audition.use({"ember": track(1)})
    audition.start("ember")

    audition.start("quiet")

    assert audition.current == ""
    assert not player.sounds
