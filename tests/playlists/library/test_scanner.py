"""A scan analyzes what is new, skips what is known, and follows what moved."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
from fakes import sounds

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.analysis.pool import LimitedPool
from playlists.analysis.worker import examine
from playlists.library.repository import Library
from playlists.library.scanner import AddReport, Progress, add_paths, stale_paths
from playlists.models import Rating
from soundscape.errors import LibraryError

P = ParamSpec("P")
T = TypeVar("T")

pytestmark = pytest.mark.slow


class Here(Executor):
    """Does each call in this process at once, where it is quicker."""

    def __init__(self) -> None:
        self.examined: list[Path] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function now."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        if fn is examine:
            self.examined.append(args[0])  # type: ignore[arg-type]
        return future


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


def scan(library: Library, *paths: Path, executor: Executor | None = None) -> AddReport:
    return add_paths(library, paths, executor=executor or Here())


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

    with pytest.raises(LibraryError, match=r"1 done, 1 left; the next time goes on\."):
        add_paths(
            library,
            [music / "deep", music / "one.flac"],
            executor=Here(),
            progress=interrupt,
            ahead=1,
        )
    report = scan(library, music)

    assert counts(report) == (1, 0, 1, 0, 1)


def test_shutting_the_executor_down_stops_the_scan(library: Library, music: Path) -> None:
    with LimitedPool(1) as pool:

        def stop(progress: Progress) -> None:
            if progress.done == 1:
                pool.shutdown(cancel_futures=True)

        with pytest.raises(LibraryError, match="Stopped: 1 done, 2 left"):
            add_paths(library, [music], executor=pool, progress=stop, ahead=1)

    assert sum(counts(scan(library, music))) == 3


def test_progress_comes_to_its_end(library: Library, music: Path) -> None:
    seen: list[Progress] = []

    add_paths(library, [music], executor=Here(), progress=seen.append)

    assert [state.done for state in seen] == [0, 1, 2, 3]
    assert seen[-1].done_bytes == seen[-1].total_bytes > 0
    assert seen[0].left_s is None
    assert seen[-1].left_s == 0.0


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
    with LimitedPool(2) as pool:
        report = scan(library, music, executor=pool)

    assert counts(report) == (2, 0, 0, 0, 1)


def test_known_content_is_never_measured_again(library: Library, music: Path) -> None:
    scan(library, music)
    away = music.rename(music.with_name("away"))
    (music / "empty").mkdir(parents=True)
    scan(library, music)
    executor = Here()

    report = scan(library, away, executor=executor)

    assert counts(report) == (0, 0, 2, 0, 1)
    assert executor.examined == [away / "words.mp3"]
    assert all(track.present for track in library.tracks())


def test_what_older_code_measured_stays_until_it_is_measured_anew(
    library: Library, music: Path
) -> None:
    scan(library, music)
    for one in library.tracks():
        old = replace(one.analysis, analysis_version=ANALYSIS_VERSION - 1, energy=0.123)
        library.save(replace(one, analysis=old, rating=Rating(energy=0.7)))
    for record in library.files().values():
        library.remember(replace(record, analysis_version=ANALYSIS_VERSION - 1))
    stale = stale_paths(library)
    before = {track.analysis.energy for track in library.tracks()}

    report = scan(library, *stale)

    assert len(stale) == 3
    assert before == {0.123}
    assert counts(report) == (0, 2, 0, 0, 1)
    assert stale_paths(library) == []
    assert 0.123 not in {track.analysis.energy for track in library.tracks()}
    assert {track.energy for track in library.tracks()} == {0.7}
