"""Folders into the library: what is new or changed is analyzed, what is gone is marked.

Each file is committed when it is done, so that interrupting loses nothing, and known files are
skipped by size and time, so that going on is quick.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.analysis.pool import examine_all
from playlists.analysis.worker import Examined
from playlists.library.repository import FileRecord, Library
from playlists.models import Track
from soundscape.clock import MachineClock
from soundscape.errors import LibraryError
from soundscape.media.store import content_hash
from soundscape.media.tags import cleaned
from soundscape.units import Seconds

SOUND_SUFFIXES = frozenset(
    {
        *(".aif", ".aifc", ".aiff", ".flac", ".m4a", ".m4b", ".mp2", ".mp3", ".mp4"),
        *(".oga", ".ogg", ".opus", ".wav", ".wave"),
    }
)
"""What is looked at in a folder. A file named outright is looked at whatever its name."""


class Examining(Protocol):
    """Analyzes files, as ``playlists.analysis.pool.examine_all`` does."""

    def __call__(self, paths: Sequence[Path], *, workers: int) -> Iterable[Examined]:
        """Yield what is found in each file, in any order."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is.

    Attributes
    ----------
    done, total : int
        Files analyzed, and to be analyzed.
    done_bytes, total_bytes : int
        Their sizes, which foretell the time better.
    path : Path | None
        The file that was just done.
    """

    done: int
    total: int
    done_bytes: int
    total_bytes: int
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    """What a scan found.

    Attributes
    ----------
    added, changed, unchanged : int
        Files. A file that only moved, or whose content the library knew, is unchanged.
    gone : int
        Tracks whose files are no longer there, nor anywhere else.
    rejected : tuple[tuple[Path, str], ...]
        Files that were refused, now or when they were last looked at, and why.
    seconds : float
        How long it took.
    """

    added: int
    changed: int
    unchanged: int
    gone: int
    rejected: tuple[tuple[Path, str], ...]
    seconds: float


def add_paths(
    library: Library,
    paths: Sequence[Path],
    *,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
    examining: Examining = examine_all,
) -> AddReport:
    """Add files and folders to a library.

    Parameters
    ----------
    library : Library
        Where everything is remembered.
    paths : Sequence[Path]
        Files, and folders with all that is in them; links in them are not followed.
    workers : int
        Files analyzed at once.
    progress : Callable[[Progress], None] | None
        Called before the first file and after each.
    examining : Examining
        Analyzes files; in worker processes unless said otherwise.

    Raises
    ------
    LibraryError
        If a path does not exist.
    """
    clock = MachineClock()
    started = clock.now()
    for path in paths:
        if not os.path.lexists(path):
            raise LibraryError(f"{path} does not exist; check its name, or connect its disk.")
    scan = _Scan(library, [path.absolute() for path in paths])
    scan.look()
    scan.analyze(partial(examining, workers=workers), progress or (lambda _: None))
    return scan.report(Seconds(clock.now() - started))


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that must be looked at."""

    path: Path
    size_bytes: int
    modified_ns: int

    def record(self, digest: str | None, reason: str | None) -> FileRecord:
        """Return what is to be remembered of it."""
        return FileRecord(
            self.path, self.size_bytes, self.modified_ns, digest, reason, ANALYSIS_VERSION
        )


_Examine = Callable[[Sequence[Path]], Iterable[Examined]]


