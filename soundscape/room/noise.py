"""Measures the room's noise, in a short process of its own.

What leaves this process is two numbers. The sound itself is in its memory for a second, and on no
disk: not even where it crashes. It ends when a session begins. Run as
``python -m soundscape.room.noise --seconds 10 [--microphone NAME] [--ends-with FILE]``; it prints
one object of JSON, with the numbers or with the error.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from soundscape.errors import MicrophoneError
from soundscape.microphone import leave_no_dump, opened
from soundscape.room.weighting import LevelMeter
from soundscape.units import SESSION_RATE_HZ, frames_in

_BLOCK_FRAMES = frames_in(0.1)
_SKIPPED_FRAMES = frames_in(0.3)  # many microphones begin with a thump


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured.

    Attributes
    ----------
    level_db : float
        Mean over the time, in dBFS(A).
    loudest_db : float
        Of the loudest second, in dBFS(A).
    """

    level_db: float
    loudest_db: float


def measured(microphone: str | None, *, seconds: float, ends_with: Path | None) -> Reading:
    """Return how loud it is at a microphone.

    Parameters
    ----------
    microphone : str | None
        The source's name; None for the system's choice.
    seconds : float
        How long to listen; at least 1.
    ends_with : Path | None
        The running session's ring: where it changes a session begins, and nothing is measured.

    Raises
    ------
    MicrophoneError
        If it cannot be heard, or a session begins.
    """
    before = _trace(ends_with)
    meter = LevelMeter()
    with opened(microphone, _BLOCK_FRAMES) as stream:
        stream.read(_SKIPPED_FRAMES, exception_on_overflow=False)
        for _ in range(round(seconds * SESSION_RATE_HZ / _BLOCK_FRAMES)):
            if _trace(ends_with) != before:
                raise MicrophoneError("A session begins; the microphone is closed.")
            block = stream.read(_BLOCK_FRAMES, exception_on_overflow=False)
            meter.add(np.frombuffer(block, np.float32))
    return Reading(meter.level_db(), meter.loudest_db())


def _trace(path: Path | None) -> tuple[int, int] | None:
    """Return what changes when a file is made anew; None where there is none."""
    try:
        found = None if path is None else path.lstat()
    except OSError:
        return None
    return None if found is None else (found.st_ino, found.st_mtime_ns)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="noise")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--microphone")
    parser.add_argument("--ends-with", type=Path)
    options = parser.parse_args()
    leave_no_dump()
    try:
        reading = measured(
            options.microphone, seconds=options.seconds, ends_with=options.ends_with
        )
        answer = asdict(reading)
    except MicrophoneError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
