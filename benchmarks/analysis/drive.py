"""Runs each tool in a process of its own over its files, and gathers what it answers.

A tool that crashes or hangs fails the file in hand; it is started again after it.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.analysis.stand import Found

_ROOT = Path(__file__).parents[2]
_ONE_THREAD = (
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
)


class UnstartableToolError(Exception):
    """A tool ends before its first answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool found in a file and what it cost.

    Attributes
    ----------
    found : Found | None
        None if the tool failed.
    error : str
        How it failed.
    cpu_s : float
        Of the processor, its children's in it.
    peak_mb : float
        The largest resident size of the process so far, or of a child.
    """

    found: Found | None
    error: str
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Run:
    """All answers of one tool, by the names of the files, and what it cost to start it."""

    start: Answer
    answers: Mapping[str, Answer]


def run_tool(command: Sequence[str], warm_up: Path, files: Mapping[str, Path]) -> Run:
    """Let a tool measure files, one after the other.

    Parameters
    ----------
    command : Sequence[str]
        Starts a process that serves, see ``stand``.
    warm_up : Path
        A short file that is measured first, so that what is loaded at first use is counted as
        the cost of starting.
    files : Mapping[str, Path]
        At least one file, by its name in the results.

    Raises
    ------
    UnstartableToolError
        If the tool does not start.
    """
    waiting = list(files)
    start: Answer | None = None
    answers: dict[str, Answer] = {}
    while waiting:
        heard = list(_served(command, [warm_up, *(files[name] for name in waiting)]))
        if not heard:
            raise UnstartableToolError(f"`{' '.join(command)}` does not start; run it to see why.")
        start = start or heard[0]
        answers |= zip(waiting, heard[1:], strict=False)
        del waiting[: len(heard) - 1]
        if waiting:
            answers[waiting.pop(0)] = Answer(None, "the process died", 0.0, 0.0)
    assert start is not None, "there is at least one file"  # noqa: S101
    return Run(start, answers)


def _served(command: Sequence[str], paths: Sequence[Path]) -> Iterator[Answer]:
    """Yield a process's answers until it ends, however it ends."""
    environment = os.environ | dict.fromkeys(_ONE_THREAD, "1")
    with subprocess.Popen(
        command,
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # they warn of much that is of no interest here
        text=True,
    ) as process:
        assert process.stdin is not None, "stdin is a pipe"  # noqa: S101
        assert process.stdout is not None, "stdout is a pipe"  # noqa: S101
        process.stdin.write(json.dumps([str(path) for path in paths]))
        process.stdin.close()
        for line in process.stdout:
            yield Answer(**json.loads(line))
