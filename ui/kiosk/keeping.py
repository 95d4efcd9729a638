"""Keeps the patient's screen open: one that dies or freezes is there again within seconds.

It runs beside the window in a small process without Qt. Staff who close the window end it too.
"""

import argparse
import signal
import sys

from soundscape.clock import MachineClock
from soundscape.errors import SoundscapeError
from soundscape.folders import data_folder
from soundscape.session.chair_lock import ChairLock
from soundscape.session.keeper import keep
from ui.program import words_for

LOCK_FILE = "screen.lock"
KEPT = "--kept"
"""What tells the window that it is kept, and has to say each second that it is well."""

OPEN_ALREADY = (
    "The patient's screen is open already; it is opened again by itself if it stands still."
)
NO_MORE = "The patient's screen closed too often; start the machine again, and look in until then."


def main(options: argparse.Namespace) -> int:
    """Keep the screen of a chair open until staff close it; return the exit status.

    Parameters
    ----------
    options : argparse.Namespace
        ``data_dir``: a folder's path, or None for the usual one.
    """
    folder = data_folder(options.data_dir)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window hears it too, and ends
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
        lock = ChairLock(folder.root, LOCK_FILE, OPEN_ALREADY)
    except (SoundscapeError, OSError) as error:
        sys.stderr.write(f"soundscape: {error}\n")
        return 1
    command = words_for(folder, "--role", "kiosk", KEPT)
    status = keep(command, MachineClock(), detached=False)
    lock.release()
    if status > 1:
        sys.stderr.write(f"soundscape: {NO_MORE}\n")
    return status
