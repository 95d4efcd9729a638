"""The process of a session: it has the process at the sound card load, then conducts.

Both load at once, so that a session is soon heard. Run as
``python -m soundscape.session.host DATA_DIR SESSION``; it ends with the session.
"""

import argparse
import signal
import sys
from pathlib import Path

from soundscape.clock import MachineClock
from soundscape.errors import SoundscapeError
from soundscape.folders import DataFolder
from soundscape.session.chair_lock import ChairLock
from soundscape.session.files import read_armed
from soundscape.session.journal import JOURNAL_FILE
from soundscape.session.keeper import stand_in
from soundscape.session.spare import Spare, holder_command


def conduct(folder: DataFolder, session: str, *, resume: bool) -> bool:
    """Conduct a session to its end; False where only the keeper has come to its own.

    What ``Host.conduct`` refuses is refused, and a chair that another session has.
    """
    lock, clock = ChairLock(folder.root), MachineClock()
    armed = read_armed(folder, session)
    spare = Spare(holder_command(folder.runtime, armed.terms), clock)
    if resume or not (armed.folder / JOURNAL_FILE).is_file():
        spare.begin()  # else one sounds already
    # Only now: arithmetic, decoding and record take long to load, and the spare does so meanwhile.
    from soundscape.session.hosting import Host  # noqa: PLC0415

    host = Host(folder, armed, clock, spare)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: host.asked_to_stop.set())
    has_ended = host.conduct(resume=resume)
    lock.release()
    return has_ended


def main() -> None:
    """Conduct a session; exit 1 with one sentence if it cannot begin."""
    parser = argparse.ArgumentParser(prog="host")
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("session")
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    folder = DataFolder(options.data_dir)
    try:
        if not conduct(folder, options.session, resume=options.resume):
            stand_in(folder.root, options.session)
    except SoundscapeError as error:
        sys.stderr.write(f"soundscape: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
