"""``soundscape library``: adds music, lists it, and takes the therapist's word on it."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from playlists.library.repository import Library
from playlists.library.saved import saved_search
from playlists.library.scanner import AddReport, Progress, add_paths
from playlists.library.search import matching
from playlists.models import Rating, Track
from playlists.workbench import workbench
from soundscape.errors import LibraryError
from soundscape.folders import data_folder
from soundscape.media.plain import cleaned
from ui.commands.actions import take_global_options
from ui.commands.arguments import add_crew, crew
from ui.commands.facts import shown, track_facts
from ui.commands.library_tags import add_tagging, run_write_tags
from ui.commands.library_upkeep import add_upkeep, run_duplicates, run_saved, run_watch
from ui.commands.signing import add_person
from ui.words import time_left

SUMMARY = "add music to the library, list it, rate it"

_NONE_FOUND = "No track is found so; search for less, or list them all."
_NONE_THERE = "The library is empty; see 'soundscape starter' and 'soundscape library add'."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add files and folders")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add_crew(add)
    listing = actions.add_parser("list", help="list the tracks")
    listing.add_argument("--where", default="", metavar="TEXT", help="as 'energy<0.4 beatless'")
    listing.add_argument("--saved", metavar="NAME", help="a saved search")
    approve = actions.add_parser("approve", help="say that nobody sings or speaks in tracks")
    approve.add_argument("tracks", nargs="+", metavar="TRACK")
    rate = actions.add_parser("rate", help="say what you hear in tracks")
    rate.add_argument("tracks", nargs="+", metavar="TRACK")
    rate.add_argument("--instrumental", type=_yes_or_no, metavar="yes|no")
    rate.add_argument("--energy", type=_energy, metavar="0-1")
    rate.add_argument("--tag", action="append", metavar="TAG", help="may be given again")
    rate.add_argument("--avoid", type=_yes_or_no, metavar="yes|no")
    rate.add_argument("--familiar", type=_yes_or_no, metavar="yes|no")
    rate.add_argument("--licence", metavar="TEXT")
    rate.add_argument("--source", metavar="TEXT", help="where the music is from")
    upkeep = [*add_upkeep(actions.add_parser), add_tagging(actions.add_parser)]
    add_person(approve, rate)
    take_global_options(add, listing, approve, rate, *upkeep)


def run(options: argparse.Namespace) -> int:
    """Do one action on the library."""
    actions = {"add": _add, "list": _list, "approve": _approve, "rate": _rate, **_UPKEEP}
    with Library.open(data_folder(options.data_dir).library) as library:
        return actions[options.action](library, options)


def _add(library: Library, options: argparse.Namespace) -> int:
    """Add files and folders; 1 if one that was named was refused, or none was accepted.

    Raises
    ------
    LibraryError
        If there was nothing to add.
    """
    report = _scanned(library, options)
    accepted = report.added + report.changed + report.unchanged
    if not accepted + report.gone + len(report.rejected):
        names = ", ".join(shown(path) for path in options.paths)
        raise LibraryError(f"There is no sound file in {names}; choose another folder.")
    if options.json:
        rejected = [{"path": shown(path), "reason": why} for path, why in report.rejected]
        sys.stdout.write(json.dumps({**asdict(report), "rejected": rejected}) + "\n")
    else:
        for path, why in report.rejected:
            sys.stderr.write(f"{shown(path)}: {why}\n")
        sys.stdout.write(
            f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
            f"{report.gone} gone, {len(report.rejected)} rejected in {report.seconds:.0f} s\n"
        )
    named = {path.absolute() for path in options.paths}
    is_barren = bool(report.rejected) and not accepted
    return int(is_barren or any(path in named for path, _ in report.rejected))


def _scanned(library: Library, options: argparse.Namespace) -> AddReport:
    """Scan with a bar on standard error that tells the time left, by the files' sizes."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with crew(options) as hands, Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Looking", total=None, left="")

        def show(state: Progress) -> None:
            bar.update(
                task,
                description=f"Analyzed {state.done} of {state.total}",
                total=state.total_bytes,
                completed=state.done_bytes,
                left=time_left(state.left_s),
            )

        return add_paths(
            library,
            options.paths,
            executor=hands.executor,
            progress=show,
            ahead=hands.ahead,
        )


