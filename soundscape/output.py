"""Files that people name: each appears whole or not at all, and only a file gives way to it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from soundscape.errors import OutputError


@contextmanager
def arriving(path: Path) -> Iterator[Path]:
    """Lend a name beside a file; what was written there takes the file's place at the end.

    Its folder is made. Whatever fails, the file is as it was, and nothing is left beside it.

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
    beside = path.with_name(f".{secrets.token_hex(4)}.arriving")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        if error.filename != os.fspath(beside):
            raise
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)
