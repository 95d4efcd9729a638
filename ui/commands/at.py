"""``soundscape at``: what there was at one second of a session."""

import argparse
import json
import sys

from soundscape.folders import data_folder
from soundscape.session.files import read_armed
from soundscape.session.journal import read_journal
from soundscape.session.record import reconstruct
from soundscape.units import Seconds

SUMMARY = "reconstruct one second of a session from its record"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("session", help="the identifier that 'soundscape run' printed")
    parser.add_argument("t", type=float, metavar="T", help="seconds since the session's start")


def run(options: argparse.Namespace) -> int:
    """Print what sounded and shone."""
    armed = read_armed(data_folder(options.data_dir), options.session)
    found = reconstruct(armed, read_journal(armed.folder), Seconds(options.t))
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    sys.stdout.write(f"{found['t_s']:.3f} s, {found['phase']}: ")
    sounding = [
        f"{each['title']} at {each['offset_s']:.2f} s, {each['gain_db']:.1f} dB"
        for each in found["sounding"]
    ]
    sys.stdout.write(("; ".join(sounding) or "silence") + "\n")
    sys.stdout.write(f"light {found['light']:.0%}, screen {found['screen']:.0%}\n")
    return 0
