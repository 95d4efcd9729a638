"""``soundscape history``: what was done to the clinic's music, taken back and done again."""

import argparse
import json
import sys

from playlists.history.acts import Act
from playlists.library.repository import Library
from playlists.workbench import RATING, workbench
from soundscape.errors import LibraryError
from soundscape.folders import data_folder
from ui.commands.actions import take_global_options

SUMMARY = "show what was done to ratings, presets and playlists; undo it, and do it again"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="show the latest acts, the newest first")
    listing.add_argument("--count", type=int, default=20, metavar="N")
    undo = actions.add_parser("undo", help="take the last act back")
    redo = actions.add_parser("redo", help="do again what was taken back last")
    take_global_options(listing, undo, redo)


def run(options: argparse.Namespace) -> int:
    """Show, undo or do again.

    Raises
    ------
    LibraryError
        If there is nothing to undo or to do again.
    """
    folder = data_folder(options.data_dir)
    with Library.open(folder.library) as library:
        history = workbench(folder, library).history
        if options.action == "list":
            acts = history.acts(options.count)
        else:
            act = history.undo() if options.action == "undo" else history.redo()
            if act is None:
                words = "to undo" if options.action == "undo" else "to do again"
                raise LibraryError(f"There is nothing {words}.")
            acts = [act]
        about = {act.number: _about(act, library) for act in acts}
    if options.json:
        sys.stdout.write(json.dumps([_facts(act) for act in acts]) + "\n")
    elif not acts:
        sys.stderr.write("Nothing was done yet.\n")
    else:
        said = {"list": "", "undo": "undone: ", "redo": "done again: "}[options.action]
        for act in acts:
            mark = "  (undone)" if act.undone and not said else ""
            when = act.wall_time[:16].replace("T", " ")
            sys.stdout.write(
                f"{said}{act.number}  {when}  {act.who}  {act.what}{about[act.number]}{mark}\n"
            )
    return 0


def _about(act: Act, library: Library) -> str:
    """Return which track an act was about, where it was one."""
    rated = [change.name for change in act.changes if change.kind == RATING]
    track = library.track(rated[0]) if len(rated) == 1 else None
    return "" if track is None else f": {track.title}"


def _facts(act: Act) -> dict[str, object]:
    """Return an act as JSON."""
    changed = [{"kind": change.kind, "name": change.name} for change in act.changes]
    return {
        "number": act.number,
        "who": act.who,
        "wall_time": act.wall_time,
        "what": act.what,
        "undone": act.undone,
        "changed": changed,
    }
