"""``soundscape bundle``: a builder's work in one file, to every chair."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from playlists.analysis.pool import LimitedPool
from playlists.bundle.exporting import MANY, export_bundle
from playlists.bundle.importing import Arrived, import_bundle
from playlists.bundle.settling import Conflict, Keep
from playlists.library.repository import Library
from playlists.library.scanner import add_paths
from playlists.library.search import matching
from playlists.workbench import Workbench, workbench
from soundscape.clock import MachineClock
from soundscape.folders import data_folder
from ui.commands.actions import take_global_options
from ui.commands.facts import shown
from ui.commands.signing import add_person

SUMMARY = "bring playlists, presets, arcs, ratings and analyses to another chair"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    give = actions.add_parser("export", help="write everything into one file")
    give.add_argument("file", type=Path, metavar="FILE")
    give.add_argument("--where", default="", metavar="TEXT", help="only these tracks, as searched")
    give.add_argument("--audio", action="store_true", help="take the music itself as well")
    take = actions.add_parser("import", help="take in what another chair has written")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument(
        "--conflicts",
        type=Keep,
        choices=list(Keep),
        metavar="|".join(Keep),
        help="whose word holds where both sides said something else (default: ours, and say so)",
    )
    take.add_argument(
        "--trust",
        action="store_true",
        help="take its measurements for this machine's own; only for a bundle of your own clinic",
    )
    add_person(give, take)
    take_global_options(give, take)


def run(options: argparse.Namespace) -> int:
    """Do one action on a bundle."""
    folder = data_folder(options.data_dir)
    with Library.open(folder.library) as library:
        bench = workbench(folder, library)
        if options.action == "export":
            return _export(bench, options)
        return _import(bench, options)


def _export(bench: Workbench, options: argparse.Namespace) -> int:
    """Write a bundle."""
    tracks = matching(bench.library.tracks(), options.where)
    by = (options.by, MachineClock().wall_time())
    counts = export_bundle(bench, tracks, options.file.absolute(), by=by, audio=options.audio)
    if options.json:
        sys.stdout.write(json.dumps({"ok": True, **counts}) + "\n")
    else:
        held = ", ".join(f"{things} {count}" for things, count in counts.items())
        sys.stdout.write(f"{shown(options.file)}: {held}\n")
    return 0


def _import(bench: Workbench, options: argparse.Namespace) -> int:
    """Take a bundle in; 1 if something is left to be decided, or a file of it was refused."""
    arrived = import_bundle(
        bench,
        options.file,
        who=options.by,
        keep=options.conflicts,
        trusted=options.trust,
    )
    rejected = [] if options.trust else _measured(bench.library, arrived)
    is_whole = all(one.is_settled for one in arrived.conflicts) and not rejected
    if options.json:
        sounds = len(arrived.sounds)
        facts = asdict(arrived) | {"ok": is_whole, "sounds": sounds, "rejected": rejected}
        sys.stdout.write(json.dumps(facts) + "\n")
    else:
        _show(arrived, rejected)
    return int(not is_whole)


def _measured(library: Library, arrived: Arrived) -> list[dict[str, str]]:
    """Measure the sound that came, and return what of it was refused, with the reason."""
    if not arrived.sounds:
        return []
    with LimitedPool(os.cpu_count() or 1) as pool:
        report = add_paths(library, arrived.sounds, executor=pool)
    return [{"path": shown(path), "reason": reason} for path, reason in report.rejected]


def _show(arrived: Arrived, rejected: list[dict[str, str]]) -> None:
    changed = ", ".join(f"{MANY[kind]} {count}" for kind, count in arrived.changed.items())
    sys.stdout.write(
        f"Made by {arrived.who or 'nobody named'} on {arrived.wall_time[:10]}: {arrived.tracks}"
        f" new tracks, {len(arrived.sounds)} sound files; taken: {changed or 'nothing else'};"
        f" {arrived.same} already alike.\n"
    )
    for conflict in arrived.conflicts:
        sys.stdout.write(_line(conflict) + "\n")
    if not all(one.is_settled for one in arrived.conflicts):
        sys.stdout.write("Ours were kept; say --conflicts theirs, newer or ours to decide.\n")
    for one in rejected:
        sys.stderr.write(f"{one['path']}: {one['reason']}\n")


def _line(conflict: Conflict) -> str:
    """Return a conflict as one line."""
    ours, theirs = (said or "not known when" for said in (conflict.ours, conflict.theirs))
    return (
        f"conflict: {conflict.kind} {conflict.title}: ours {ours}, theirs {theirs};"
        f" kept {conflict.kept}"
    )
