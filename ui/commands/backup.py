"""``soundscape backup``: one encrypted file with everything that cannot be had again."""

import argparse
from pathlib import Path

from soundscape.clinic.roles import CONSOLE
from soundscape.errors import ClinicError
from ui.commands.answers import answer, opened_clinic

SUMMARY = "write everything into one encrypted file, also while a session runs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the file to write")
    parser.add_argument(
        "--rotate",
        action="store_true",
        help="into the data folder, where 7 daily, 4 weekly and 12 monthly ones are kept",
    )


def run(options: argparse.Namespace) -> int:
    """Make a backup.

    Raises
    ------
    ClinicError
        If it is not said where to.
    """
    if (options.file is None) is not options.rotate:
        raise ClinicError("Say either a file or --rotate.")
    with opened_clinic(options) as clinic:
        made = (
            clinic.backups.rotate(CONSOLE)
            if options.rotate
            else clinic.backups.make(CONSOLE, options.file)
        )
    facts = {
        "ok": True, "out": str(made.path), "files": made.files, "head": str(made.head),
        "deleted": len(made.gone),
    }  # fmt: skip
    answer(options, facts, f"{made.files} files: {made.path}\naudit {made.head}")
    return 0
