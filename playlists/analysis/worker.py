"""What runs in a worker process: limits on itself, then file after file until its pipe closes.

Imported by the parent as well, hence the heavy imports only where the work is done.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from playlists.models import Analysis
from soundscape.errors import SoundscapeError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
# Elsewhere a worker is limited by its deadline alone.
if sys.platform != "win32":
    import resource

_NICENESS = 10
_WRITABLE_BYTES = 1_000_000
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use.

    Attributes
    ----------
    memory_bytes : int
        Address space.
    base_s, each_mb_s : float
        Seconds that one file may take, of the wall's time and of the processor's: so many, and
        so many more for each megabyte.
    """

    memory_bytes: int = 1_500_000_000
    base_s: float = 60.0
    each_mb_s: float = 4.0

    def allowed_s(self, path: Path) -> float:
        """Return how long this file may take."""
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        return self.base_s + self.each_mb_s * size / 1e6


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a file.

    Attributes
    ----------
    path : Path
        The file.
    analysis : Analysis | None
        None if it was refused.
    title, artist, album : str
        From its tags, cleaned; empty where not said.
    reason : str
        Why it was refused, in one sentence; empty if it was not.
    """

    path: Path
    analysis: Analysis | None
    title: str = ""
    artist: str = ""
    album: str = ""
    reason: str = ""


Examiner = Callable[[Path], Examined]


def examine(path: Path) -> Examined:
    """Analyze a file and read its tags."""
    analyzer = import_module("playlists.analysis.analyzer")
    tags = import_module("soundscape.media.tags")
    try:
        analysis = analyzer.analyze_file(path)
    except SoundscapeError as error:
        return Examined(path, None, reason=str(error))
    found = tags.read_tags(path)
    return Examined(path, analysis, found.title, found.artist, found.album)


def serve(connection: "Connection[Examined, Path]", limits: Limits, examiner: Examiner) -> None:
    """Examine each path that comes through the pipe, until it closes."""
    _limit(limits)
    with suppress(EOFError, BrokenPipeError):
        while True:
            path = connection.recv()
            _allow_cpu(limits.allowed_s(path))
            try:
                found = examiner(path)
            except MemoryError:
                found = Examined(path, None, reason="Reading this file needs too much memory.")
            except Exception as error:  # noqa: BLE001 - the worker's edge: a file must not end it
                reason = f"Reading this file failed: {type(error).__name__}."
                found = Examined(path, None, reason=reason)
            connection.send(found)


def _limit(limits: Limits) -> None:
    """Limit this process: threads, priority, memory, what it may write."""
    # Ctrl-C in a terminal reaches the whole group; the parent is the one that decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    if sys.platform == "win32":
        return
    os.nice(_NICENESS)
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, _WRITABLE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _allow_cpu(more_s: float) -> None:
    """Let the process use so much more of the processor; the system kills it beyond that."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    total_s = int(used.ru_utime + used.ru_stime + more_s) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (total_s, resource.getrlimit(resource.RLIMIT_CPU)[1]))
