"""Many files analyzed in limited worker processes, so that no file can harm the program.

A worker that crashes, hangs or grows too large costs only the file it was reading: it is
replaced, and the file is refused with a sentence. Workers end with their parent: it kills them
when it is interrupted, and they watch whether it lives.
"""

import multiprocessing
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from playlists.analysis.worker import (
    OUT_OF_TIME,
    Answer,
    Call,
    Examined,
    Examiner,
    Limits,
    examine,
    processor_s,
    serve,
)
from soundscape.errors import RejectedFileError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

P = ParamSpec("P")
T = TypeVar("T")

AHEAD = 8
"""Files handed out at once unless said otherwise: enough for a few workers never to wait."""

_GONE = "Reading this file crashed the reader; it is damaged in a way that cannot be trusted."
_HUNG = "Reading this file took far too long; it is damaged or its disk does not answer."
_TRIES = 2
_PATIENCE = 30
"""How often a process may use up its time before its answer, if it does get on."""


def examine_all(
    paths: Iterable[Path],
    *,
    executor: Executor,
    examiner: Examiner = examine,
    ahead: int = AHEAD,
) -> Generator[Examined]:
    """Yield what is found in each file, in the order in which they are done.

    Closing the generator, or an exception where it is used, calls off what is not begun.

    Parameters
    ----------
    paths : Iterable[Path]
        The files; only a few are asked for ahead, so that there may be any number of them.
    executor : Executor
        Does the work: a ``LimitedPool``, or another that says by a ``RejectedFileError`` that a
        file cannot be read.
    examiner : Examiner
        What is done with a file; importable by name.
    ahead : int
        How many files are handed out at once, at least 1.
    """
    waiting = iter(paths)
    in_hand: dict[Future[Examined], Path] = {}
    try:
        while True:
            for path in islice(waiting, ahead - len(in_hand)):
                in_hand[executor.submit(examiner, path)] = path
            if not in_hand:
                return
            for future in wait(in_hand, return_when=FIRST_COMPLETED).done:
                yield outcome(in_hand.pop(future), future)
    finally:
        for future in in_hand:
            future.cancel()


def outcome(path: Path, future: Future[Examined]) -> Examined:
    """Return what was found in a file, also where that is that it must be refused."""
    try:
        return future.result()
    except RejectedFileError as error:
        return Examined(path, None, reason=str(error))


