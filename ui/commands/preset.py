"""``soundscape preset``: what a patient may choose; the clinic's own, with all their versions."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from playlists.arcs import DEFAULT_ARC, load_arcs
from playlists.documents import name_of
from playlists.exchange.jspf import listing_of
from playlists.library.repository import Library
from playlists.pools import pool_of
from playlists.presets import Preset, facts_of, faults_in, load_presets, new_preset
from playlists.workbench import PRESET, Workbench, workbench
from soundscape.errors import LibraryError
from soundscape.folders import DataFolder, data_folder
from soundscape.session.plan_file import read_plan
from ui.commands.actions import take_global_options
from ui.commands.signing import add_person

Said = tuple[object, Sequence[str]]
"""What an action has to say: as JSON, and in lines."""

SUMMARY = "list what a patient may choose; save, change and restore the clinic's own presets"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="show all presets and how many tracks each may take")
    save = actions.add_parser("save", help="save a preset of your own, or a new version of it")
    save.add_argument("title", metavar="TITLE")
    save.add_argument("--line", required=True, metavar="TEXT", help="one plain sentence")
    save.add_argument("--arc", default=DEFAULT_ARC, metavar="NAME", help="shipped, or your own")
    pool = save.add_mutually_exclusive_group()
    pool.add_argument("--where", default="", metavar="TEXT", help="its music: what a search finds")
    pool.add_argument("--playlist", metavar="NAME", help="its music: a list that was imported")
    pool.add_argument("--plan", type=Path, metavar="PLAN", help="its music: what a plan plays")
    remove = actions.add_parser("remove", help="remove a preset of your own")
    versions = actions.add_parser("versions", help="show who changed a preset, and when")
    restore = actions.add_parser("restore", help="make an old version the one in use")
    for action in (remove, versions, restore):
        action.add_argument("name", metavar="NAME")
    restore.add_argument("version", type=int, metavar="VERSION")
    add_person(save, remove, restore)
    take_global_options(listing, save, remove, versions, restore)


def run(options: argparse.Namespace) -> int:
    """Do one action on presets."""
    folder = data_folder(options.data_dir)
    with Library.open(folder.library) as library:
        bench = workbench(folder, library)
        if options.action == "list":
            return _list(folder, library, as_json=options.json)
        changes: dict[str, Callable[[Workbench, argparse.Namespace], Said]] = {
            "save": _save,
            "remove": _remove,
            "versions": _versions,
            "restore": _restore,
        }
        facts, lines = changes[options.action](bench, options)
        sys.stdout.write((json.dumps(facts) if options.json else "\n".join(lines)) + "\n")
    return 0


def _list(folder: DataFolder, library: Library, *, as_json: bool) -> int:
    """Show all presets; 1 if one of the clinic's own is faulty."""
    tracks = library.tracks()
    presets = load_presets(folder)
    counts = {name: len(pool_of(preset, tracks)) for name, preset in presets.items()}
    faults = faults_in(folder)
    if as_json:
        rows = [facts_of(one) | {"pool": counts[name]} for name, one in presets.items()]
        sys.stdout.write(json.dumps({"presets": rows, "faults": faults}) + "\n")
    else:
        for name, preset in presets.items():
            pool = _pool(preset, counts[name])
            sys.stdout.write(f"{name}  {preset.title}: {preset.line}  {pool}\n")
    for fault in faults:
        sys.stderr.write(f"soundscape: {fault}.\n")
    return int(bool(faults))


def _pool(preset: Preset, count: int) -> str:
    """Return in words what a preset may take."""
    shipped = load_arcs().get(preset.arc)
    if shipped is not None and shipped.is_silent:
        return "no music"
    return f"{preset.arc}, {count} tracks {preset.search}".rstrip()


def _line(facts: Mapping[str, Any]) -> str:
    """Return a preset as one line."""
    return f"{facts['name']}  {facts['title']}: {facts['line']}  {facts['arc']}"


def _save(bench: Workbench, options: argparse.Namespace) -> Said:
    """Keep a preset, as a new version where there is one of its name."""
    tracks = _tracks(bench, options)
    made = new_preset(
        (options.title, options.line),
        options.arc,
        data_folder(options.data_dir),
        search=options.where,
        tracks=tracks,
    )
    facts = facts_of(made)
    bench.history.do(options.by, f"Saved the preset {made.title}", [(PRESET, made.name, facts)])
    return facts, [_line(facts)]


def _tracks(bench: Workbench, options: argparse.Namespace) -> tuple[str, ...]:
    """Return the contents that are named as a preset's music; none where it is searched for.

    Raises
    ------
    LibraryError
        If what should name them names none.
    """
    found: list[str] = []
    if options.plan is not None:
        found = [cue.track for cue in read_plan(options.plan).cues]
    elif options.playlist is not None:
        kept = bench.playlists.get(name_of(options.playlist))
        if kept is not None:
            found = [entry.content_hash for entry in listing_of(kept).entries]
    else:
        return ()
    tracks = tuple(dict.fromkeys(filter(None, found)))
    if not tracks:
        raise LibraryError("There is no track in what you named; see 'soundscape playlist list'.")
    return tracks


def _remove(bench: Workbench, options: argparse.Namespace) -> Said:
    """Remove a preset of the clinic's own; its versions stay.

    Raises
    ------
    LibraryError
        If there is none of this name.
    """
    act = bench.history.do(
        options.by, f"Removed the preset {options.name}", [(PRESET, options.name, None)]
    )
    if act is None:
        raise LibraryError(
            f"The clinic has no preset {options.name}; see 'soundscape preset list'."
        )
    return {"ok": True, "removed": options.name}, [f"{options.name} is removed."]


def _versions(bench: Workbench, options: argparse.Namespace) -> Said:
    """Return who changed a preset, when, and to what.

    Raises
    ------
    LibraryError
        If nobody ever did.
    """
    versions = bench.history.versions(PRESET, options.name)
    if not versions:
        raise LibraryError(f"{options.name} has no versions; only the clinic's own presets have.")
    facts = [
        {
            "version": one.number,
            "who": one.who,
            "wall_time": one.wall_time,
            "what": one.what,
            "preset": one.value,
        }
        for one in versions
    ]
    lines = [
        f"{one.number}  {one.wall_time[:16].replace('T', ' ')}  {one.who}  {one.what}"
        for one in versions
    ]
    return facts, lines


def _restore(bench: Workbench, options: argparse.Namespace) -> Said:
    """Make an old version the one in use."""
    bench.history.restore(options.by, PRESET, options.name, options.version)
    facts = dict(bench.history.now(PRESET, options.name) or {})
    return facts, [_line(facts)]
