"""``soundscape journal``: the as-played record of a session."""

import argparse
import json
import sys

from soundscape.folders import data_folder
from soundscape.session.files import read_armed
from soundscape.session.journal import read_journal

SUMMARY = "print a session's record: what sounded, what was told, what went wrong"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("session", help="the identifier that 'soundscape run' printed")


def run(options: argparse.Namespace) -> int:
    """Print the record: as a list in JSON, else a line an entry."""
    armed = read_armed(data_folder(options.data_dir), options.session)
    entries = [entry.to_json() for entry in read_journal(armed.folder)]
    if options.json:
        sys.stdout.write(json.dumps(entries) + "\n")
        return 0
    for entry in entries:
        facts = {k: v for k, v in entry.items() if k not in {"seq", "t_s", "frame", "event"}}
        said = "  ".join(f"{name}={value}" for name, value in facts.items())
        sys.stdout.write(f"{entry['t_s']:10.3f}  {entry['event']:<18} {said}\n")
    return 0
