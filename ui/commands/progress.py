"""Progress on standard error: a bar, and the time that is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


class Advance(Protocol):
    """Moves a bar on."""

    def __call__(self, done: float) -> None:
        """Say how much is done, on the scale of the bar's total."""


@contextmanager
def progress_bar(title: str, total: float) -> Iterator[Advance]:
    """Show a bar while a block runs; nothing of it goes to standard output.

    Yields
    ------
    Advance
        To be called with how much is done.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=total)

        def advance(done: float) -> None:
            progress.update(task, completed=done)

        yield advance
