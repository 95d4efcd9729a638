"""What the machine says of a process is what the process did."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from fakes.clock import FakeClock

from benchmarks.fades.processes import (
    cpu_s,
    descriptor_count,
    memory_mb,
    started_s,
    uses_over,
)

GONE = 2**30
"""No process has this number: it is above the kernel's highest."""


def test_memory_grows_by_what_is_taken() -> None:
    before_mb = memory_mb(os.getpid())
    taken = np.ones(8_000_000)

    assert memory_mb(os.getpid()) - before_mb >= taken.nbytes / 1e6 * 0.9


def test_an_open_file_is_counted(tmp_path: Path) -> None:
    before = descriptor_count(os.getpid())
    with (tmp_path / "file").open("w"):
        assert descriptor_count(os.getpid()) == before + 1


def test_a_process_that_is_gone_takes_nothing() -> None:
    (use,) = uses_over([GONE], 2.0, FakeClock())

    assert (cpu_s(GONE), memory_mb(GONE), descriptor_count(GONE)) == (0.0, 0.0, 0)
    assert (use.cpu_percent, use.memory_mb) == (0.0, 0.0)


def test_a_child_starts_after_its_parent() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as child:
        child_s = started_s(child.pid)
        child.communicate(b"\n")

    assert child_s >= started_s(os.getpid())
