"""Folders that are looked through again by themselves, by asking and not by waiting for events.

The system tells of changes on its own disks only; music often lies on a share or a drive that is
plugged in, and files that are known are passed over quickly.
"""

import os
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from playlists.analysis.pool import AHEAD
from playlists.library.repository import Library
from playlists.library.scanner import AddReport, Progress, add_paths
from playlists.library.tables import WATCHED
from soundscape.errors import LibraryError


@dataclass(frozen=True, slots=True)
class WatchReport:
    """What a look through all watched folders found.

    Attributes
    ----------
    found : AddReport
        In the folders that are there.
    absent : tuple[Path, ...]
        Folders that are not there; their tracks stay in the library, and are missing.
    """

    found: AddReport
    absent: tuple[Path, ...]


def watched(library: Library) -> list[Path]:
    """Return the watched folders, in order."""
    with library.reading() as connection:
        rows = connection.execute(sa.select(WATCHED.c.path).order_by(WATCHED.c.path))
        return [Path(os.fsdecode(path)) for path in rows.scalars()]


def watch(library: Library, folder: Path) -> None:
    """Watch a folder from now on.

    Raises
    ------
    LibraryError
        If it is no folder.
    """
    if not folder.is_dir():
        raise LibraryError(f"{folder} is not a folder; name one that holds music.")
    with library.changing() as connection:
        path = os.fsencode(folder.absolute())
        connection.execute(sa.delete(WATCHED).where(WATCHED.c.path == path))
        connection.execute(sa.insert(WATCHED).values(path=path))


def unwatch(library: Library, folder: Path) -> None:
    """Watch a folder no longer; its tracks stay.

    Raises
    ------
    LibraryError
        If it is not watched.
    """
    if folder.absolute() not in watched(library):
        raise LibraryError(f"{folder} is not watched; see 'soundscape library watch list'.")
    with library.changing() as connection:
        path = os.fsencode(folder.absolute())
        connection.execute(sa.delete(WATCHED).where(WATCHED.c.path == path))


def scan_watched(
    library: Library,
    *,
    executor: Executor,
    progress: Callable[[Progress], None] = lambda _: None,
    ahead: int = AHEAD,
) -> WatchReport:
    """Look through all watched folders for what is new, changed, moved or gone."""
    folders = watched(library)
    absent = tuple(folder for folder in folders if not folder.is_dir())
    known = library.files() if absent else {}
    library.reconcile([p for p in known if any(p.is_relative_to(folder) for folder in absent)])
    there = [folder for folder in folders if folder not in absent]
    found = add_paths(library, there, executor=executor, progress=progress, ahead=ahead)
    return WatchReport(found, absent)
