"""What the builder does to the library and the plans; each runs in a background task.

The module itself is imported there, because what it needs takes seconds to load.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playlists.analysis.pool import LimitedPool
from playlists.compiler import Solution
from playlists.history.people import person
from playlists.library.ratings import Said
from playlists.library.repository import Library
from playlists.library.scanner import AddReport, Progress, add_paths, stale_paths
from playlists.library.search import Search
from playlists.library.watch import WatchReport, scan_watched, watched
from playlists.presets import Preset
from playlists.workbench import workbench
from soundscape.engine.sinks import Sink, sinks_among
from soundscape.engine.sound_server import connected
from soundscape.folders import DataFolder
from ui.builder.keeping import keeping
from ui.builder.planning import Planner
from ui.builder.shelves import Shelves
from ui.builder.wishes import PresetWish, Wish
from ui.program import run_command

WORKERS = 2
"""Few, so that a session on the same machine keeps its cores."""


class Workshop:
    """The builder's hands on one chair's data.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    """

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.plans = Planner(folder)
        self.shelves = Shelves(folder)
        self._pools: set[LimitedPool] = set()
        self._library: Library | None = None
        self._search: Search | None = None
        self._opening = threading.Lock()

    def search(self) -> Search:
        """Return the library's catalog as it is by now; it is read once and then follows."""
        with self._opening:
            if self._search is None:
                with keeping():
                    self._library = Library.open(self.folder.library)
                    self._search = Search(self._library)
            else:
                self._search.refresh()
            return self._search

    def close(self) -> None:
        """Give the library back."""
        with self._opening:
            if self._library is not None:
                self._library.close()
            self._library = self._search = None
        self.plans.close()

    def sinks(self) -> tuple[Sink, ...]:
        """Return the devices on which sounds can be tried, where a sound server tells."""
        server = connected()
        if server is None:
            return ()
        with server:
            return sinks_among(server.sinks())

    def add(self, path: Path, report: Callable[[Progress], None]) -> AddReport:
        """Measure a folder's music and put it into the library."""
        with Library.open(self.folder.library) as library:
            return self._add(library, [path], report)

    def renew(self, report: Callable[[Progress], None]) -> AddReport | None:
        """Measure anew what an older version has measured; None if there is nothing such."""
        with Library.open(self.folder.library) as library:
            stale = stale_paths(library)
            return self._add(library, stale, report) if stale else None

    def look_again(self, report: Callable[[Progress], None]) -> WatchReport | None:
        """Look through the folders that are watched; None if there are none."""
        with Library.open(self.folder.library) as library:
            if not watched(library):
                return None
            with self._pool() as pool:
                return scan_watched(library, executor=pool, progress=report)

    def stop(self) -> None:
        """Stop what is measured, from another thread; what is done stays done."""
        for pool in list(self._pools):
            pool.shutdown(wait=False, cancel_futures=True)

    def _add(
        self, library: Library, paths: Sequence[Path], report: Callable[[Progress], None]
    ) -> AddReport:
        """Measure music until it is done or stopped."""
        with self._pool() as pool:
            return add_paths(library, paths, executor=pool, progress=report)

    @contextmanager
    def _pool(self) -> Iterator[LimitedPool]:
        """Lend processes that measure; ``stop`` ends them."""
        with LimitedPool(WORKERS) as pool:
            self._pools.add(pool)
            try:
                yield pool
            finally:
                self._pools.discard(pool)

    def say(self, ids: Sequence[int], said: Said) -> Search:
        """Note the therapist's word on some tracks, by their ids, and return the catalog."""
        with Library.open(self.folder.library) as library:
            tracks = library.listed(ids)
            ratings = {one.content_hash: said.applied(one.rating) for one in tracks}
            workbench(self.folder, library).rate(person(), ratings)
        return self.search()

    def undo(self) -> str:
        """Take the last act back, and return what it was; empty if there is none."""
        with Library.open(self.folder.library) as library:
            act = workbench(self.folder, library).history.undo()
        return act.what if act else ""

    def redo(self) -> str:
        """Do again what was taken back last, and return what it is; empty if there is none."""
        with Library.open(self.folder.library) as library:
            act = workbench(self.folder, library).history.redo()
        return act.what if act else ""

    def save_preset(self, made: PresetWish, solution: Solution | None) -> Preset:
        """Keep a preset of the clinic's own, as a new version where there is one of its name."""
        plan = solution.plan if solution and made.from_plan else None
        tracks = tuple(dict.fromkeys(cue.track for cue in plan.cues)) if plan else ()
        if made.ids:
            with Library.open(self.folder.library) as library:
                tracks = tuple(one.content_hash for one in library.listed(made.ids))
        return self.shelves.keep_preset(made, tracks)

    def make_starter(self) -> Search:
        """Make the starter sounds and return the catalog, as ``soundscape starter`` does."""
        run_command(self.folder, "starter")
        return self.search()

    def solve(self, wish: Wish) -> Solution:
        """Return a plan with its proof, or what is missing for one."""
        return self.plans.solve(wish)

    def save(self, path: Path, solution: Solution) -> None:
        """Write a solution's plan with its proof."""
        self.plans.save(path, solution)
