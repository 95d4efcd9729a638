"""Keeps a process alive: starts it, and starts it again when it dies or hangs before the end.

It touches nothing else, so it has nothing to fail by. The process, a host or the patient's screen,
writes a byte each second; one that has written and then falls silent hangs (a disk that does not
answer, say) and is killed.
Run as ``python -m soundscape.session.keeper DATA_DIR SESSION [--resume]``.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from soundscape.clock import Clock, MachineClock

RESTARTS = 5
WITHIN_S = 30.0
PAUSE_S = 0.05
LOOK_S = 0.2
HUNG_LOOKS = 25
"""Of silence, five seconds; the ring lasts longer. Looks are counted and no clock is asked: while
the machine sleeps nobody looks, and a host that slept too does not hang."""

REFUSED = 1
"""The host's exit status when the session cannot begin: starting it again would not help."""

RESUME = "--resume"


def stand_in(root: Path, session: str) -> NoReturn:
    """Let this process, a host whose keeper has gone, become a keeper; a new host takes over.

    What is heard lies in the ring meanwhile, as when a host dies.
    """
    words = [sys.executable, "-m", "soundscape.session.keeper", str(root), session]
    os.execv(sys.executable, words)  # noqa: S606 -- our own module


def keep(command: Sequence[str], clock: Clock, *, detached: bool = True) -> int:
    """Run hosts until one ends the session; return its exit status, or 2 after too many deaths.

    When the limit is reached the holder plays the safe bed on; staff are told by their desk,
    which finds no host, and can resume the session.

    Parameters
    ----------
    command : Sequence[str]
        Starts a host. Only the first one is told to resume: the others find the session alive.
    clock : Clock
        Counts deaths.
    detached : bool
        Whether Ctrl-C in a terminal passes the process by.
    """
    deaths: deque[float] = deque(maxlen=RESTARTS)
    while True:
        status = _run(command, detached=detached)
        if status in {0, REFUSED}:
            return status
        deaths.append(clock.now())
        if len(deaths) == RESTARTS and deaths[-1] - deaths[0] < WITHIN_S:
            return 2
        command = [part for part in command if part != RESUME]
        clock.sleep(PAUSE_S)


def _run(command: Sequence[str], *, detached: bool) -> int:
    """Run one host to its end, which is made when it hangs; return its exit status."""
    host = subprocess.Popen(  # noqa: S603 -- our own module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=detached
    )
    beats = _Beats(host)
    while True:
        try:
            return host.wait(LOOK_S)
        except subprocess.TimeoutExpired:
            if beats.silent_looks() > HUNG_LOOKS:
                host.kill()


class _Beats:
    """Hears a host's heartbeat."""

    def __init__(self, host: "subprocess.Popen[bytes]") -> None:
        self._host = host
        self._heard = threading.Event()
        self._looks: int | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def silent_looks(self) -> int:
        """Return for how many looks it has been silent; 0 before the first beat."""
        if self._heard.is_set():
            self._heard.clear()
            self._looks = 0
        elif self._looks is not None:
            self._looks += 1
        return self._looks or 0

    def _listen(self) -> None:
        assert self._host.stdout is not None, "the host is started with a pipe"  # noqa: S101
        with self._host.stdout as beats:
            while beats.read(1):
                self._heard.set()


def main() -> None:
    """Keep one session's host alive."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid") and os.getpid() != os.getsid(0):
        os.setsid()
    command = [sys.executable, "-m", "soundscape.session.host", *sys.argv[1:]]
    sys.exit(keep(command, MachineClock()))


if __name__ == "__main__":
    main()
