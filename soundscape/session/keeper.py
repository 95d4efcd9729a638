"""Keeps a host alive: starts it, and starts it again when it dies before its session has ended.

It touches nothing else, so it has nothing to fail by. Run as
``python -m soundscape.session.keeper DATA_DIR SESSION``.
"""

import os
import signal
import subprocess
import sys
from collections import deque
from pathlib import Path

from soundscape.clock import Clock, MachineClock

RESTARTS = 5
WITHIN_S = 30.0
PAUSE_S = 0.05
REFUSED = 1
"""The host's exit status when the session cannot begin: starting it again would not help."""


def keep(data_dir: Path, session: str, clock: Clock) -> int:
    """Run hosts until one ends the session; return its exit status, or 2 after too many deaths.

    When the limit is reached the holder plays the safe bed on; staff are told by their desk,
    which finds no host, and can start the keeper again.
    """
    command = [sys.executable, "-m", "soundscape.session.host", str(data_dir), session]
    deaths: deque[float] = deque(maxlen=RESTARTS)
    while True:
        host = subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own module
        status = host.wait()
        if status in {0, REFUSED}:
            return status
        deaths.append(clock.now())
        if len(deaths) == RESTARTS and deaths[-1] - deaths[0] < WITHIN_S:
            return 2
        clock.sleep(PAUSE_S)


def main() -> None:
    """Keep one session's host alive."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid") and os.getpid() != os.getsid(0):
        os.setsid()
    sys.exit(keep(Path(sys.argv[1]), sys.argv[2], MachineClock()))


if __name__ == "__main__":
    main()
