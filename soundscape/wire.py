"""Local sockets that carry one JSON object each way: a question, and its answer.

Only this machine and this user can connect: a Unix socket in a private folder, on Windows a
named pipe. No port is opened.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from soundscape.errors import SessionError

MAX_MESSAGE_BYTES = 1 << 20

Message = dict[str, Any]
Answer = Callable[[Message], Message]
"""Turns a question into an answer; called in a thread of its own for each caller."""


def address_of(folder: Path, name: str) -> str:
    """Return where a process of this chair listens."""
    if sys.platform == "win32":
        return rf"\\.\pipe\{folder.name}-{name}"
    return str(folder / f"{name}.sock")


class Server:
    """Answers questions until closed.

    Parameters
    ----------
    address : str
        From ``address_of``; a socket left by a process that died is replaced.
    answer : Answer
        What to reply. An exception in it ends that caller's connection, nothing else.
    """

    def __init__(self, address: str, answer: Answer) -> None:
        if sys.platform != "win32":
            Path(address).unlink(missing_ok=True)
        self._listener = Listener(address)
        self._address = address
        self._answer = answer
        if sys.platform != "win32":
            Path(address).chmod(0o600)
        threading.Thread(target=self._accept, name="wire", daemon=True).start()

    def close(self) -> None:
        """Stop listening; connections that are open end with their process."""
        self._listener.close()
        if sys.platform != "win32":
            Path(self._address).unlink(missing_ok=True)

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        with connection:
            while True:
                try:
                    question = json.loads(connection.recv_bytes(MAX_MESSAGE_BYTES))
                    if not isinstance(question, dict):
                        return
                    connection.send_bytes(json.dumps(self._answer(question)).encode())
                except (OSError, EOFError, ValueError):
                    return


class Caller:
    """Asks questions of one process; connects again by itself after that process came back.

    Parameters
    ----------
    address : str
        From ``address_of``.
    timeout_s : float
        How long an answer may take.
    """

    def __init__(self, address: str, *, timeout_s: float = 2.0) -> None:
        self._address = address
        self._timeout_s = timeout_s
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    def ask(self, question: Message) -> Message:
        """Return the answer to a question.

        Raises
        ------
        SessionError
            If nobody listens, or the answer does not come in time.
        """
        with self._lock:
            try:
                return self._asked(question)
            except (OSError, EOFError, ValueError) as error:
                self._drop()
                raise SessionError("No session answers on this chair.") from error

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            self._drop()

    def _asked(self, question: Message) -> Message:
        if self._connection is None:
            if sys.platform != "win32" and not os.path.exists(self._address):  # noqa: PTH110 -- a socket
                raise FileNotFoundError(self._address)
            self._connection = Client(self._address)
        self._connection.send_bytes(json.dumps(question).encode())
        if not self._connection.poll(self._timeout_s):
            raise TimeoutError(self._address)
        answer = json.loads(self._connection.recv_bytes(MAX_MESSAGE_BYTES))
        return answer if isinstance(answer, dict) else {}

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
