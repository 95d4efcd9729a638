"""Each gate shuts on exactly what it is for."""

import pytest
from fakes.tracks import track
from hypothesis import given
from hypothesis import strategies as st

from playlists.solver.constraints import (
    Gate,
    Rules,
    album_of,
    artist_of,
    first_gate,
    may_sound_in,
    music_length_s,
)
from soundscape.session.phases import Phase

NOTHING = Rules()
RULES = Rules(avoid=frozenset({"church"}), licensed_only=True)


def test_a_calm_instrumental_track_passes() -> None:
    assert first_gate(track(), NOTHING) is None


@pytest.mark.parametrize(
    ("facts", "gate"),
    [
        ({"present": False}, Gate.ABSENT),
        ({"avoid": True}, Gate.AVOIDED),
        ({"tags": frozenset({"Church"})}, Gate.AVOIDED),
        ({"licence": " "}, Gate.LICENCE),
        ({"vocal_probability": 0.9}, Gate.VOICE),
        ({"instrumental": False}, Gate.VOICE),
        ({"vocal_probability": None}, Gate.UNCHECKED),
        ({"vocal_probability": 0.5}, Gate.UNCHECKED),
        ({"duration_s": 119.9}, Gate.SHORT),
        ({"duration_s": 125.0, "tail_silence_s": 6.0}, Gate.SHORT),
        ({"max_rise_lu_2s": 8.1}, Gate.STARTLE),
        ({"max_rise_lu_2s": float("nan")}, Gate.STARTLE),
        ({"loudness_range_lu": 12.1}, Gate.RANGE),
    ],
)
def test_a_gate_shuts(facts: dict[str, object], gate: Gate) -> None:
    assert first_gate(track(**{"licence": "CC0", **facts}), RULES) is gate


@pytest.mark.parametrize(
    "facts",
    [
        {"duration_s": 120.0},
        {"max_rise_lu_2s": 8.0},
        {"loudness_range_lu": 12.0},
        {"vocal_probability": 0.9, "instrumental": True},
        {"tags": frozenset({"choir"})},
    ],
)
def test_a_gate_stays_open_at_its_limit(facts: dict[str, object]) -> None:
    assert first_gate(track(**{"licence": "CC0", **facts}), RULES) is None


@given(
    probability=st.none() | st.floats(0, 1) | st.sampled_from([0.4, 0.7]),
    said=st.none() | st.booleans(),
)
def test_a_voice_keeps_out_of_every_phase_unless_a_person_says_there_is_none(
    *, probability: float | None, said: bool | None
) -> None:
    passes = first_gate(track(vocal_probability=probability, instrumental=said), NOTHING) is None

    is_measured_instrumental = probability is not None and probability < 0.4
    assert passes is (is_measured_instrumental if said is None else said)


def test_return_and_ground_take_only_calm_tracks() -> None:
    lively = track(loudness_range_lu=8.1)

    refused = [phase for phase in Phase if not may_sound_in(lively, phase)]

    assert refused == [Phase.RETURN, Phase.GROUND]
    assert all(may_sound_in(track(loudness_range_lu=8.0), phase) for phase in Phase)


def test_silence_at_the_ends_is_no_music() -> None:
    assert music_length_s(track(lead_silence_s=2.0, tail_silence_s=3.0)) == 295.0


def test_built_in_and_unnamed_artists_may_follow_themselves() -> None:
    assert [artist_of(track(artist=name)) for name in ("", " Soundscape ", "Ana  Lind")] == [
        "",
        "",
        "ana lind",
    ]


def test_a_licence_matters_only_where_it_is_asked_for() -> None:
    assert first_gate(track(), NOTHING) is None


def test_an_album_is_known_by_its_words_whoever_made_it() -> None:
    albums = (("Soundscape", "Shore"), ("", "Calm  Hits"), ("Ana", ""))

    found = [album_of(track(artist=artist, album=album)) for artist, album in albums]

    assert found == ["shore", "calm hits", ""]
