"""Lists with any names, written and read again: nothing is lost, in any format."""

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.hostile_words import NAMES, TITLES
from fakes.tracks import track

from playlists.exchange.entries import Entry, Listing, shown
from playlists.exchange.lists import WRITTEN, read_list, write_list
from playlists.exchange.resolving import LibraryIndex, resolved
from playlists.library.repository import FileRecord, Library
from playlists.models import Track

LISTS = 500
PIECES = (
    *("\U0001f9d8\u200d\u2640\ufe0f", "\u202e", "\u0645\u0648\u0633\u064a", "\n", "\r", "\t"),
    *("#", "%", "%20", "%2e%2e", "%C3%A9", "\udce9", "\udcff\udcfe", "e\u0301", "\u00e9"),
    *("\\", ":", "?", "*", "<b>", "&", '"', "'", ";", ",", " - ", "  ", "\u2028", "\ufeff"),
    *("file:", "http:", "..", "-", "~", "$(x)", "[1]", "=", "@", "+", "a", "Z", "\u5de8"),
)


def hostile_name(rng: random.Random) -> str:
    """Return a file's name out of what lists stumble over."""
    if rng.random() < 0.2:
        return os.fsdecode(rng.choice(NAMES))
    made = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 6)))
    name = f"{made}{rng.choice(('.flac', '.mp3', ' ', ''))}"
    return "x" if name in {".", ".."} else name


def hostile_tracks(rng: random.Random, music: Path, count: int) -> list[Track]:
    """Return tracks with such names, in folders with such names."""
    titles = [*TITLES.values(), "A - B - C", "#EXTINF:1,x", "", "%20", "\udce9t\udce9"]
    made = {}
    for number in range(count):
        folders = [hostile_name(rng) for _ in range(rng.randint(0, 2))]
        path = Path(os.path.normpath(music.joinpath(*folders, hostile_name(rng))))
        made[path] = track(
            f"{path}{number}".encode("utf-8", "surrogateescape").hex(),
            path=path,
            title=shown(rng.choice(titles)[:300]),
            artist=shown(rng.choice(titles)[:300]),
            album=shown(rng.choice(titles)[:300]),
            duration_s=float(rng.randint(20, 9000)),
        )
    return list(made.values())


def known(library: Library, tracks: list[Track]) -> None:
    """Put tracks and their files into a library."""
    with library.batch():
        for one in tracks:
            library.save(one)
            library.remember(FileRecord(one.path, 1, 1, one.content_hash, None, 1))


@pytest.mark.parametrize("ending", WRITTEN)
@pytest.mark.slow
def test_five_hundred_lists_with_hostile_names_lose_nothing(ending: str, tmp_path: Path) -> None:
    rng = random.Random(f"names {ending}")  # noqa: S311 - not for secrets
    file = tmp_path / f"list{ending}"
    tracks = hostile_tracks(rng, tmp_path / "music", 400)
    with Library.open(tmp_path / "library.sqlite") as library:
        known(library, tracks)
        index = LibraryIndex(library)

    for _ in range(LISTS):
        chosen = rng.choices(tracks, k=rng.randint(1, 12))
        write_list(file, "Evening", chosen)
        listing = read_list(file)

        assert listing.title == "Evening"
        assert [words(entry) for entry in listing.entries] == [words_of(one) for one in chosen]
        assert contents(listing, index, file) == [one.content_hash for one in chosen]
        assert contents(by_path(listing), index, file) == [one.content_hash for one in chosen]


def contents(listing: Listing, index: LibraryIndex, file: Path) -> list[str]:
    """Return the content of the track that each entry means."""
    found = resolved(listing, file.parent, index, is_uri=file.suffix != ".m3u8")
    return [one.content_hash for one in found]


def by_path(listing: Listing) -> Listing:
    """Return a list that tells no contents, so that its locations alone must do."""
    return Listing(listing.title, tuple(replace(e, content_hash="") for e in listing.entries))


def words(entry: Entry) -> tuple[object, ...]:
    """Return what an entry says to people."""
    return entry.title, entry.artist, entry.album, entry.duration_s


def words_of(one: Track) -> tuple[object, ...]:
    """Return what a track says to people."""
    return one.title, one.artist, one.album, one.analysis.duration_s
