"""``soundscape restore``: a backup into an empty data folder, or as a drill."""

import argparse
from pathlib import Path

from soundscape.clinic.backups import restore_backup
from soundscape.clinic.roles import CONSOLE
from soundscape.clock import MachineClock
from soundscape.errors import ClinicError
from soundscape.folders import data_folder
from ui.commands.answers import answer, opened_clinic

SUMMARY = "restore a backup into an empty data folder, or try whether one could"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a backup")
    parser.add_argument(
        "--drill",
        action="store_true",
        help="only try, in a passing folder; without FILE the latest of 'backup --rotate'",
    )


def run(options: argparse.Namespace) -> int:
    """Restore, or try to.

    Raises
    ------
    ClinicError
        If it is not said what.
    """
    folder = data_folder(options.data_dir)
    if options.drill:
        with opened_clinic(options) as clinic:
            found = clinic.backups.drill(CONSOLE, options.file)
    elif options.file is None:
        raise ClinicError("Say which file to restore.")
    else:
        found = restore_backup(options.file, folder, MachineClock())
    facts = {
        "ok": True, "made": found.made, "files": found.files, "rows": found.rows,
        "head": str(found.head),
    }  # fmt: skip
    done = "could be restored" if options.drill else f"restored into {folder.root}"
    text = f"The backup of {found.made} {done}: {found.files} files, {found.rows} rows, all whole."
    answer(options, facts, text)
    return 0
