"""``soundscape export``: a session's record as one file."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from soundscape.folders import data_folder
from soundscape.session.files import Armed, read_armed
from soundscape.session.journal import Entry, read_journal
from soundscape.session.plan_file import plan_to_json

SUMMARY = "write a session's record to a file"
EXPORT_FORMAT = "soundscape-record/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("session", help="the identifier that 'soundscape run' printed")
    parser.add_argument("--format", choices=["json"], required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Write the record; the file appears whole or not at all."""
    armed = read_armed(data_folder(options.data_dir), options.session)
    record = record_of(armed, read_journal(armed.folder))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    arriving = options.out.with_name(f"{options.out.name}.{os.getpid()}.arriving")
    arriving.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    arriving.replace(options.out)
    said = {"ok": True, "out": str(options.out), "events": len(record["events"])}
    sys.stdout.write(
        json.dumps(said) + "\n" if options.json else f"{said['events']} events: {options.out}\n"
    )
    return 0


def record_of(armed: Armed, entries: list[Entry]) -> dict[str, Any]:
    """Return a session's record as plain data, with the plan it was made from."""
    return {
        "format": EXPORT_FORMAT,
        "session": armed.session,
        "attended": armed.terms.attended,
        "plan": plan_to_json(armed.plan),
        "events": [entry.to_json() for entry in entries],
    }
