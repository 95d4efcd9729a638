"""``soundscape playlist``: lists from and to other programs."""

import argparse
import json
import sys
from pathlib import Path

from playlists.documents import Document, name_of
from playlists.exchange.entries import Listing
from playlists.exchange.jspf import document_of, listing_of
from playlists.exchange.lists import READ, WRITTEN, read_list, write_list
from playlists.exchange.resolving import LibraryIndex, Resolved, identified, resolved
from playlists.library.repository import Library
from playlists.library.search import matching
from playlists.workbench import PLAYLIST, Workbench, workbench
from soundscape.errors import LibraryError
from soundscape.folders import data_folder
from soundscape.media.plain import cleaned
from soundscape.session.plan_file import read_plan
from ui.commands.actions import take_global_options
from ui.commands.facts import shown
from ui.commands.signing import add_person

SUMMARY = "take playlists from other programs, and give them to those"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    bring = actions.add_parser("import", help="keep a list of tracks that the library has")
    bring.add_argument("file", type=Path, metavar="FILE", help=", ".join(READ))
    bring.add_argument("--name", metavar="TEXT", help="another title than the list's")
    add_person(bring)
    give = actions.add_parser("export", help="write tracks as a list; if not said, all there are")
    give.add_argument("file", type=Path, metavar="FILE", help=", ".join(WRITTEN))
    which = give.add_mutually_exclusive_group()
    which.add_argument("--playlist", metavar="NAME", help="a list that was imported")
    which.add_argument("--plan", type=Path, metavar="PLAN", help="what a plan plays, in order")
    which.add_argument("--where", default="", metavar="TEXT", help="what a search finds")
    listing = actions.add_parser("list", help="show the lists that are kept")
    take_global_options(bring, give, listing)


def run(options: argparse.Namespace) -> int:
    """Do one action on playlists."""
    folder = data_folder(options.data_dir)
    actions = {"import": _import, "export": _export, "list": _list}
    with Library.open(folder.library) as library:
        return actions[options.action](workbench(folder, library), options)


def _import(bench: Workbench, options: argparse.Namespace) -> int:
    """Keep a list, with what the library lacks of it; 1 if the library has nothing of it."""
    file = options.file
    listing = read_list(file)
    title = cleaned(options.name or "") or listing.title
    is_uri = file.suffix.lower() in {".xspf", ".jspf"}
    index = LibraryIndex(bench.library)
    found = resolved(listing, file.absolute().parent, index, is_uri=is_uri)
    kept = Listing(title, tuple(map(identified, found)))
    name = name_of(title)
    there = [one for one in found if one.content_hash]
    if there:
        what = f"Imported the playlist {title}"
        bench.history.do(options.by, what, [(PLAYLIST, name, document_of(kept))])
    _say(found, name, as_json=options.json)
    return int(not there)


def _say(found: list[Resolved], name: str, *, as_json: bool) -> None:
    """Say what of a list the library has."""
    missing = [one for one in found if not one.content_hash]
    if as_json:
        facts = {
            "entries": len(found),
            "resolved": len(found) - len(missing),
            "missing": [_missing(one) for one in missing],
            "name": name,
        }
        sys.stdout.write(json.dumps(facts) + "\n")
        return
    for one in missing:
        sys.stderr.write(f"{cleaned(one.entry.location)}: {one.reason}\n")
    count = len(found) - len(missing)
    sys.stdout.write(f"{name}: {count} of {len(found)} entries are in the library\n")


def _missing(one: Resolved) -> dict[str, str]:
    entry = one.entry
    location = cleaned(entry.location)
    return {
        "location": location,
        "title": entry.title,
        "artist": entry.artist,
        "reason": one.reason,
    }


def _export(bench: Workbench, options: argparse.Namespace) -> int:
    """Write a list of what the library has of it.

    Raises
    ------
    LibraryError
        If that is nothing.
    """
    title, contents = _chosen(bench, options)
    known = {track.content_hash: track for track in bench.library.tracks() if track.present}
    wanted = [known[content] for content in contents if content in known]
    if not wanted:
        raise LibraryError("There is no track to write; add music, or say which with --where.")
    write_list(options.file, title, wanted)
    lacking = [content for content in contents if content not in known]
    facts = {"entries": len(contents), "resolved": len(wanted), "missing": lacking}
    if options.json:
        sys.stdout.write(json.dumps(facts) + "\n")
    else:
        sys.stdout.write(f"{len(wanted)} tracks written to {shown(options.file)}\n")
        if lacking:
            sys.stderr.write(f"{len(lacking)} tracks are left out, as their files are gone\n")
    return 0


def _chosen(bench: Workbench, options: argparse.Namespace) -> tuple[str, list[str]]:
    """Return a title and the contents that are to be written."""
    if options.playlist is not None:
        listing = listing_of(_kept(bench, options.playlist))
        return listing.title, [entry.content_hash for entry in listing.entries]
    if options.plan is not None:
        plan = read_plan(options.plan)
        return plan.title, [cue.track for cue in plan.cues]
    found = matching(bench.library.tracks(), options.where)
    return options.where, [track.content_hash for track in found if track.present]


def _kept(bench: Workbench, name: str) -> Document:
    """Return a list that is kept.

    Raises
    ------
    LibraryError
        If there is none of this name.
    """
    found = bench.playlists.get(name)
    if found is None:
        names = ", ".join(bench.playlists.names()) or "none"
        raise LibraryError(f"No playlist is called {name!r}; there are {names}.")
    return found


def _list(bench: Workbench, options: argparse.Namespace) -> int:
    """Show the lists that are kept."""
    kept = {name: listing_of(bench.playlists.get(name)) for name in bench.playlists.names()}
    if options.json:
        facts = [
            {
                "name": name,
                "title": one.title,
                "entries": len(one.entries),
                "tracks": [entry.content_hash for entry in one.entries if entry.content_hash],
            }
            for name, one in kept.items()
        ]
        sys.stdout.write(json.dumps(facts) + "\n")
    else:
        for name, one in kept.items():
            sys.stdout.write(f"{name}  {one.title}  {len(one.entries)} entries\n")
        if not kept:
            sys.stderr.write("No list is kept yet; see 'soundscape playlist import --help'.\n")
    return 0
