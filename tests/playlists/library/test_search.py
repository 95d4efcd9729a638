"""A search finds what fulfils every term, and says what it does not understand."""

import pytest
from fakes.tracks import track

from playlists.library.search import matching
from soundscape.errors import LibraryError

TRACKS = [
    track("dawn", energy=0.2, tags=frozenset({"Harp"}), instrumental=True),
    track("noon", energy=0.6, tempo_bpm=72.0, vocal_probability=0.9),
    track("dusk", energy=0.4, tempo_bpm=64.0, artist="Dawn Chorus", avoid=True, present=False),
]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("", "dawn noon dusk"),
        ("energy<0.4", "dawn"),
        ("energy>=0.4 energy<=0.5", "dusk"),
        ("tempo:60..80", "noon dusk"),
        ("tempo<200", "noon dusk"),
        ("beatless", "dawn"),
        ("approved", "dawn"),
        ("instrumental", "dawn dusk"),
        ("-instrumental", "noon"),
        ("tag:harp", "dawn"),
        ("avoid", "dusk"),
        ("-present", "dusk"),
        ("dawn", "dawn dusk"),
        ("DAWN beatless", "dawn"),
        ("minutes:4..6 noon", "noon"),
        ("zither", ""),
    ],
)
def test_all_terms_must_hold(where: str, expected: str) -> None:
    assert [found.title.lower() for found in matching(TRACKS, where)] == expected.split()


def test_a_number_nobody_knows_is_refused() -> None:
    with pytest.raises(LibraryError, match="no number called sweetness"):
        matching(TRACKS, "sweetness>0.5")
