"""Sentences about what is lacking carry the right numbers."""

from fakes.tracks import track

from playlists.routes import load_routes
from playlists.solver.constraints import Gate
from playlists.solver.lacks import gate_words, reserve_words, shortages, supply_words
from playlists.solver.layout import slots_of

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)


def test_without_any_music_every_minute_is_lacking() -> None:
    words, spare_s = shortages(SLOTS, (), 0.1)

    minutes = [int(sentence.split()[1]) for sentence in words]
    assert sum(minutes) == 115
    assert spare_s == 0.0


def test_enough_music_of_every_energy_lacks_nothing() -> None:
    tracks = [track(str(n), duration_s=600.0, energy=0.01 * n) for n in range(61)]

    words, spare_s = shortages(SLOTS, tracks, 0.1)

    assert words == ()
    assert spare_s >= 1800.0


def test_each_gate_is_told_once_with_its_minutes() -> None:
    words = gate_words([(Gate.SHORT, track("a", duration_s=60.0)), (Gate.VOICE, track("b"))])

    assert [sentence.partition(" cannot")[0] for sentence in words] == [
        "1 track (5 min)",
        "1 track (1 min)",
    ]


def test_the_reserve_says_what_is_left_to_find() -> None:
    assert "lacks 10 min" in reserve_words(SLOTS, 1200.0)


def test_music_that_cannot_be_laid_end_to_end_is_told_with_its_length() -> None:
    assert "music, 2 tracks (10 min), cannot fill 115 min" in supply_words(
        SLOTS, [track(), track("b")]
    )
