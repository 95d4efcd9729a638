"""Killed at any moment, adding music loses at most the files in hand; the next time goes on."""

import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest
from fakes import sounds

from playlists.analysis.pool import LimitedPool
from playlists.library.repository import Library
from playlists.library.scanner import AddReport, Progress, add_paths

pytestmark = pytest.mark.slow

FILES = 8
ADD = """
import sys
from pathlib import Path
from playlists.analysis.pool import LimitedPool
from playlists.library.repository import Library
from playlists.library.scanner import add_paths

if __name__ == "__main__":
    with Library.open(Path(sys.argv[1])) as library, LimitedPool(2) as pool:
        say = lambda state: print(state.done, flush=True)
        add_paths(library, [Path(sys.argv[2])], executor=pool, progress=say)
"""


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("music")
    for number in range(FILES):
        sounds.write(folder / f"{number}.flac", sounds.drone(20.5 + number))
    return folder


def killed_after(delay_s: float, database: Path, music: Path) -> int:
    """Add music in a process that is killed, and return how many files it said were done."""
    adding = subprocess.Popen(
        [sys.executable, "-c", ADD, str(database), str(music)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    )
    with suppress(subprocess.TimeoutExpired):
        adding.wait(delay_s)
    adding.kill()
    said, _ = adding.communicate()
    return int(said.split()[-1]) if said else 0


def add(database: Path, music: Path) -> AddReport:
    with Library.open(database) as library, LimitedPool(2) as pool:
        return add_paths(library, [music], executor=pool)


def faults_of(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        found: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
    return found


def test_the_whole_program_may_be_killed_at_any_moment(music: Path, tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - any moments will do
    database = tmp_path / "library.sqlite"
    kept = 0
    for _ in range(4):
        said = killed_after(chance.uniform(0.5, 5.0), database, music)

        with Library.open(database) as library:
            tracks = len(library.tracks())
        assert faults_of(database) == "ok"
        assert tracks >= kept + said, "what was said to be done is there"
        kept = tracks

    report = add(database, music)

    assert (report.added, report.unchanged, report.rejected) == (FILES - kept, kept, ())


def test_workers_that_are_killed_in_the_middle_of_a_file_cost_nothing(
    music: Path, tmp_path: Path
) -> None:
    victims = []

    def kill_all_once(progress: Progress) -> None:
        if progress.done == 2:
            victims.extend(multiprocessing.active_children())
            for worker in victims:
                worker.kill()

    with Library.open(tmp_path / "library.sqlite") as library, LimitedPool(2) as pool:
        report = add_paths(library, [music], executor=pool, progress=kill_all_once)

    assert len(victims) == 2
    assert (report.added, report.rejected) == (FILES, ())
