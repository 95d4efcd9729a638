"""``soundscape library watch|saved|duplicates``: what keeps a library in order."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from playlists.library.duplicates import same_content, same_sound
from playlists.library.repository import Library
from playlists.library.saved import forget_search, save_search, saved_searches
from playlists.library.watch import scan_watched, unwatch, watch, watched
from soundscape.errors import LibraryError
from ui.commands.arguments import add_crew, crew
from ui.commands.facts import shown

T = TypeVar("T")


def add_upkeep(
    declare: Callable[..., argparse.ArgumentParser],
) -> Sequence[argparse.ArgumentParser]:
    """Declare the actions by a function that makes a parser, and return their parsers."""
    watching = declare("watch", help="look through folders again and again")
    watching.add_argument("step", choices=("add", "list", "remove", "scan"))
    watching.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    add_crew(watching)
    saving = declare("saved", help="keep searches under names")
    saving.add_argument("step", choices=("add", "list", "remove"))
    saving.add_argument("name", nargs="?", metavar="NAME")
    saving.add_argument("query", nargs="?", metavar="SEARCH")
    twice = declare("duplicates", help="list what is there twice")
    return watching, saving, twice


def run_watch(library: Library, options: argparse.Namespace) -> int:
    """Change, list or look through the watched folders."""
    if options.step == "add":
        watch(library, _given(options.folder, "a folder"))
    elif options.step == "remove":
        unwatch(library, _given(options.folder, "a folder"))
    elif options.step == "scan":
        return _scan(library, options)
    folders = [shown(folder) for folder in watched(library)]
    lines = folders or ["No folder is watched."]
    _print(folders, lines, as_json=options.json)
    return 0


def run_saved(library: Library, options: argparse.Namespace) -> int:
    """Change or list the saved searches."""
    if options.step == "add":
        save_search(library, _given(options.name, "a name"), _given(options.query, "a search"))
    elif options.step == "remove":
        forget_search(library, _given(options.name, "a name"))
    found = saved_searches(library)
    lines = [f"{name}: {query}" for name, query in found.items()] or ["No search is saved."]
    _print(found, lines, as_json=options.json)
    return 0


def run_duplicates(library: Library, options: argparse.Namespace) -> int:
    """List files with one content, and tracks that sound like one recording."""
    content = [[shown(path) for path in group] for group in same_content(library)]
    pairs = same_sound(library.tracks())
    sound = [[shown(track.path) for track in pair] for pair in pairs]
    lines = [f"same content: {', '.join(group)}" for group in content]
    lines += [f"same sound: {', '.join(pair)}" for pair in sound]
    facts = {"content": content, "sound": sound}
    _print(facts, lines or ["Nothing is there twice."], as_json=options.json)
    return 0


def _scan(library: Library, options: argparse.Namespace) -> int:
    """Look through the watched folders; 1 if one of them is not there."""
    with crew(options) as hands:
        report = scan_watched(library, executor=hands.executor, ahead=hands.ahead)
    found = report.found
    absent = [shown(folder) for folder in report.absent]
    rejected = [{"path": shown(path), "reason": why} for path, why in found.rejected]
    counts = (
        f"{found.added} added, {found.changed} changed, {found.unchanged} unchanged, "
        f"{found.gone} gone, {len(rejected)} rejected in {found.seconds:.0f} s"
    )
    lines = [
        counts,
        *(f"{folder} is not there; its tracks are shown as missing." for folder in absent),
    ]
    facts = {**asdict(found), "rejected": rejected, "absent": absent}
    _print(facts, lines, as_json=options.json)
    return int(bool(absent))


def _given(value: T | None, what: str) -> T:
    """Return what was given.

    Raises
    ------
    LibraryError
        If it was not.
    """
    if value is None:
        raise LibraryError(f"Say {what} as well; see 'soundscape library --help'.")
    return value


def _print(facts: object, lines: Sequence[str], *, as_json: bool) -> None:
    text = json.dumps(facts) if as_json else "\n".join(lines)
    sys.stdout.write(text + "\n" if text else "")
