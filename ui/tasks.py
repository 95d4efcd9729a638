"""A job in the background: run, progress, success, failure.

The work runs in a thread of its own and must not touch a widget; its signals arrive in the
thread of the windows.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSignal

from soundscape.errors import SoundscapeError
from soundscape.faults import described
from ui.sentences import translated
from ui.words import _

Report = Callable[[object], None]
T = TypeVar("T")

AFTER_SIGHT_MS = 50
"""Work that loads much begins so long after a window was made: its first sight does not wait."""

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
        self._thread = threading.Thread(target=self._run, name="task", daemon=True)

    def start(self) -> None:
        """Begin, and return at once.

        The application owns the task until its end is told, so that it is never deleted in the
        thread of the work: whoever started it may be gone by then.
        """
        self.setParent(QCoreApplication.instance())
        for end in (self.succeeded, self.failed):
            end.connect(self._part)
        self._thread.start()

    def _part(self) -> None:
        """Let the task go, once its thread has come back from telling the end."""
        self._thread.join()
        self.deleteLater()

    def _run(self) -> None:
        try:
            result = self._work(self.progress.emit)
        except SoundscapeError as error:
            self.failed.emit(translated(str(error)))
        except OSError as error:
            self.failed.emit(f"{error.filename or _('The disk')}: {error.strerror or error}.")
        except Exception as error:  # noqa: BLE001 - the edge of a background job
            _LOG.error("a background job failed: %s", described(error))
            self.failed.emit(_("That did not work, and the program's log says why."))
        else:
            self.succeeded.emit(result)


class Jobs:
    """A window's background jobs: each is kept until it is done.

    After ``forget`` nothing is told any more, so that no answer meets a widget that is gone.

    Parameters
    ----------
    trouble : Callable[[str], object]
        Takes the sentence of a job that failed and has no place of its own to say so.
    """

    def __init__(self, trouble: Callable[[str], object] = _LOG.warning) -> None:
        self._trouble = trouble
        self._tasks: set[Task] = set()

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way."""
        return bool(self._tasks)

    def run(
        self,
        work: Callable[[Report], T],
        done: Callable[[T], None],
        failed: Callable[[str], object] | None = None,
        progress: Callable[[Any], None] = lambda _: None,
    ) -> None:
        """Do some work in the background, then hand on what it returned or why it failed."""
        sorry = failed or self._trouble
        task = Task(work)
        self._tasks.add(task)

        def meet(use: Callable[[Any], object], told: object) -> None:
            if task in self._tasks:
                self._tasks.discard(task)
                use(told)

        task.succeeded.connect(lambda result: meet(done, result))
        task.failed.connect(lambda why: meet(sorry, why))
        task.progress.connect(lambda state: progress(state) if task in self._tasks else None)
        task.start()

    def forget(self) -> None:
        """Tell nothing more of the jobs that are under way; they go on."""
        self._tasks.clear()
