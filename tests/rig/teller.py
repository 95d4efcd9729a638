"""A window that tells a session notes without end, and writes down which are on the disk.

Run as ``python teller.py RUNTIME NAME``.
"""

import contextlib
import itertools
import sys
from pathlib import Path

from soundscape.clock import MachineClock
from soundscape.errors import SoundscapeError
from soundscape.session.client import SessionClient

PAUSE_S = 0.02


def main() -> None:
    """Tell notes; those that were acknowledged are printed."""
    client, clock = SessionClient(Path(sys.argv[1]), "desk"), MachineClock()
    for number in itertools.count():
        text = f"{sys.argv[2]}-{number}"
        with contextlib.suppress(SoundscapeError):
            if client.send("note", text=text)["recorded"]:
                sys.stdout.write(f"{text}\n")
                sys.stdout.flush()
        clock.sleep(PAUSE_S)


if __name__ == "__main__":
    main()
