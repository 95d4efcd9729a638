"""Sees to it that this process is heard on one sink only, under PulseAudio.

When headphones vanish, or somebody moves the stream, the sound server plays it on another sink
at full level and tells PortAudio nothing. The watch follows the server's events and says so at
once; whoever asked for it cuts the sound. Under PipeWire the stream's own properties forbid
the move as well. Runs in a thread of the holder, never in the callback.
"""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable

PATIENCE_S = 2.0
LOOK_S = 0.05
FIRST_LOOKS = 100
_TOLD_OF = (b"sink-input", b"on sink ", b"on server")


class SinkWatch:
    """Watches where this process is heard, from its first sound on.

    Parameters
    ----------
    on_moved : Callable[[], None]
        Called once, in the watch's thread, when it is heard elsewhere or the server is gone.
    """

    def __init__(self, on_moved: Callable[[], None]) -> None:
        self._on_moved = on_moved
        self._closing = threading.Event()
        self._events: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="sink watch", daemon=True)

    def start(self) -> bool:
        """Begin; return whether there is a sound server that can be watched."""
        pactl = shutil.which("pactl")
        if pactl is None or not _server_answers():
            return False
        self._events = subprocess.Popen(  # noqa: S603 -- found by the system's own search path
            [pactl, "subscribe"],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._thread.start()
        return True

    def close(self) -> None:
        """Watch no more."""
        self._closing.set()
        if self._events is not None:
            self._events.kill()
            self._events.wait()
            self._thread.join(PATIENCE_S)

    def _watch(self) -> None:
        home = self._first_sink()
        if home is None or self._events is None or self._events.stdout is None:
            return
        if _own_sink() == home:
            for line in self._events.stdout:
                if any(word in line for word in _TOLD_OF) and _own_sink() not in {home, None}:
                    break
        if not self._closing.is_set():
            self._on_moved()

    def _first_sink(self) -> int | None:
        """Return the sink on which the stream appears; None if it does not within seconds."""
        for _ in range(FIRST_LOOKS):
            sink = _own_sink()
            if sink is not None:
                return sink
            if self._closing.wait(LOOK_S):
                return None
        return None


def _server_answers() -> bool:
    return _pactl("info") is not None


def _own_sink() -> int | None:
    """Return the number of the sink on which this process is heard; None if on none."""
    said = _pactl("--format=json", "list", "sink-inputs")
    return own_sink_in(said, os.getpid()) if said is not None else None


def own_sink_in(said: bytes, process: int) -> int | None:
    """Return the number of a process's sink, from what ``pactl`` told of the sink inputs."""
    try:
        rows = json.loads(said.decode("utf-8", errors="replace"))
    except ValueError:
        return None
    for row in rows if isinstance(rows, list) else []:
        properties = row.get("properties") if isinstance(row, dict) else None
        owner = properties.get("application.process.id") if isinstance(properties, dict) else None
        sink = row.get("sink") if isinstance(row, dict) else None
        if owner == str(process) and isinstance(sink, int):
            return sink
    return None


def _pactl(*words: str) -> bytes | None:
    """Return what ``pactl`` says; None if it does not answer."""
    pactl = shutil.which("pactl")
    if pactl is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 -- found by the system's own search path
            [pactl, *words],
            capture_output=True,
            check=True,
            timeout=PATIENCE_S,
            env={**os.environ, "LC_ALL": "C.UTF-8"},  # a decimal comma would break its JSON
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
