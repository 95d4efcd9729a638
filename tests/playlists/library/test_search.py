"""A search finds what fulfils every term, and says what it does not understand."""

import operator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.tracks import library, track
from hypothesis import given, settings
from hypothesis import strategies as st

from playlists.library.query import parse
from playlists.library.search import matching
from playlists.models import Rating, Voice
from soundscape.errors import LibraryError

TRACKS = [
    track(
        "dawn",
        energy=0.2,
        tags=frozenset({"Harp", "faith:hymn"}),
        instrumental=True,
        licence="CC0-1.0",
        source="Bandcamp",
    ),
    track("noon", energy=0.6, tempo_bpm=72.0, vocal_probability=0.9, familiar=True),
    track(
        "dusk",
        energy=0.4,
        tempo_bpm=64.0,
        artist="Dawn Chorus",
        album="Été à la mer",
        path=Path("/music/quiet hours/dusk.flac"),
        avoid=True,
        present=False,
    ),
]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("", "dawn noon dusk"),
        ("energy<0.4", "dawn"),
        ("energy>=0.4 energy<=0.5", "dusk"),
        ("tempo:60..80", "noon dusk"),
        ("tempo<200", "noon dusk"),
        ("-tempo<70", "dawn noon"),
        ("beatless", "dawn"),
        ("approved", "dawn"),
        ("instrumental", "dawn dusk"),
        ("-instrumental", "noon"),
        ("voice", "noon"),
        ("tag:harp", "dawn"),
        ("tag:har", ""),
        ("har", "dawn"),
        ("tag:hymn", "dawn"),
        ("faith:hymn", "dawn"),
        ("mood:hymn", ""),
        ("avoid", "dusk"),
        ("missing", "dusk"),
        ("-present", "dusk"),
        ("familiar", "noon"),
        ("rated", "dawn noon dusk"),
        ("licence:cc0", "dawn"),
        ("license:cc", "dawn"),
        ("source:band", "dawn"),
        ("dawn", "dawn dusk"),
        ("title:dawn", "dawn"),
        ("artist:dawn", "dusk"),
        ("ete", "dusk"),
        ("ÉTÉ", "dusk"),
        ("folder:quiet", "dusk"),
        ('"dawn chorus"', "dusk"),
        ('"chorus dawn"', ""),
        ('"chorus ete"', ""),
        ('album:"a la mer"', "dusk"),
        ('"dawn chor"', ""),
        ("chor daw", "dusk"),
        ("DAWN beatless", "dawn"),
        ("minutes:4..6 noon", "noon"),
        ("len>5m", ""),
        ("lufs:-21..-19 noon", "noon"),
        ("zither", ""),
    ],
)
def test_all_terms_must_hold(where: str, expected: str) -> None:
    assert [found.title.lower() for found in matching(TRACKS, where)] == expected.split()


def test_a_search_that_was_understood_before_is_taken_too() -> None:
    assert matching(TRACKS, parse("noon")) == [TRACKS[1]]


def test_there_may_be_nothing_to_search() -> None:
    assert matching([], "energy<0.5 harp") == []


def test_a_number_nobody_knows_is_refused() -> None:
    with pytest.raises(LibraryError, match="no number called sweetness"):
        matching(TRACKS, "sweetness>0.5")


def test_scripts_without_spaces_and_pictures_are_found() -> None:
    tracks = [track("a", title="夜の海"), track("b", title="🌊 Tide"), track("c", title="海の夜")]

    assert matching(tracks, "海") == [tracks[0], tracks[2]]
    assert matching(tracks, '"夜の海"') == [tracks[0]]
    assert matching(tracks, "🌊") == [tracks[1]]


SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
PLENTY = library(60)


@settings(max_examples=40, derandomize=True)
@given(st.sampled_from(sorted(SIGNS)), st.integers(0, 60), st.booleans())
def test_a_bound_is_exact_for_every_track(sign: str, percent: int, negated: bool) -> None:  # noqa: FBT001
    bound = percent / 100

    found = matching(PLENTY, f"{'-' * negated}energy{sign}{bound}")

    assert found == [one for one in PLENTY if SIGNS[sign](one.energy, bound) is not negated]


@pytest.mark.parametrize("probability", [None, 0.0, 0.39, 0.4, 0.69, 0.7, 1.0])
@pytest.mark.parametrize("said", [{}, {"instrumental": True}, {"instrumental": False}], ids=str)
def test_the_verdict_on_the_voice_is_the_tracks(
    probability: float | None, said: dict[str, bool]
) -> None:
    one = track("a", vocal_probability=probability, **said)
    words = {
        Voice.INSTRUMENTAL: "instrumental",
        Voice.CHECK_BY_EAR: "check",
        Voice.VOICE: "voice",
    }

    verdicts = [verdict for verdict, word in words.items() if matching([one], word)]

    assert verdicts == [one.voice]


def test_a_therapists_energy_is_the_one_compared() -> None:
    rated = replace(TRACKS[0], rating=Rating(energy=0.9))

    assert matching([rated], "energy>0.8") == [rated]
