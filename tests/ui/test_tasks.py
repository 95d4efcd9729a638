"""A background job ends in one signal, and a failure is a sentence."""

import threading

import pytest
from PyQt6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from soundscape.errors import LibraryError
from ui.tasks import Jobs, Report, Task


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


def test_a_job_hands_on_what_it_returned(qtbot: QtBot) -> None:
    jobs, handed = Jobs(), list[str]()

    jobs.run(lambda _report: "done", handed.append)
    busy = jobs.is_busy

    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert (busy, handed) == (True, ["done"])


def test_a_failure_without_a_place_of_its_own_is_told_with_the_others(qtbot: QtBot) -> None:
    told, own, handed = list[str](), list[str](), list[object]()
    jobs = Jobs(told.append)

    def work(_report: Report) -> None:
        raise LibraryError("Add some music first.")

    jobs.run(work, handed.append)
    jobs.run(work, handed.append, own.append)

    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert told == own == ["Add some music first."]
    assert handed == []


@pytest.mark.usefixtures("qapp")
def test_what_is_forgotten_is_told_to_nobody() -> None:
    jobs, handed, goes_on = Jobs(), list[bool](), threading.Event()

    jobs.run(lambda _report: goes_on.wait(10.0), handed.append)
    jobs.forget()
    goes_on.set()
    for thread in threading.enumerate():
        if thread.name == "task":
            thread.join()
    QCoreApplication.processEvents()

    assert (jobs.is_busy, handed) == (False, [])


def test_a_job_is_let_go_only_once_its_thread_has_told_everybody(qtbot: QtBot) -> None:
    go, gone = threading.Event(), threading.Event()
    gone_meanwhile: list[bool] = []
    task = Task(lambda _report: go.wait())
    task.destroyed.connect(gone.set)
    task.start()
    task.succeeded.connect(
        lambda: gone_meanwhile.append(gone.wait(0.2)),
        Qt.ConnectionType.DirectConnection,  # type: ignore[call-arg]  # the stubs know no kind
    )
    go.set()

    qtbot.waitUntil(gone.is_set)
    assert gone_meanwhile == [False]
