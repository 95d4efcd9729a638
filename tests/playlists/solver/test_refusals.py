"""Sentences that refuse carry the right numbers."""

from fakes.tracks import track

from playlists.routes import load_routes
from playlists.solver.constraints import Gate
from playlists.solver.layout import slots_of
from playlists.solver.refusals import artist_words, gate_words, supply_words

IV = load_routes()["iv"]
SLOTS = slots_of(IV.phases, IV.delivery_s)


def test_each_gate_is_told_once_with_its_minutes() -> None:
    words = gate_words([(Gate.SHORT, track("a", duration_s=60.0)), (Gate.VOICE, track("b"))])

    assert [sentence.partition(" cannot")[0] for sentence in words] == [
        "1 track (5 min)",
        "1 track (1 min)",
    ]


def test_every_gate_has_its_words() -> None:
    assert len(gate_words([(gate, track()) for gate in Gate])) == len(Gate)


def test_music_that_cannot_be_laid_end_to_end_is_told_with_its_length() -> None:
    assert "music, 2 tracks (10 min), cannot fill 115 min" in supply_words(
        SLOTS, [track(), track("b")]
    )


def test_artists_are_counted_without_the_nameless() -> None:
    assert "by only 1 artist:" in artist_words([track(artist="Ana"), track("b", artist="")])