def _list(library: Library, options: argparse.Namespace) -> int:
    """List the tracks that a search finds."""
    saved = saved_search(library, options.saved) if options.saved else ""
    known = library.tracks()
    tracks = matching(known, f"{saved} {options.where}")
    if options.json:
        sys.stdout.write(json.dumps([track_facts(track) for track in tracks]) + "\n")
        return 0
    for track in tracks:
        sys.stdout.write(_line(track) + "\n")
    if not tracks:
        sys.stderr.write(f"{_NONE_FOUND if known else _NONE_THERE}\n")
    return 0


def _line(track: Track) -> str:
    """Return a track as one line."""
    tempo, duration_s = track.analysis.tempo_bpm, int(track.analysis.duration_s)
    parts = (
        track.content_hash[:8],
        f"{duration_s // 60:3}:{duration_s % 60:02}",
        f"energy {track.energy:.2f}",
        "no beat" if tempo is None else f"{tempo:3.0f} BPM",
        track.voice.value,
        " - ".join(text for text in (track.artist, track.title) if text),
        *(f"#{tag}" for tag in sorted(track.rating.tags)),
        *(("avoid",) if track.rating.avoid else ()),
        *(() if track.present else ("gone",)),
    )
    return "  ".join(parts)


def _approve(library: Library, options: argparse.Namespace) -> int:
    """Say of tracks that nobody sings or speaks in them."""
    tracks = named(library, options.tracks)
    return _keep(
        library, [(one, replace(one.rating, instrumental=True)) for one in tracks], options
    )


def _rate(library: Library, options: argparse.Namespace) -> int:
    """Say of tracks what was given, and leave the rest of their ratings as it is.

    Raises
    ------
    LibraryError
        If nothing was given.
    """
    said = {
        name: getattr(options, name)
        for name in ("instrumental", "energy", "avoid", "familiar", "licence", "source")
        if getattr(options, name) is not None
    }
    tags = {cleaned(tag) for tag in options.tag or ()} - {""}
    if not said and not tags:
        raise LibraryError("Say what you hear, as --energy 0.3, --tag harp or --avoid yes.")
    tracks = named(library, options.tracks)
    return _keep(
        library,
        [(one, replace(one.rating, **said, tags=one.rating.tags | tags)) for one in tracks],
        options,
    )


def named(library: Library, names: Sequence[str]) -> list[Track]:
    """Return the track that each name means: the start of its hash, or a part of its title."""
    return [_one(library.find(name), name) for name in names]


def _one(found: Sequence[Track], name: str) -> Track:
    """Return the only track that was found.

    Raises
    ------
    LibraryError
        If there is none, or more than one.
    """
    if not found:
        raise LibraryError(f"No track is called {name!r}; see 'soundscape library list'.")
    if len(found) > 1:
        some = ", ".join(f"{track.content_hash[:8]} {track.title}" for track in found[:3])
        raise LibraryError(f"{len(found)} tracks are called {name!r}, as {some}; say more of it.")
    return found[0]


def _keep(
    library: Library, said: Sequence[tuple[Track, Rating]], options: argparse.Namespace
) -> int:
    """Keep ratings in one act, and print each track with its own."""
    bench = workbench(data_folder(options.data_dir), library)
    bench.rate(options.by, {track.content_hash: rating for track, rating in said})
    for track, rating in said:
        rated = replace(track, rating=rating)
        line = json.dumps(track_facts(rated)) if options.json else _line(rated)
        sys.stdout.write(f"{line}\n")
    return 0


def _yes_or_no(text: str) -> bool:
    """Return True for yes and False for no.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is neither.
    """
    try:
        return {"yes": True, "no": False}[text.lower()]
    except KeyError:
        raise argparse.ArgumentTypeError("say yes or no") from None


def _energy(text: str) -> float:
    """Return an energy, 0-1.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is outside.
    """
    energy = float(text)
    if not 0.0 <= energy <= 1.0:
        raise argparse.ArgumentTypeError("say a number from 0 to 1")
    return energy


_UPKEEP = {
    "watch": run_watch,
    "saved": run_saved,
    "duplicates": run_duplicates,
    "write-tags": run_write_tags,
}
