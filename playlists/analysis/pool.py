"""Many files analyzed in limited worker processes, so that no file can harm the program.

A worker that crashes, hangs or grows too large costs only the file it was reading: it is
replaced, and the file is refused with a sentence. Workers end with their parent: it kills them
when it is interrupted, and when it dies their pipe breaks.
"""

import multiprocessing
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from playlists.analysis.worker import Examined, Examiner, Limits, examine, serve
from soundscape.clock import Clock, MachineClock
from soundscape.units import Seconds

_GONE = "Reading this file crashed the reader; it is damaged in a way that cannot be trusted."
_HUNG = "Reading this file took far too long; it is damaged or its disk does not answer."


def examine_all(
    paths: Sequence[Path],
    *,
    workers: int,
    limits: Limits | None = None,
    examiner: Examiner = examine,
    clock: Clock | None = None,
) -> Generator[Examined]:
    """Yield what is found in each file, in the order in which they are done.

    Closing the generator, or an exception where it is used, ends the workers.

    Parameters
    ----------
    paths : Sequence[Path]
        The files.
    workers : int
        How many are read at once, at least 1.
    limits : Limits | None
        Of each worker; the usual ones if None.
    examiner : Examiner
        What a worker does with a file; importable by name.
    clock : Clock | None
        Measures how long a worker may take; the machine's if None.
    """
    limits, clock = limits or Limits(), clock or MachineClock()
    waiting = list(reversed(paths))
    crew = [_Worker(limits, examiner, clock) for _ in range(max(1, min(workers, len(paths))))]
    try:
        while waiting or any(worker.path for worker in crew):
            for worker in crew:
                if worker.path is None and waiting:
                    worker.start(waiting.pop())
            yield from _done(crew, clock)
    finally:
        for worker in crew:
            worker.end()


def _done(crew: list["_Worker"], clock: Clock) -> Iterator[Examined]:
    """Wait until something happens; yield the files that are done, one way or the other."""
    busy = {worker.connection: worker for worker in crew if worker.path is not None}
    patience_s = max(0.0, min(worker.deadline for worker in busy.values()) - clock.now())
    answered = wait(list(busy), timeout=patience_s)
    for connection, worker in busy.items():
        if connection in answered:
            yield worker.answer()
        elif clock.now() >= worker.deadline:
            yield worker.give_up(_HUNG)


class _Worker:
    """One place in the crew: a process that is started when needed and replaced when it fails."""

    def __init__(self, limits: Limits, examiner: Examiner, clock: Clock) -> None:
        self._limits, self._examiner, self._clock = limits, examiner, clock
        self._running: _Running | None = None
        self.path: Path | None = None
        self.deadline = Seconds(0.0)

    @property
    def connection(self) -> "Connection[Path, Examined]":
        """The pipe to the process."""
        return self._process().connection

    def start(self, path: Path) -> None:
        """Give the process a file."""
        self.path = path
        self.deadline = Seconds(self._clock.now() + self._limits.allowed_s(path))
        # A process that died since its last file: the answer will say so.
        with suppress(OSError):
            self._process().connection.send(path)

    def answer(self) -> Examined:
        """Return what the process found; if it died instead, that is what was found."""
        try:
            found = self.connection.recv()
        except (EOFError, OSError):
            return self.give_up(_GONE)
        self.path = None
        return found

    def give_up(self, reason: str) -> Examined:
        """End the process and refuse its file."""
        path, self.path = self.path, None
        assert path is not None, "a worker without a file has nothing to give up"  # noqa: S101
        self.end()
        return Examined(path, None, reason=reason)

    def end(self) -> None:
        """Kill the process if there is one."""
        if self._running is None:
            return
        running, self._running = self._running, None
        running.process.kill()
        running.process.join()
        running.process.close()
        running.connection.close()

    def _process(self) -> "_Running":
        """Return the running process, started if there is none."""
        if self._running is None:
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(
                target=serve, args=(theirs, self._limits, self._examiner), daemon=True
            )
            process.start()
            theirs.close()
            self._running = _Running(process, ours)
        return self._running


@dataclass(frozen=True, slots=True)
class _Running:
    """A worker process and our end of its pipe."""

    process: SpawnProcess
    connection: "Connection[Path, Examined]"
