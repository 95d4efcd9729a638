"""One session on a chair, one screen: locks that the system frees when their process dies."""

import sys
from pathlib import Path

from soundscape.errors import SessionError

LOCK_FILE = "chair.lock"
SESSION_RUNS = "Another session is running on this chair; end it first."


class ChairLock:
    """Held by the host of the running session.

    Parameters
    ----------
    root : Path
        The chair's data folder.
    name : str
        Of the lock's file.
    held : str
        The sentence of the refusal.

    Raises
    ------
    SessionError
        If another process holds it.
    """

    def __init__(self, root: Path, name: str = LOCK_FILE, held: str = SESSION_RUNS) -> None:
        self._file = (root / name).open("a+b")
        try:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415 -- there is no such module elsewhere

                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl  # noqa: PLC0415 -- there is no such module on Windows

                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise SessionError(held) from error

    def release(self) -> None:
        """Let the next one have the chair."""
        self._file.close()
