"""Keeps a host alive: starts it, and starts it again when it dies or hangs before the end.

It touches nothing else, so it has nothing to fail by. The host writes a byte each second; one
that has written and then falls silent hangs (a disk that does not answer, say) and is killed.
Run as ``python -m soundscape.session.keeper DATA_DIR SESSION [--resume]``.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence

from soundscape.clock import Clock, MachineClock

RESTARTS = 5
WITHIN_S = 30.0
PAUSE_S = 0.05
HUNG_S = 5.0
"""Of silence; the ring lasts longer."""

LOOK_S = 0.2
REFUSED = 1
"""The host's exit status when the session cannot begin: starting it again would not help."""

RESUME = "--resume"


def keep(command: Sequence[str], clock: Clock) -> int:
    """Run hosts until one ends the session; return its exit status, or 2 after too many deaths.

    When the limit is reached the holder plays the safe bed on; staff are told by their desk,
    which finds no host, and can resume the session.

    Parameters
    ----------
    command : Sequence[str]
        Starts a host. Only the first one is told to resume: the others find the session alive.
    clock : Clock
        Counts deaths and silence.
    """
    deaths: deque[float] = deque(maxlen=RESTARTS)
    while True:
        status = _run(command, clock)
        if status in {0, REFUSED}:
            return status
        deaths.append(clock.now())
        if len(deaths) == RESTARTS and deaths[-1] - deaths[0] < WITHIN_S:
            return 2
        command = [part for part in command if part != RESUME]
        clock.sleep(PAUSE_S)


def _run(command: Sequence[str], clock: Clock) -> int:
    """Run one host to its end, which is made when it hangs; return its exit status."""
    host = subprocess.Popen(  # noqa: S603 -- our own module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    )
    beats = _Beats(host, clock)
    while True:
        try:
            return host.wait(LOOK_S)
        except subprocess.TimeoutExpired:
            if beats.silent_s() > HUNG_S:
                host.kill()


class _Beats:
    """Hears a host's heartbeat."""

    def __init__(self, host: "subprocess.Popen[bytes]", clock: Clock) -> None:
        self._host = host
        self._clock = clock
        self._last_s: float | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def silent_s(self) -> float:
        """Return for how long it has been silent; 0 before the first beat."""
        return 0.0 if self._last_s is None else self._clock.now() - self._last_s

    def _listen(self) -> None:
        assert self._host.stdout is not None, "the host is started with a pipe"  # noqa: S101
        while self._host.stdout.read(1):
            self._last_s = self._clock.now()


def main() -> None:
    """Keep one session's host alive."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid") and os.getpid() != os.getsid(0):
        os.setsid()
    command = [sys.executable, "-m", "soundscape.session.host", *sys.argv[1:]]
    sys.exit(keep(command, MachineClock()))


if __name__ == "__main__":
    main()
