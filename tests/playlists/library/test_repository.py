"""The library gives back what it was given, and keeps what people said."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.tracks import track

from playlists.library.migrations import VERSION
from playlists.library.repository import FileRecord, Library
from playlists.models import Rating, Track
from soundscape.errors import LibraryError


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "new" / "library.sqlite") as opened:
        yield opened


def held(library: Library, name: str, path: Path | None = None) -> Track:
    saved = track(name) if path is None else replace(track(name), path=path)
    library.save(saved)
    library.remember(FileRecord(saved.path, 1, 2, saved.content_hash, None, 1))
    return saved


def test_a_track_comes_back_as_it_was(library: Library) -> None:
    saved = replace(
        track("dawn", energy=0.25, tempo_bpm=61.5, tags=frozenset({"harp", "water"})),
        path=Path(os.fsdecode(b"/music/track\xe9.ogg")),
    )

    library.save(saved)

    assert library.tracks() == [saved]
    assert library.track(saved.content_hash) == saved
    assert library.track("0" * 64) is None


def test_it_is_all_there_after_opening_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.sqlite") as first:
        saved = held(first, "dawn")

    with Library.open(tmp_path / "a.sqlite") as again:
        assert again.tracks() == [saved]


def test_measuring_again_keeps_the_therapists_word(library: Library) -> None:
    saved = held(library, "dawn")
    said = Rating(instrumental=True, energy=0.1, tags=frozenset({"harp"}), licence="CC0")
    library.rate(saved.content_hash, said)

    library.save(replace(saved, title="Dawn, again"))

    found = library.track(saved.content_hash)
    assert found == replace(saved, title="Dawn, again", rating=said)


def test_a_track_that_carries_a_rating_sets_it(library: Library) -> None:
    saved = held(library, "dawn")
    library.rate(saved.content_hash, Rating(avoid=True))

    library.save(replace(saved, rating=Rating(energy=0.9)))

    assert library.tracks()[0].rating == Rating(energy=0.9)


def test_tracks_are_found_by_hash_title_and_path(library: Library) -> None:
    dawn = held(library, "dawn", Path("/music/first/one.flac"))
    dusk = held(library, "dusk", Path("/music/second/two.flac"))

    assert library.find(dawn.content_hash[:10]) == [dawn]
    assert library.find("DUSK") == [dusk]
    assert library.find("second/") == [dusk]
    assert library.find("noon") == []


def test_a_plan_s_stock_is_every_track_and_reads_curves_of_loudness_late(
    library: Library,
) -> None:
    saved = [held(library, name) for name in "ba"]

    stock = library.stock()

    assert {one.content_hash for one in stock.tracks} == {one.content_hash for one in saved}
    assert all(one.analysis.loudness_curve == () for one in stock.tracks)
    assert all(one.analysis.energy_curve for one in stock.tracks)
    assert list(stock.complete(reversed(stock.tracks))) == [
        library.track(one.content_hash) for one in reversed(stock.tracks)
    ]
    assert stock.complete([track("unknown")]) == (track("unknown"),)


def test_a_track_whose_file_is_gone_stays_as_absent(library: Library) -> None:
    saved = held(library, "dawn")

    library.reconcile([saved.path])

    assert library.tracks() == [replace(saved, present=False)]
    assert library.files() == {}


def test_only_tracks_whose_files_are_there_are_counted(library: Library) -> None:
    here, gone = held(library, "here"), held(library, "gone")
    before = library.count()

    library.reconcile([gone.path])

    assert (before, library.count()) == (2, 1)
    assert library.track(here.content_hash) == here


def test_a_track_with_another_copy_moves_there(library: Library) -> None:
    saved = held(library, "dawn", Path("/a.flac"))
    library.remember(FileRecord(Path("/b.flac"), 1, 2, saved.content_hash, None, 1))

    library.reconcile([Path("/b.flac")])

    assert library.tracks()[0].path == Path("/a.flac")
    assert library.tracks()[0].present


def test_a_file_that_is_back_is_present_again(library: Library) -> None:
    saved = held(library, "dawn")
    library.reconcile([saved.path])

    library.remember(FileRecord(saved.path, 1, 2, saved.content_hash, None, 1))

    assert library.tracks() == [saved]


def test_a_refusal_is_remembered_with_its_reason(library: Library) -> None:
    record = FileRecord(Path("/a.mp3"), 10, 20, None, "This file is empty.", 1)

    library.remember(record)

    assert library.files() == {Path("/a.mp3"): record}


def test_a_newer_library_is_refused_untouched(tmp_path: Path) -> None:
    Library.open(tmp_path / "a.sqlite").close()
    with sqlite3.connect(tmp_path / "a.sqlite") as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()

    with pytest.raises(LibraryError, match="newer version"):
        Library.open(tmp_path / "a.sqlite")


def test_what_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("These are words, not tables. " * 100)

    with pytest.raises(LibraryError, match="is damaged; restore a backup"):
        Library.open(tmp_path / "a.sqlite")


def test_two_programs_may_have_it_open_and_see_each_others_work(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.sqlite") as one, Library.open(tmp_path / "a.sqlite") as other:
        saved = held(one, "dawn")
        other.rate(saved.content_hash, Rating(avoid=True))

        assert one.tracks()[0].rating.avoid
