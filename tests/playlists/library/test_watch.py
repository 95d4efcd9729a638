"""Watched folders are kept, looked through, and may be away for a while."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import sounds

from playlists.analysis.pool import LimitedPool
from playlists.library.repository import Library
from playlists.library.watch import scan_watched, unwatch, watch, watched
from playlists.models import Rating
from soundscape.errors import LibraryError


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite") as opened:
        yield opened


def test_folders_are_watched_once_until_they_are_not(library: Library, tmp_path: Path) -> None:
    for name in ("b", "a", "b"):
        (tmp_path / name).mkdir(exist_ok=True)
        watch(library, tmp_path / name)
    unwatch(library, tmp_path / "a")

    assert watched(library) == [tmp_path / "b"]


def test_only_folders_can_be_watched_and_forgotten(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is not a folder"):
        watch(library, tmp_path / "missing")
    with pytest.raises(LibraryError, match="is not watched"):
        unwatch(library, tmp_path)


@pytest.mark.slow
def test_a_folder_that_is_away_loses_nothing_and_comes_back(
    library: Library, tmp_path: Path
) -> None:
    music, away = tmp_path / "music", tmp_path / "away"
    music.mkdir()
    sounds.write(music / "one.flac", sounds.drone(21))
    watch(library, music)
    with LimitedPool(1) as pool:
        first = scan_watched(library, executor=pool)
        music.rename(away)
        gone = scan_watched(library, executor=pool)
        (missing,) = library.tracks()
        away.rename(music)
        back = scan_watched(library, executor=pool)

    assert (first.found.added, first.absent) == (1, ())
    assert (gone.absent, missing.present) == ((music,), False)
    assert (back.found.added, back.found.unchanged) == (0, 1)
    assert library.tracks()[0].present


@pytest.mark.slow
def test_music_that_moved_to_another_watched_folder_is_found_with_all_that_was_said(
    library: Library, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        watch(library, folder)
    sounds.write(old / "one.flac", sounds.drone(21))
    with LimitedPool(1) as pool:
        scan_watched(library, executor=pool)
        (before,) = library.tracks()
        library.rate(before.content_hash, Rating(tags=frozenset({"mood:still"})))
        (old / "one.flac").rename(new / "renamed.flac")
        old.rmdir()
        steps = []
        moved = scan_watched(
            library,
            executor=pool,
            progress=lambda state: steps.append((state.done, state.total)),
        )

    (after,) = library.tracks()
    assert (moved.found.added, moved.found.unchanged, moved.found.gone) == (0, 1, 0)
    assert (after.path, after.present) == (new / "renamed.flac", True)
    assert after.rating.tags == frozenset({"mood:still"})
    assert (after.content_hash, after.analysis) == (before.content_hash, before.analysis)
    assert steps == [(0, 1), (1, 1)]
