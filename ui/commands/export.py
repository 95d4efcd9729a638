"""``soundscape export``: a session's record, take-home sheet or follow-up as one file."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

from tzlocal import get_localzone

from soundscape.clinic.roles import CONSOLE
from soundscape.clinic.service import Clinic
from soundscape.clinic.visits import StoredEntry
from soundscape.clock import MachineClock
from soundscape.folders import DataFolder, data_folder
from soundscape.output import arriving
from soundscape.session.files import read_armed
from soundscape.session.journal import read_journal
from soundscape.visit.papers import Format, Look, Source, written
from soundscape.visit.pdf import Paper
from soundscape.visit.words import languages
from ui.visits import opened_entries, visit_of

SUMMARY = "write a session's record, take-home sheet or follow-up to a file"

_PAPERS = {"a4": Paper.A4, "letter": Paper.LETTER}
_FOR_HOME = frozenset({Format.PDF, Format.ICS})
_HELP = (
    "json, csv, record-pdf: the record; pdf: the sheet to take home; ics: the follow-up's window"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("session", help="the identifier that 'soundscape run' printed")
    parser.add_argument("--format", choices=list(map(str, Format)), required=True, help=_HELP)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the file to write"
    )
    parser.add_argument("--language", choices=languages(), default="en", help="of pdf and ics")
    parser.add_argument(
        "--paper", choices=list(_PAPERS), default="a4", help="of pdf and record-pdf"
    )


def run(options: argparse.Namespace) -> int:
    """Write the file; it appears whole or not at all."""
    source = source_of(data_folder(options.data_dir), options.session)
    look = Look(options.language, _PAPERS[options.paper])
    content = written(source, Format(options.format), look)
    with arriving(options.out) as whole:
        whole.write_bytes(content)
    events = len(source.entries)
    said = {"ok": True, "out": str(options.out), "events": events, "bytes": len(content)}
    what = "Written" if options.format in _FOR_HOME else f"{events} events"
    sys.stdout.write(json.dumps(said) + "\n" if options.json else f"{what}: {options.out}\n")
    return 0


def source_of(folder: DataFolder, session: str) -> Source:
    """Return a session with its visit, as far as the command line may read that."""
    clock = MachineClock()
    armed = read_armed(folder, session)
    stored, head = _visit_of(folder, armed.session, clock)
    return Source(
        armed=armed,
        entries=opened_entries(read_journal(armed.folder), stored),
        visit=visit_of(stored) if stored else None,
        zone=get_localzone(),
        clinic=folder.visit,
        head=head,
        made=datetime.fromisoformat(clock.wall_time()),
    )


def _visit_of(
    folder: DataFolder, session: str, clock: MachineClock
) -> tuple[tuple[StoredEntry, ...], str]:
    """Return the entries of a session's visit, if there is one, and the audit's end."""
    if not folder.clinic.exists():
        return (), ""
    with Clinic.open(folder, clock) as clinic:
        clinic.audit.anchor(session)
        head = str(clinic.audit.head())
        found = [v.id for v in clinic.visits.visits(CONSOLE) if v.session == session]
        return clinic.visits.entries(found[0], CONSOLE) if found else (), head
