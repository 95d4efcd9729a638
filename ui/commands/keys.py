"""``soundscape keys``: the recovery sheet, a new key, and keys taken up from a sheet."""

import argparse
from pathlib import Path

from soundscape.clinic.keys import recover
from soundscape.clinic.roles import CONSOLE
from ui.commands.actions import take_global_options
from ui.commands.answers import answer, opened_clinic

SUMMARY = "print the recovery sheet, change the key, or take keys up from a sheet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    sheet = actions.add_parser("sheet", help="print the page to lock away")
    rotate = actions.add_parser("rotate", help="seal everything with a new key")
    taking = actions.add_parser("recover", help="take up the keys of a sheet")
    taking.add_argument("sheet", type=Path, metavar="SHEET")
    take_global_options(sheet, rotate, taking)


def run(options: argparse.Namespace) -> int:
    """Do one action on the keys."""
    if options.action == "recover":
        found = recover(options.sheet.read_text("utf-8"))
        answer(options, {"ok": True, "keys": list(found)}, f"Keys taken up: {', '.join(found)}.")
        return 0
    with opened_clinic(options) as clinic:
        if options.action == "sheet":
            page = clinic.upkeep.recovery_sheet(CONSOLE)
            answer(options, {"ok": True, "sheet": page}, page)
        else:
            key = clinic.upkeep.rotate_keys(CONSOLE)
            text = f"Everything is sealed with key {key}; print a new sheet: soundscape keys sheet"
            answer(options, {"ok": True, "key": key}, text)
    return 0
