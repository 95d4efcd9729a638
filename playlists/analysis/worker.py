"""What runs in a worker process: limits on itself, then call after call until its pipe closes.

Imported by the parent as well, hence the heavy imports only where the work is done.
"""

import multiprocessing
import os
import signal
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from playlists.models import Analysis
from soundscape.errors import SoundscapeError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
# Elsewhere a worker is limited by its deadline alone.
if sys.platform != "win32":
    import resource

    OUT_OF_TIME: int = -signal.SIGXCPU
    """How a process ends that used more of the processor than it may."""
else:
    OUT_OF_TIME = 1 << 32  # no process ends so

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
        Seconds of the processor that one call may take, and seconds of the wall's that it may go
        without any of it: so many, and so many more for each megabyte of the files it is about.
        On a busy machine the wall's time alone says nothing of a file.
    """

    memory_bytes: int = 1_500_000_000
    base_s: float = 60.0
    each_mb_s: float = 4.0

    def allowed_s(self, call: "Call") -> float:
        """Return how much of the processor this call may take, and how long it may go without."""
        sizes = (_size_bytes(file) for file in call.arguments if isinstance(file, Path))
        return self.base_s + self.each_mb_s * sum(sizes) / 1e6


@dataclass(frozen=True, slots=True)
class Call:
    """What a worker is to do.

    Attributes
    ----------
    function : Callable[..., object]
        Importable by its name.
    arguments : tuple[object, ...]
        What it is called with.
    """

    function: Callable[..., object]
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call.

    Attributes
    ----------
    result : object
        What the function returned; None if it failed.
    reason : str
        Why it failed, in one sentence; empty if it did not.
    """

    result: object
    reason: str = ""


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


def digest(path: Path) -> str | None:
    """Return a file's SHA-256; None if it is no ordinary file or cannot be read."""
    store = import_module("soundscape.media.store")
    try:
        # A pipe would never end.
        return store.content_hash(path) if stat.S_ISREG(path.lstat().st_mode) else None
    except OSError:
        return None


def serve(connection: "Connection[Answer, Call]", limits: Limits) -> None:
    """Do each call that comes through the pipe, until it closes."""
    _limit(limits)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    with suppress(EOFError, BrokenPipeError):
        while True:
            call = connection.recv()
            _allow_cpu(limits.allowed_s(call))
            connection.send(_answer(call))


def processor_s(process_id: int) -> float:
    """Return how much of the processor a process has used; 0 where the system does not tell."""
    try:
        said = Path(f"/proc/{process_id}/stat").read_bytes()
    except OSError:
        return 0.0
    # proc(5): fields 14 and 15, counted behind the name, which may hold anything.
    user, system = said.rpartition(b")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _answer(call: Call) -> Answer:
    """Do a call, whatever comes of it."""
    try:
        return Answer(call.function(*call.arguments))
    except SoundscapeError as error:
        return Answer(None, str(error))
    except MemoryError:
        return Answer(None, "Reading this file needs too much memory.")
    except Exception as error:  # noqa: BLE001 - the worker's edge: a file must not end it
        return Answer(None, f"Reading this file failed: {type(error).__name__}.")


def _end_with_parent() -> None:
    """End this process when its parent has ended, even in the middle of a file."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _size_bytes(path: Path) -> int:
    """Return a file's size; 0 if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


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
