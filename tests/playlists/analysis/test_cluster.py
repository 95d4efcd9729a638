"""A cluster finds what this machine finds, and says in a sentence what it lacks."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from distributed import Client
from fakes import sounds
from fakes.examiners import examine_by_name, process_id

from playlists.analysis.cluster import Cluster, connected
from playlists.analysis.pool import LimitedPool, examine_all
from playlists.analysis.worker import digest
from playlists.library.repository import Library
from playlists.library.scanner import add_paths
from soundscape.errors import LibraryError, RejectedFileError
from soundscape.folders import data_folder
from ui.commands.main import main

pytestmark = pytest.mark.slow

LOOPBACK = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")
SCHEDULER_IS_AT = re.compile(rb"Scheduler at: +(tcp://\S+)")
SCHEDULER = ("scheduler", SCHEDULER_IS_AT, "--port", "0")
WORKER_IS_IN = re.compile(rb"Registered to: +(tcp://\S+)")


@contextmanager
def running(
    kind: str, ready: re.Pattern[bytes], *arguments: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a part of a cluster, and yield the scheduler's address once it is said, and itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *LOOPBACK, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    try:
        said = next(found for line in process.stderr if (found := ready.search(line)))
        yield said[1].decode(), process
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    scratch = str(tmp_path_factory.mktemp("cluster"))
    with ExitStack() as stack:
        address, _ = stack.enter_context(running(*SCHEDULER))
        for name in ("one", "two"):
            options = ("--nthreads", "1", "--name", name, "--local-directory", scratch)
            stack.enter_context(running("worker", WORKER_IS_IN, address, *options))
        yield address


@pytest.fixture
def cluster(address: str) -> Iterator[Cluster]:
    with connected(address) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("music")
    for number in range(4):
        sounds.write(folder / f"{number}.flac", sounds.pads(21 + number, seed=number))
    shutil.copyfile(folder / "0.flac", folder / "copy.flac")
    (folder / "words.mp3").write_text("words " * 400)
    return folder


def test_two_machines_find_what_this_one_finds(
    cluster: Cluster, music: Path, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "far.sqlite") as library:
        far = add_paths(library, [music], executor=cluster)
        far_found = {track.content_hash: track.analysis for track in library.tracks()}
    with Library.open(tmp_path / "near.sqlite") as library, LimitedPool(2) as pool:
        near = add_paths(library, [music], executor=pool)
        near_found = {track.content_hash: track.analysis for track in library.tracks()}

    assert (far.added, far.unchanged, far.rejected) == (4, 1, near.rejected)
    assert far_found == near_found


def test_a_crash_there_costs_one_file_and_no_machine(cluster: Cluster) -> None:
    paths = [Path(name) for name in ("a", "crash", "b", "fail")]

    found = {
        one.path.name: one
        for one in examine_all(paths, executor=cluster, examiner=examine_by_name)
    }

    assert "crashed" in found["crash"].reason
    assert "ValueError" in found["fail"].reason
    assert found["a"].title
    assert found["b"].title


def test_readers_there_are_kept_from_file_to_file(cluster: Cluster) -> None:
    readers = {cluster.submit(process_id).result() for _ in range(6)}

    assert len(readers) <= 2


def test_dasks_own_executor_will_do_too(address: str, music: Path) -> None:
    with Client(address, set_as_default=False) as client:
        found = list(examine_all([music / "1.flac"], executor=client.get_executor()))

    assert found[0].analysis is not None


def test_a_file_that_a_machine_sees_otherwise_stops_it_with_a_sentence(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here-alone.flac").write_bytes(b"fLaC")

    outcome = cluster.submit(digest, Path("here-alone.flac")).exception()

    assert isinstance(outcome, LibraryError)
    assert not isinstance(outcome, RejectedFileError)
    assert "does not see here-alone.flac as it is here" in str(outcome)


def test_both_commands_take_a_scheduler(
    address: str, music: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(tmp_path), "--json"]

    statuses = (
        main(["analyze", str(music / "2.flac"), "--scheduler", address, "--json"]),
        main(["library", "add", str(music), "--scheduler", address, *data]),
    )

    analyzed, added = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert statuses == (0, 0)
    assert analyzed["ok"]
    assert added["added"] == 4
    with Library.open(data_folder(str(tmp_path)).library) as library:
        assert len(library.tracks()) == 4


def test_a_scheduler_without_workers_is_a_sentence() -> None:
    with (
        running(*SCHEDULER) as (address, _),
        pytest.raises(LibraryError, match="no workers yet"),
        connected(address),
    ):
        pass


def test_a_scheduler_that_is_lost_is_a_sentence() -> None:
    def lose(address: str, scheduler: subprocess.Popen[bytes]) -> None:
        with connected(address) as cluster:
            cluster.submit(process_id).result()
            scheduler.kill()
            cluster.submit(process_id).result()

    with ExitStack() as stack:
        address, scheduler = stack.enter_context(running(*SCHEDULER))
        stack.enter_context(running("worker", WORKER_IS_IN, address, "--no-nanny"))

        with pytest.raises(LibraryError, match="was lost"):
            lose(address, scheduler)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://", "no port"])
def test_a_scheduler_that_does_not_answer_is_a_sentence(address: str) -> None:
    with pytest.raises(LibraryError, match="No Dask scheduler answers"), connected(address):
        pass
