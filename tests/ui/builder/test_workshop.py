"""What the builder does to the library, on a real one."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import sounds

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.library.repository import Library
from playlists.library.scanner import Progress
from playlists.library.watch import watch
from soundscape.errors import LibraryError
from soundscape.folders import DataFolder
from ui.builder.workshop import Workshop

pytestmark = pytest.mark.slow


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(DataFolder(tmp_path / "data"))


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for number in range(3):
        sounds.write(folder / f"{number}.flac", sounds.drone(21 + number))
    return folder


def ignore(_: Progress) -> None:
    """Report to nobody."""


def test_stopping_keeps_what_is_done_and_the_next_time_goes_on(
    workshop: Workshop, music: Path
) -> None:
    def stop(progress: Progress) -> None:
        if progress.done == 1:
            workshop.stop()

    with pytest.raises(LibraryError, match=r"Stopped: \d done, \d left"):
        workshop.add(music, stop)
    kept = len(workshop.search())
    report = workshop.add(music, ignore)

    assert 1 <= kept < 3
    assert (report.added, report.unchanged) == (3 - kept, kept)


def test_only_what_an_older_version_measured_is_measured_anew(
    workshop: Workshop, music: Path
) -> None:
    workshop.add(music, ignore)
    with Library.open(workshop.folder.library) as library:
        one = next(iter(library.files().values()))
        library.remember(replace(one, analysis_version=ANALYSIS_VERSION - 1))
        old = library.track(str(one.content_hash))
        assert old is not None
        analysis = replace(old.analysis, analysis_version=ANALYSIS_VERSION - 1)
        library.save(replace(old, analysis=analysis))

    first, again = workshop.renew(ignore), workshop.renew(ignore)

    assert first is not None
    assert (first.changed, first.unchanged) == (1, 0)
    assert again is None


def test_what_is_stale_and_gone_is_left_alone(workshop: Workshop, music: Path) -> None:
    workshop.add(music, ignore)
    with Library.open(workshop.folder.library) as library:
        for record in library.files().values():
            library.remember(replace(record, analysis_version=ANALYSIS_VERSION - 1))
    shutil.rmtree(music)

    assert workshop.renew(ignore) is None
    assert len(workshop.search()) == 3


def test_watched_folders_are_looked_through_again(workshop: Workshop, music: Path) -> None:
    nothing = workshop.look_again(ignore)
    with Library.open(workshop.folder.library) as library:
        watch(library, music)

    first = workshop.look_again(ignore)
    shutil.move(music / "0.flac", music.parent / "away.flac")
    second = workshop.look_again(ignore)

    assert nothing is None
    assert first is not None
    assert second is not None
    assert (first.found.added, second.found.unchanged, second.found.gone) == (3, 2, 1)
