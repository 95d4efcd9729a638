"""``soundscape noise``: how loud the room is before a session, as a number and a sentence."""

import argparse
import json
import sys

from soundscape.clock import MachineClock
from soundscape.folders import data_folder
from soundscape.room.listening import NOISE_CANCELING
from soundscape.session.room_check import calibrate_microphone, check_room

SUMMARY = "say how loud the room is, by a microphone; keeps a number and no sound"
_SECONDS = (1.0, 60.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--seconds", type=_seconds, default=10.0, metavar="S", help="how long to listen"
    )
    parser.add_argument(
        "--microphone",
        metavar="NAME",
        help="the source's name, as 'pactl list short sources' tells it (default: the system's)",
    )
    parser.add_argument(
        "--meter",
        type=float,
        metavar="DB",
        help="calibrate: what a sound level meter beside the microphone reads, in dB(A)",
    )


def run(options: argparse.Namespace) -> int:
    """Listen, and say what was measured; a running session is refused."""
    folder, clock = data_folder(options.data_dir), MachineClock()
    if options.meter is None:
        found = check_room(folder, options.microphone, seconds=options.seconds, clock=clock)
    else:
        found = calibrate_microphone(
            folder,
            options.microphone,
            meter_db_a=options.meter,
            seconds=options.seconds,
            clock=clock,
        )
    if options.json:
        data = {
            "ok": True,
            "microphone": found.microphone,
            "level_dbfs_a": round(found.reading.level_db, 2),
            "loudest_dbfs_a": round(found.reading.loudest_db, 2),
            "level_db_a": _rounded(found.level_db_a),
            "loudest_db_a": _rounded(found.loudest_db_a),
            "sentence": found.sentence,
            "reminder": NOISE_CANCELING,
        }
        sys.stdout.write(json.dumps(data) + "\n")
        return 0
    if found.level_db_a is None:
        sys.stdout.write(f"{-found.reading.level_db:.1f} dB below the microphone's full scale.\n")
    sys.stdout.write(f"{found.sentence}\n{NOISE_CANCELING}\n")
    return 0


def _rounded(level_db_a: float | None) -> float | None:
    return None if level_db_a is None else round(level_db_a, 1)


def _seconds(text: str) -> float:
    """Return how long to listen.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is not a number of seconds that makes sense.
    """
    low, high = _SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not low <= seconds <= high:
        raise argparse.ArgumentTypeError(f"say a number of seconds from {low:g} to {high:g}")
    return seconds
