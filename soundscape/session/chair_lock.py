"""One session on a chair: a lock that the system frees when its process dies, however it dies."""

import sys
from pathlib import Path

from soundscape.errors import SessionError

LOCK_FILE = "chair.lock"


class ChairLock:
    """Held by the host of the running session.

    Parameters
    ----------
    root : Path
        The chair's data folder.

    Raises
    ------
    SessionError
        If another session holds it.
    """

    def __init__(self, root: Path) -> None:
        self._file = (root / LOCK_FILE).open("a+b")
        try:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415 -- there is no such module elsewhere

                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl  # noqa: PLC0415 -- there is no such module on Windows

                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise SessionError(
                "Another session is running on this chair; end it first."
            ) from error

    def release(self) -> None:
        """Let the next session have the chair."""
        self._file.close()
