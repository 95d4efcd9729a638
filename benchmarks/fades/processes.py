"""What processes take of the machine, and processes that take all of it. Linux only."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from soundscape.clock import Clock

PROC = Path("/proc")
_TICKS_HZ = os.sysconf("SC_CLK_TCK")
_BURN = "while True: pass"


@dataclass(frozen=True, slots=True)
class Use:
    """What some processes took of the machine over a stretch of time.

    Attributes
    ----------
    cpu_percent : float
        Of one core.
    memory_mb : float
        Resident at the end of the stretch, shared memory counted in each.
    """

    cpu_percent: float
    memory_mb: float


def cpu_s(process: int) -> float:
    """Return how long a process has computed so far, in seconds; no time once it is gone."""
    try:
        fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS_HZ


def started_s(process: int) -> float:
    """Return when a process was started, in seconds since the machine was."""
    fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    return int(fields[19]) / _TICKS_HZ


def memory_mb(process: int) -> float:
    """Return the resident memory of a process, in megabytes of 10^6 bytes; 0 once it is gone."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    kib = next((line.split()[1] for line in lines if line.startswith("VmRSS:")), "0")
    return int(kib) * 1024 / 1e6


def descriptor_count(process: int) -> int:
    """Return how many files a process has open; 0 once it is gone."""
    try:
        return len(list((PROC / str(process) / "fd").iterdir()))
    except OSError:
        return 0


def uses_over(processes: Sequence[int], duration_s: float, clock: Clock) -> tuple[Use, ...]:
    """Watch some processes for a while and return what each took."""
    before_s, begun_s = [cpu_s(each) for each in processes], clock.now()
    clock.sleep(duration_s)
    passed_s = clock.now() - begun_s
    return tuple(
        Use(100.0 * (cpu_s(each) - was_s) / passed_s, memory_mb(each))
        for each, was_s in zip(processes, before_s, strict=True)
    )


@contextlib.contextmanager
def cores_loaded(count: int) -> Iterator[None]:
    """Keep some cores busy while the block runs."""
    burners = [subprocess.Popen([sys.executable, "-c", _BURN]) for _ in range(count)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
