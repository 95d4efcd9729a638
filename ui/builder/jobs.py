"""What goes on behind the builder: each job is kept until it is done, and its failure is told."""

from collections.abc import Callable
from typing import Any

from ui.tasks import Task

Work = Callable[[Callable[[object], None]], object]


class Jobs:
    """Runs jobs in the background and shows how they end.

    Parameters
    ----------
    trouble : Callable[[str], None]
        Shows the sentence of a job that failed, where it has no place of its own.
    """

    def __init__(self, trouble: Callable[[str], None]) -> None:
        self._trouble = trouble
        self._tasks: set[Task] = set()

    @property
    def any(self) -> bool:
        """Whether anything goes on."""
        return bool(self._tasks)

    def run(
        self,
        work: Work,
        succeeded: Callable[[Any], None],
        *,
        progress: Callable[[Any], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Do something behind the window.

        Parameters
        ----------
        work : Work
            As of ``ui.tasks.Task``; must not touch a widget.
        succeeded : Callable[[Any], None]
            Takes what it returned.
        progress : Callable[[Any], None] | None
            Takes what it reports.
        failed : Callable[[str], None] | None
            Takes the sentence of its failure; None for where the others are shown.
        """
        task = Task(work)
        self._tasks.add(task)
        task.succeeded.connect(succeeded)
        task.failed.connect(failed or self._trouble)
        if progress is not None:
            task.progress.connect(progress)
        for end in (task.succeeded, task.failed):
            end.connect(lambda _result: self._tasks.discard(task))
        task.start()
