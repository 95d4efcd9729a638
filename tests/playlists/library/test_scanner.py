"""A scan analyzes what is new, skips what is known, and follows what moved."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fakes import sounds

from playlists.analysis.worker import Examined, examine
from playlists.library.repository import Library
from playlists.library.scanner import AddReport, Progress, add_paths
from soundscape.errors import LibraryError

pytestmark = pytest.mark.slow


def here(paths: Sequence[Path], *, workers: int) -> Iterator[Examined]:
    """Examine files in this process, where it is quicker."""
    assert workers == 1
    return map(examine, paths)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite") as opened:
        yield opened


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    (folder / "deep").mkdir(parents=True)
    sounds.write(folder / "one.flac", sounds.drone(21))
    sounds.write(folder / "deep" / "two.wav", sounds.drone(22))
    (folder / "words.mp3").write_text("These are words.\n" * 100)
    (folder / "cover.jpg").write_bytes(b"\xff\xd8\xff" * 1_000)
    (folder / "link.flac").symlink_to(folder / "one.flac")
    return folder


def scan(library: Library, *paths: Path) -> AddReport:
    return add_paths(library, paths, workers=1, examining=here)


def counts(report: AddReport) -> tuple[int, int, int, int, int]:
    return (
        report.added,
        report.changed,
        report.unchanged,
        report.gone,
        len(report.rejected),
    )


def test_a_folder_is_added_once_and_then_known(library: Library, music: Path) -> None:
    first, again = scan(library, music), scan(library, music)

    assert counts(first) == (2, 0, 0, 0, 1)
    assert first.rejected[0][0] == music / "words.mp3"
    assert counts(again) == (0, 0, 2, 0, 1)
    assert {track.title for track in library.tracks()} == {"one", "two"}


def test_a_moved_file_is_no_new_track(library: Library, music: Path) -> None:
    scan(library, music)
    (music / "one.flac").rename(music / "deep" / "renamed.flac")

    report = scan(library, music)

    assert counts(report) == (0, 0, 2, 0, 1)
    assert music / "deep" / "renamed.flac" in {track.path for track in library.tracks()}
    assert all(track.present for track in library.tracks())


def test_a_changed_file_is_measured_again_and_a_lost_one_marked(
    library: Library, music: Path
) -> None:
    scan(library, music)
    sounds.write(music / "one.flac", sounds.drone(24))
    (music / "deep" / "two.wav").unlink()

    report = scan(library, music)

    assert counts(report) == (0, 1, 0, 1, 1)
    assert [track.analysis.duration_s for track in library.tracks() if track.present] == [24.0]


def test_files_elsewhere_are_not_missed(library: Library, music: Path, tmp_path: Path) -> None:
    elsewhere = sounds.write(tmp_path / "three.flac", sounds.drone(23))
    scan(library, elsewhere)

    report = scan(library, music)

    assert report.gone == 0
    assert len(library.tracks()) == 3


def test_two_copies_are_one_track(library: Library, music: Path) -> None:
    shutil.copyfile(music / "one.flac", music / "copy.flac")

    report = scan(library, music)

    assert counts(report) == (2, 0, 1, 0, 1)
    assert len(library.tracks()) == 2


def test_what_was_done_before_an_interruption_stays(library: Library, music: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_paths(
            library,
            [music / "deep", music / "one.flac"],
            workers=1,
            progress=interrupt,
            examining=here,
        )
    report = scan(library, music)

    assert counts(report) == (1, 0, 1, 0, 1)


def test_progress_comes_to_its_end(library: Library, music: Path) -> None:
    seen: list[Progress] = []

    add_paths(library, [music], workers=1, progress=seen.append, examining=here)

    assert [state.done for state in seen] == [0, 1, 2, 3]
    assert seen[-1].done_bytes == seen[-1].total_bytes > 0


def test_names_that_are_not_text_are_kept_and_shown(library: Library, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"track\xe9.flac")
    sounds.write(tmp_path / "a.flac", sounds.drone(21)).rename(path)

    scan(library, path)

    (track,) = library.tracks()
    assert track.path == path
    assert track.title.encode()


def test_a_pipe_named_outright_is_refused_and_not_waited_for(
    library: Library, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")

    report = scan(library, tmp_path / "pipe.mp3")

    assert len(report.rejected) == 1


def test_a_missing_path_is_said_before_anything_is_done(
    library: Library, music: Path, tmp_path: Path
) -> None:
    with pytest.raises(LibraryError, match="does not exist"):
        scan(library, music, tmp_path / "missing")

    assert library.tracks() == []


def test_worker_processes_find_the_same(library: Library, music: Path) -> None:
    report = add_paths(library, [music], workers=2)

    assert counts(report) == (2, 0, 0, 0, 1)
