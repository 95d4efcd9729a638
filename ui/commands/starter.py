"""``soundscape starter``: makes the starter library and adds it to the clinic's."""

import argparse
import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path

from playlists.analysis.pool import LimitedPool
from playlists.library.repository import Library
from playlists.library.scanner import AddReport, add_paths
from playlists.starter.catalog import PIECES
from playlists.starter.pieces import LICENCE, make_starter, path_of
from soundscape.folders import DataFolder, data_folder
from soundscape.media.store import content_hash
from ui.commands.arguments import workers
from ui.commands.progress import progress_bar

SUMMARY = "make the starter library of original calm pieces, and add it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--seed", type=_seed, default=1, metavar="N", help="another number, other music"
    )
    parser.add_argument(
        "--workers",
        type=workers,
        default=os.cpu_count() or 1,
        metavar="N",
        help="pieces made at once",
    )


def run(options: argparse.Namespace) -> int:
    """Make what is missing, add everything, and say what changed."""
    folder = data_folder(options.data_dir)
    report = fill(folder, seed=options.seed, workers=options.workers)
    if options.json:
        rejected = [{"path": str(path), "reason": why} for path, why in report.rejected]
        sys.stdout.write(json.dumps({**asdict(report), "rejected": rejected}) + "\n")
    else:
        for path, why in report.rejected:
            sys.stderr.write(f"{path}: {why}\n")
        sys.stdout.write(
            f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
            f"{report.gone} gone, {len(report.rejected)} rejected in {report.seconds:.0f} s\n"
        )
    return int(bool(report.rejected))


def fill(folder: DataFolder, *, seed: int = 1, workers: int | None = None) -> AddReport:
    """Make the pieces that are missing, add them all to the library, and rate them."""
    workers = workers or os.cpu_count() or 1
    paths = _made(folder, seed=seed, workers=workers)
    with Library.open(folder.library) as library:
        report = _added(library, paths, workers=workers)
        _rate(library, folder)
    return report


def _seed(text: str) -> int:
    """Return a seed as given.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is not a whole number from 0 on.
    """
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a seed is a whole number from 0 on")
    return int(text)


def _made(folder: DataFolder, *, seed: int, workers: int) -> list[Path]:
    """Make the pieces under a bar that tells the time left."""
    with progress_bar("Making the starter library", len(PIECES)) as advance:
        return make_starter(
            folder.starter,
            seed=seed,
            workers=workers,
            progress=lambda done, _total: advance(done),
        )


def _added(library: Library, paths: list[Path], *, workers: int) -> AddReport:
    """Add the pieces under a bar of their own."""
    with progress_bar("Measuring it", len(paths)) as advance, LimitedPool(workers) as pool:
        return add_paths(library, paths, executor=pool, progress=lambda state: advance(state.done))


def _rate(library: Library, folder: DataFolder) -> None:
    """Say of each piece what is known of it, unless a therapist has said something already."""
    for piece in PIECES:
        track = library.track(content_hash(path_of(piece, folder.starter)))
        if track is None or track.rating.licence:
            continue
        known = replace(
            track.rating,
            instrumental=True if track.rating.instrumental is None else track.rating.instrumental,
            tags=track.rating.tags | {"starter", piece.mood},
            licence=LICENCE,
        )
        library.rate(track.content_hash, known)
