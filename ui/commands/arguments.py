"""Options that several commands take, and their values."""

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from playlists.analysis.pool import AHEAD, LimitedPool
from soundscape.errors import LibraryError

_AHEAD_ON_A_CLUSTER = 256


@dataclass(frozen=True, slots=True)
class Crew:
    """Who analyzes files.

    Attributes
    ----------
    executor : Executor
        Does the work.
    ahead : int
        How many files it is given at once.
    """

    executor: Executor
    ahead: int


def add_crew(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say who analyzes files."""
    parser.add_argument(
        "--workers",
        type=workers,
        default=os.cpu_count() or 1,
        metavar="N",
        help="files analyzed at once on this machine",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="analyze on the Dask cluster with this scheduler, as tcp://host:8786; "
        "the music must be under the same path on every machine",
    )


@contextmanager
def crew(options: argparse.Namespace) -> Iterator[Crew]:
    """Yield who analyzes files, as the options say.

    Raises
    ------
    LibraryError
        If a cluster is wanted that cannot be had.
    """
    if options.scheduler is None:
        with LimitedPool(options.workers) as pool:
            yield Crew(pool, max(AHEAD, 4 * options.workers))
        return
    try:
        cluster = import_module("playlists.analysis.cluster")
    except ModuleNotFoundError as error:
        raise LibraryError(
            "--scheduler needs Dask; install it with: pip install 'session-soundscape[cluster]'."
        ) from error
    with cluster.connected(options.scheduler) as executor:
        yield Crew(executor, _AHEAD_ON_A_CLUSTER)


def workers(text: str) -> int:
    """Return how many files are to be worked on at once.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is not a whole number from 1 on.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("say a whole number from 1 on")
    return int(text)
