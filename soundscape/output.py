"""Files that are written whole: each appears whole or not at all, and only a file gives way."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from soundscape.errors import OutputError


@contextmanager
def arriving(path: Path) -> Iterator[Path]:
    """Lend a name beside a file; what was written there takes the file's place at the end.

    Its folder is made. Whatever fails, the file is as it was, and nothing is left beside it; a
    power cut leaves it whole as it was or as it was to be.

    Parameters
    ----------
    path : Path
        The file.

    Yields
    ------
    Path
        Where to write.

    Raises
    ------
    OutputError
        If there is a folder, a device or a pipe of this name, or the place cannot be written to.
    OSError
        If what was done meanwhile met with one, as a disk that is full.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file in it.")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is not an ordinary file; choose another name.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
    beside = path.with_name(f".{os.urandom(4).hex()}.arriving")
    try:
        yield beside
        settle(beside)
        beside.replace(path)
    except OSError as error:
        if error.filename != os.fspath(beside):
            raise
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk: after this a power cut spares it."""
    if sys.platform == "win32" and path.is_dir():
        return  # a folder cannot be opened there; its file system looks after names
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
