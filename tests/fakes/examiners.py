"""What worker processes do with a file in tests: a file's name says what happens to it."""

import os
import signal
import time
from pathlib import Path

from playlists.analysis.worker import Examined


def examine_by_name(path: Path) -> Examined:
    """Crash, hang, eat memory, fail, or say which process looked, as the file's name says."""
    if path.stem.startswith("crash"):
        os.abort()
    if path.stem.startswith("hang"):
        while True:
            # Even a reader that would rather sleep than answer is ended.
            time.sleep(60)  # noqa: TID251
    if path.stem.startswith("memory"):
        bytearray(4_000_000_000)
    if path.stem.startswith("fail"):
        raise ValueError(path.stem)
    return Examined(path, None, title=str(os.getpid()))


def process_id() -> int:
    """Say which process was called."""
    return os.getpid()


def burn() -> None:
    """Compute for ever."""
    while True:
        pass


def work_in_steps() -> int:
    """Use a little of the processor now and then for a while, as on a machine that is busy."""
    for _ in range(16):
        sum(range(1_000_000))
        time.sleep(0.25)  # noqa: TID251
    return os.getpid()


def die_once(trace: Path) -> int:
    """Be killed the first time; say which process was called the second time."""
    if not trace.exists():
        trace.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()