class _Scan:
    """One scan under way."""

    def __init__(self, library: Library, roots: Sequence[Path]) -> None:
        self._library = library
        self._known = library.files()
        self._roots = roots
        self._fresh: list[_Found] = []
        self._twins: dict[str, list[_Found]] = {}
        self._missing: list[Path] = []
        self._rejected: list[tuple[Path, str]] = []
        self._added = self._changed = self._unchanged = self._gone = 0

    def look(self) -> None:
        """Find out which files are new or changed, and which are gone."""
        seen = set()
        for path in _files_in(self._roots):
            seen.add(path)
            found, known = _found(path), self._known.get(path)
            if known is None or known != found.record(known.content_hash, known.reason):
                self._fresh.append(found)
            elif known.reason is not None:
                self._rejected.append((path, known.reason))
            else:
                self._unchanged += 1
        folders = [root for root in self._roots if root.is_dir()]
        missing = (path for path in self._known if path not in seen)
        self._missing = [
            path for path in missing if any(path.is_relative_to(folder) for folder in folders)
        ]

    def analyze(self, examine: _Examine, progress: Callable[[Progress], None]) -> None:
        """Analyze what is new or changed, and remember each file as soon as it is done."""
        sizes = {found.path: found.size_bytes for found in self._fresh}
        state = Progress(0, len(sizes), 0, sum(sizes.values()))
        progress(state)
        for path in self._settled(examine):
            state = replace(
                state,
                done=state.done + 1,
                done_bytes=state.done_bytes + sizes[path],
                path=path,
            )
            progress(state)
        # Last of all, for what is missing in one place may have turned up in another.
        self._library.reconcile(self._missing)
        hashes = {self._known[path].content_hash for path in self._missing}
        tracks = [self._library.track(digest) for digest in hashes if digest is not None]
        self._gone = sum(track is not None and not track.present for track in tracks)

    def report(self, took: Seconds) -> AddReport:
        """Return what was found."""
        return AddReport(
            self._added, self._changed, self._unchanged, self._gone, tuple(self._rejected), took
        )

    def _settled(self, examine: _Examine) -> Iterator[Path]:
        """Yield each file when the library knows all about it."""
        waiting: list[_Found] = []
        for found in self._fresh:
            digest = _digest(found.path)
            if digest is None:
                self._reject(found, "This is a link or not an ordinary file, or may not be read.")
                yield found.path
            elif self._is_known(digest):
                self._unchanged += 1
                self._library.remember(found.record(digest, None))
                yield found.path
            else:
                twins = self._twins.setdefault(digest, [])
                twins.append(found)
                if len(twins) == 1:
                    waiting.append(found)
        digests = {twins[0].path: digest for digest, twins in self._twins.items()}
        for examined in examine([found.path for found in waiting]):
            yield from self._take(examined, digests[examined.path])

    def _take(self, examined: Examined, digest: str) -> Iterator[Path]:
        """Remember what was found in a file, and in those with the same content."""
        first, *others = self._twins[digest]
        reason = examined.reason
        if _found(first.path) != first:
            reason = "This file changed while it was read; add it again when it is complete."
        if examined.analysis is not None and not reason:
            self._library.save(_track(examined, digest))
            self._library.remember(first.record(digest, None))
            was_known = first.path in self._known
            self._changed += was_known
            self._added += not was_known
        else:
            self._reject(first, reason)
        yield first.path
        for other in others:
            if reason:
                self._reject(other, reason)
            else:
                self._unchanged += 1
                self._library.remember(other.record(digest, None))
            yield other.path

    def _reject(self, found: _Found, reason: str) -> None:
        """Remember a refusal."""
        self._rejected.append((found.path, reason))
        self._library.remember(found.record(None, reason))

    def _is_known(self, digest: str) -> bool:
        """Whether the library holds this content, measured by the code as it is."""
        track = self._library.track(digest)
        return track is not None and track.analysis.analysis_version == ANALYSIS_VERSION


def _files_in(roots: Iterable[Path]) -> Iterator[Path]:
    """Yield each file once: those named, and in folders those that are called like sound."""
    seen = set()
    for root in roots:
        for path in _walked(root) if root.is_dir() else iter((root,)):
            if path not in seen:
                seen.add(path)
                yield path


def _walked(folder: Path) -> Iterator[Path]:
    """Yield the ordinary sound files under a folder, in order, following no link."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(base, name)
            sounds = path.suffix.lower() in SOUND_SUFFIXES and not name.startswith(".")
            if sounds and stat.S_ISREG(path.lstat().st_mode):
                yield path


def _found(path: Path) -> _Found:
    """Return a file as it is now; one that has just vanished is empty."""
    try:
        status = path.lstat()
    except OSError:
        return _Found(path, 0, 0)
    return _Found(path, status.st_size, status.st_mtime_ns)


def _digest(path: Path) -> str | None:
    """Return a file's hash; None if it is no ordinary file or cannot be read."""
    try:
        # A pipe would never end.
        return content_hash(path) if stat.S_ISREG(path.lstat().st_mode) else None
    except OSError:
        return None


def _track(examined: Examined, digest: str) -> Track:
    """Return the track that was found in a file; its name is its title if its tags say none."""
    assert examined.analysis is not None, "only a file that was analyzed is a track"  # noqa: S101
    name = os.fsencode(examined.path.stem).decode("utf-8", "replace")
    return Track(
        content_hash=digest,
        path=examined.path,
        title=examined.title or cleaned(name),
        artist=examined.artist,
        album=examined.album,
        analysis=examined.analysis,
    )
