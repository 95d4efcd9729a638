"""What the machine says of a process is what the process did."""

import os
import subprocess
import sys
from pathlib import Path

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
    # A program of its own: this one may give memory back meanwhile.
    words = "print(flush=True); input(); taken = b'x' * 64_000_000; print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdout.readline()
        before_mb = memory_mb(program.pid)
        program.stdin.write(b"\n")
        program.stdout.readline()
        grown_mb = memory_mb(program.pid) - before_mb
        program.stdin.write(b"\n")

    assert 58.0 <= grown_mb <= 70.0


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
