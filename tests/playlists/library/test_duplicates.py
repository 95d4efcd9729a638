"""The same music under two names is found; other music is not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from fakes.tracks import track

from playlists.library.duplicates import same_content, same_sound
from playlists.library.repository import FileRecord, Library
from playlists.models import Track
from soundscape.units import Seconds


def curve(seed: int, length_s: int = 200) -> tuple[float, ...]:
    """Return loudness that wanders."""
    steps = np.random.default_rng(seed).normal(0.0, 0.5, length_s)
    return tuple((-20.0 + np.cumsum(steps)).tolist())


def recording(name: str, loudness: tuple[float, ...], **facts: object) -> Track:
    return track(name, loudness_curve=loudness, duration_s=Seconds(len(loudness)), **facts)


def test_another_gain_encoding_and_start_is_the_same_recording() -> None:
    noise = np.random.default_rng(9).normal(0.0, 0.1, 200)
    original = recording("a", curve(1))
    louder = recording("b", tuple((np.array(curve(1)) + 6.0 + noise).tolist()))
    later = recording("c", (-70.0, *curve(1)))

    pairs = {frozenset((a.title, b.title)) for a, b in same_sound([original, louder, later])}

    assert pairs == {frozenset("AB"), frozenset("AC"), frozenset("BC")}


def test_other_music_of_the_same_length_is_not() -> None:
    others = [recording(str(seed), curve(seed)) for seed in range(40)]

    assert same_sound(others) == []


def test_drones_whose_loudness_never_moves_are_not_compared() -> None:
    assert same_sound([recording("a", (-20.0,) * 200), recording("b", (-20.0,) * 200)]) == []


def test_nothing_has_no_duplicates() -> None:
    assert same_sound([]) == []


def test_files_with_one_content_are_told(tmp_path: Path) -> None:
    one = track("a")
    with Library.open(tmp_path / "library.sqlite") as library:
        library.save(one, replace(track("b")))
        for name, content in (("/z.flac", one), ("/a.flac", one), ("/b.flac", track("b"))):
            library.remember(FileRecord(Path(name), 1, 2, content.content_hash, None, 1))

        assert same_content(library) == [[Path("/a.flac"), Path("/z.flac")]]
