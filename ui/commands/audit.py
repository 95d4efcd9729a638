"""``soundscape audit``: whether audit, visits and sessions are as they were written."""

import argparse
import sys

from soundscape.clinic.chain import Head
from soundscape.clinic.roles import CONSOLE
from ui.commands.actions import take_global_options
from ui.commands.answers import answer, opened_clinic

SUMMARY = "look whether the records are as they were written"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check every link; 1 if something was changed")
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="HEAD",
        help="as printed on a sheet: finds an end that was cut off; may be given again",
    )
    head = actions.add_parser("head", help="print the audit's end, to be kept elsewhere")
    take_global_options(verify, head)


def run(options: argparse.Namespace) -> int:
    """Check the records, or print the audit's end."""
    return {"verify": _verify, "head": _head}[options.action](options)


def _verify(options: argparse.Namespace) -> int:
    known = [Head.read(text) for text in options.head]
    with opened_clinic(options) as clinic:
        found = clinic.audit.verify(CONSOLE, known=known)
    facts: dict[str, object] = {
        "ok": found.ok, "entries": found.entries, "first_bad": found.first_bad,
    }  # fmt: skip
    if not found.ok:
        facts["why"] = found.why
        sys.stderr.write(f"soundscape: {found.why}\n")
    if options.json or found.ok:
        whole = f"All {found.entries} entries are as they were written."
        answer(options, facts, "The entry is as it was written." if found.entries == 1 else whole)
    return 0 if found.ok else 1


def _head(options: argparse.Namespace) -> int:
    with opened_clinic(options) as clinic:
        head = clinic.audit.head()
    answer(options, {"seq": head.seq, "mac": head.mac}, str(head))
    return 0
