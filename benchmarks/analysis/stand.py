"""A process in which one tool measures file after file, and what each file cost it.

Runs in the peers' Python as well as in the project's, hence it imports neither. It reads a list
of paths from its standard input and answers each with one line of JSON.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Found = Mapping[str, float | None]
Measure = Callable[[str], Found]

PATIENCE_S = 900
"""A tool that takes longer over a file is killed by the system's alarm."""


def serve(make: Callable[[], Measure]) -> None:
    """Make the tool, measure each path of standard input, and answer each on standard output.

    An answer holds ``found``, ``error``, ``cpu_s`` (seconds of the processor, of this
    process and its children, since the last answer) and ``peak_mb``. The first answer's
    ``cpu_s`` thus has in it what starting and importing cost.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # some tools print
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no interrupt is taken for a failed file
    paths: list[str] = json.load(sys.stdin)
    measure, before_s = make(), 0.0
    for path in paths:
        signal.alarm(PATIENCE_S)
        found, error = _attempt(measure, path)
        now_s = _cpu_s()
        cost = {"cpu_s": now_s - before_s, "peak_mb": _peak_mb()}
        answer = {"found": found, "error": error, **cost}
        before_s = now_s
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _attempt(measure: Measure, path: str) -> tuple[Found | None, str]:
    """Return what the tool found, or why it found nothing."""
    try:
        return dict(measure(path)), ""
    except BaseException as error:  # noqa: BLE001 - a panic in Rust is not an Exception
        return None, type(error).__name__


def _cpu_s() -> float:
    """Return seconds of the processor that this process and its ended children used."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _peak_mb() -> float:
    """Return the largest resident size, in MB, of this process or of any ended child.

    The system's own count for a process begins with what its parent held, so this process is
    asked by ``VmHWM``, which begins anew.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (own_kb,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    children_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(own_kb), children_kb) * 1024 / 1e6
