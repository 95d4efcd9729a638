"""A background job ends in one signal, and a failure is a sentence."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from soundscape.errors import LibraryError
from ui.tasks import Report, Task


def test_a_job_reports_and_returns(qtbot: QtBot) -> None:
    seen: list[object] = []

    def work(report: Report) -> str:
        report(1)
        report(2)
        return "done"

    task = Task(work)
    task.progress.connect(seen.append)
    with qtbot.waitSignal(task.succeeded) as end:
        task.start()

    assert (seen, end.args) == ([1, 2], ["done"])


def test_a_job_does_not_run_in_the_windows_thread(qtbot: QtBot) -> None:
    task = Task(lambda _report: threading.current_thread() is threading.main_thread())
    with qtbot.waitSignal(task.succeeded) as end:
        task.start()

    assert end.args == [False]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (LibraryError("Add some music first."), "Add some music first."),
        (
            OSError(28, "No space left on device", "plan.json"),
            "plan.json: No space left on device.",
        ),
        (ZeroDivisionError(), "That did not work, and the program's log says why."),
    ],
)
def test_a_failure_is_one_sentence(qtbot: QtBot, error: Exception, sentence: str) -> None:
    def work(_report: Report) -> None:
        raise error

    task = Task(work)
    with qtbot.waitSignal(task.failed) as end:
        task.start()

    assert end.args == [sentence]
