"""A job in the background: run, progress, success, failure.

The work runs in a thread of its own and must not touch a widget; its signals arrive in the
thread of the windows.
"""

import logging
import threading
from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from soundscape.errors import SoundscapeError
from soundscape.faults import described
from ui.words import _

Report = Callable[[object], None]

_LOG = logging.getLogger(__name__)


class Task(QObject):
    """One job, kept by whoever started it until it is done.

    Exactly one of ``succeeded`` (with what the work returned) and ``failed`` (with a sentence)
    comes, and nothing after it.

    Parameters
    ----------
    work : Callable[[Report], object]
        Takes a function to report progress with, and returns the result.
    """

    progress = pyqtSignal(object)
    succeeded = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, work: Callable[[Report], object]) -> None:
        super().__init__()
        self._work = work

    def start(self) -> None:
        """Begin, and return at once."""
        threading.Thread(target=self._run, name="task", daemon=True).start()

    def _run(self) -> None:
        try:
            result = self._work(self.progress.emit)
        except SoundscapeError as error:
            self.failed.emit(str(error))
        except OSError as error:
            self.failed.emit(f"{error.filename or _('The disk')}: {error.strerror or error}.")
        except Exception as error:  # noqa: BLE001 - the edge of a background job
            _LOG.error("a background job failed: %s", described(error))
            self.failed.emit(_("That did not work, and the program's log says why."))
        else:
            self.succeeded.emit(result)
