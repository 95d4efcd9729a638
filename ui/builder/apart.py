"""Work that keeps a processor busy, in a process of its own, so that the window never waits.

Threads share one lock of the interpreter: a plan from a large library would hold it, and with it
the window, for half a second at a time.
"""

import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from soundscape.errors import SoundscapeError
from soundscape.faults import described
from ui.words import _

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

P = ParamSpec("P")
T = TypeVar("T")

_NICENESS = 5
"""The window goes before what it waits for."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call.

    Attributes
    ----------
    result : object
        What was returned; None if the call failed.
    error : Exception | None
        What is to be raised; None if the call did not fail.
    """

    result: object
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Running:
    """A process and our end of its pipe."""

    process: SpawnProcess
    connection: "Connection[tuple[Callable[..., object], tuple[object, ...]], Answer]"


class Apart:
    """Has functions called in one process, one after the other.

    It is started at the first call and kept, as what it loads takes a second; where it died it is
    started again. All methods may be called by any thread.
    """

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._changing = threading.Lock()
        self._running: _Running | None = None
        self._is_closed = False

    def call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a function returns; it must be importable by name.

        What it raises on purpose arrives as a ``SoundscapeError`` with the same sentence, which
        also comes where the process died.

        Raises
        ------
        ValueError
            If there are arguments by name.
        """
        if kwargs:
            raise ValueError("what is called apart takes arguments by position alone")
        with self._asking:
            answer = self._answer(work, args)
        if answer.error is not None:
            raise answer.error
        return cast("T", answer.result)

    def close(self) -> None:
        """End the process, whatever it does; a call that waits for it fails."""
        with self._changing:
            self._is_closed = True
            if self._running is not None:
                self._running.process.kill()

    def _answer(self, work: Callable[..., object], args: tuple[object, ...]) -> Answer:
        """Return what the process makes of a call; that it died is an answer, too."""
        try:
            connection = self._process().connection
            connection.send((work, args))
            return connection.recv()
        except (EOFError, OSError):
            self._end()
            return Answer(None, SoundscapeError(_("The search for music broke off; try again.")))

    def _process(self) -> _Running:
        """Return the running process, started if there is none.

        Raises
        ------
        EOFError
            If this was closed.
        """
        with self._changing:
            if self._is_closed:
                raise EOFError
            if self._running is None:
                context = multiprocessing.get_context("spawn")
                ours, theirs = context.Pipe()
                process = context.Process(target=serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                self._running = _Running(process, ours)
            return self._running

    def _end(self) -> None:
        with self._changing:
            running, self._running = self._running, None
            if running is not None:
                running.connection.close()
                running.process.kill()
                running.process.join()
                running.process.close()


def serve(connection: "Connection[Answer, Any]") -> None:
    """Do each call that comes through the pipe, until it closes; runs in the process."""
    if sys.platform != "win32":
        os.nice(_NICENESS)
    with suppress(EOFError, OSError):
        while True:
            work, args = connection.recv()
            connection.send(answered(work, args))


def answered(work: Callable[..., object], args: tuple[object, ...]) -> Answer:
    """Do a call, and return what came of it so that it can be sent."""
    try:
        return Answer(work(*args))
    except SoundscapeError as error:
        return Answer(None, SoundscapeError(str(error)))
    except OSError as error:
        return Answer(None, error)
    except Exception as error:  # noqa: BLE001 - the edge of a process
        _LOG.error("work apart failed: %s", described(error))
        return Answer(None, RuntimeError(type(error).__name__))