class LimitedPool(Executor):
    """Does each call in a limited process.

    A call that crashes or hangs its process, or fails there, raises a ``RejectedFileError`` with
    the reason. A process that vanishes is replaced and the call made once more, as whoever killed
    it may have meant something else.

    Parameters
    ----------
    workers : int
        Processes, at least 1; each is started when there is something to do for it.
    limits : Limits | None
        Of each process; the usual ones if None.
    """

    def __init__(self, workers: int, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._calls: SimpleQueue[_Asked | None] = SimpleQueue()
        # To start and to reap a process is not safe in two threads at once.
        self._starting = threading.Lock()
        self._changing = threading.Lock()
        self._idle = [_Worker(self._limits, self._starting) for _ in range(workers)]
        self._busy: list[tuple[_Worker, threading.Thread]] = []
        self._is_closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a function called; it must be importable, and takes no arguments by name.

        Raises
        ------
        RuntimeError
            If the pool was shut down.
        ValueError
            If there are arguments by name.
        """
        if kwargs:
            raise ValueError("a limited process takes arguments by position alone")
        future: Future[T] = Future()
        with self._changing:
            if self._is_closed:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._calls.put(_Asked(Call(fn, args), future))
            if self._idle:
                worker = self._idle.pop()
                # A thread that only waits must not keep the program from ending.
                thread = threading.Thread(
                    target=worker.work, args=(self._calls,), name="worker", daemon=True
                )
                self._busy.append((worker, thread))
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base class has it
        """Take no more calls, and end the processes once they are idle.

        Parameters
        ----------
        wait : bool
            Return only when the processes have ended.
        cancel_futures : bool
            Call off what waits, and end what is being done as well: it raises a
            ``CancelledError``.
        """
        with self._changing:
            self._is_closed = True
            busy = list(self._busy)
        if cancel_futures:
            self._call_off()
            for worker, _ in busy:
                worker.stop()
        for _ in busy:
            self._calls.put(None)
        if wait:
            for _, thread in busy:
                thread.join()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)

    def _call_off(self) -> None:
        """Cancel every call that waits."""
        while True:
            try:
                asked = self._calls.get_nowait()
            except Empty:
                return
            if asked is not None:
                asked.future.cancel()
                asked.future.set_running_or_notify_cancel()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call, and where its result is waited for."""

    call: Call
    future: Future[Any]


class _Worker:
    """One place in the pool: a process that is started when needed and replaced when it fails."""

    def __init__(self, limits: Limits, starting: threading.Lock) -> None:
        self._limits, self._starting = limits, starting
        self._running: _Running | None = None
        self._is_stopped = False

    def work(self, calls: "SimpleQueue[_Asked | None]") -> None:
        """Have call after call done, until there is none any more; runs in a thread."""
        try:
            while (asked := calls.get()) is not None:
                if asked.future.set_running_or_notify_cancel():
                    self._settle(asked)
        finally:
            self._end()

    def stop(self) -> None:
        """Kill the process, from another thread; none is started any more."""
        with self._starting:
            self._is_stopped = True
            if self._running is not None:
                self._running.process.kill()

    def _settle(self, asked: _Asked) -> None:
        """Have a call done and say what came of it."""
        try:
            answer = self._answer(asked.call)
        except Exception as error:  # noqa: BLE001 - who waits for the call is to hear of it
            asked.future.set_exception(error)
            return
        if answer.reason:
            asked.future.set_exception(RejectedFileError(answer.reason))
        else:
            asked.future.set_result(answer.result)

    def _answer(self, call: Call) -> Answer:
        """Return what the process makes of a call; if it dies of it, that is the answer.

        Raises
        ------
        CancelledError
            If this worker was stopped meanwhile.
        """
        for _ in range(_TRIES):
            running = self._process()
            try:
                running.connection.send(call)
                if _hangs(running, self._limits.allowed_s(call)):
                    self._end()
                    return Answer(None, _HUNG)
                return running.connection.recv()
            except (EOFError, OSError):
                if self._end() == OUT_OF_TIME:
                    return Answer(None, _HUNG)
        if self._is_stopped:
            raise CancelledError
        return Answer(None, _GONE)

    def _end(self) -> int | None:
        """Kill the process if there is one, and return how it ended."""
        with self._starting:
            running, self._running = self._running, None
            if running is None:
                return None
            running.connection.close()
            running.process.kill()
            running.process.join()
            code = running.process.exitcode
            running.process.close()
            return code

    def _process(self) -> "_Running":
        """Return the running process, started if there is none.

        Raises
        ------
        CancelledError
            If this worker was stopped.
        """
        with self._starting:
            if self._is_stopped:
                raise CancelledError
            if self._running is None:
                self._running = _started(self._limits)
            return self._running


@dataclass(frozen=True, slots=True)
class _Running:
    """A worker process and our end of its pipe."""

    process: SpawnProcess
    connection: "Connection[Call, Answer]"


def _hangs(running: _Running, allowed_s: float) -> bool:
    """Wait for an answer; True if the process stands still, or gets on too slowly to matter."""
    process_id = running.process.pid or 0
    used_s = processor_s(process_id)
    for _ in range(_PATIENCE):
        if running.connection.poll(allowed_s):
            return False
        before_s, used_s = used_s, processor_s(process_id)
        if used_s <= before_s:
            return True
    return True


def _started(limits: Limits) -> _Running:
    """Start a process that serves calls."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, limits), daemon=True)
    process.start()
    theirs.close()
    return _Running(process, ours)
