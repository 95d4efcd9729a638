"""The ring's shared memory: a file, so that it outlives each of the processes that share it."""

import mmap
import os
import tempfile
from pathlib import Path

from soundscape.engine.ring import NO_END, SIZE_BYTES, Field, Ring
from soundscape.errors import EngineError

RING_FILE = "ring"
"""Leads to the ring, in the chair's private folder; beside it lies the safe bed."""

BED_FILE = "bed.f32"
_MAGIC = 0x534F554E44530002


def ring_folder() -> Path:
    """Return where shared memory lies as files: memory itself where the system has such."""
    memory = Path("/dev/shm")  # noqa: S108 -- the name is private to the session
    return memory if memory.is_dir() else Path(tempfile.gettempdir())


def create_ring(path: Path) -> Ring:
    """Return a new ring in a file that only this user may open; one that was there is left.

    Whoever still shares the old one keeps it: the name leads to the new one.
    """
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600), "r+b") as file:
        file.truncate(SIZE_BYTES)
        ring = Ring(mmap.mmap(file.fileno(), SIZE_BYTES))
    ring.set(Field.END, NO_END)
    ring.set(Field.MAGIC, _MAGIC)
    return ring


def open_ring(path: Path) -> Ring:
    """Return the ring that another process made.

    Raises
    ------
    EngineError
        If there is none, or it is of another make.
    """
    try:
        with path.open("r+b") as file:
            ring = Ring(mmap.mmap(file.fileno(), SIZE_BYTES))
    except (OSError, ValueError) as error:
        raise EngineError("There is no running session to attach to.") from error
    if ring.get(Field.MAGIC) != _MAGIC:
        raise EngineError("The running session is of another version; end it first.")
    return ring
