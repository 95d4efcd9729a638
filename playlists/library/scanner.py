"""Folders into the library: what is new or changed is analyzed, what is gone is marked.

Each file is committed as soon as it is done, so that being killed loses at most the files in hand,
and known files are skipped by size and time, so that going on is quick. A file that has another
name or place than before is known by its content and not measured again.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from playlists.analysis.analyzer import ANALYSIS_VERSION
from playlists.analysis.pool import AHEAD, outcome
from playlists.analysis.worker import Examined, digest, examine
from playlists.library.repository import FileRecord, Library
from playlists.models import Track
from soundscape.clock import Clock, MachineClock
from soundscape.errors import LibraryError, RejectedFileError
from soundscape.media.plain import cleaned
from soundscape.units import Seconds

SOUND_SUFFIXES = frozenset(
    {
        *(".aif", ".aifc", ".aiff", ".flac", ".m4a", ".m4b", ".mp2", ".mp3", ".mp4"),
        *(".oga", ".ogg", ".opus", ".wav", ".wave"),
    }
)
"""What is looked at in a folder. A file named outright is looked at whatever its name."""


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
    left_s : Seconds | None
        How long the rest will take if its bytes take as long as those so far; None until one
        file is measured.
    """

    done: int
    total: int
    done_bytes: int
    total_bytes: int
    path: Path | None = None
    left_s: Seconds | None = None


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
    executor: Executor,
    progress: Callable[[Progress], None] = lambda _: None,
    ahead: int = AHEAD,
) -> AddReport:
    """Add files and folders to a library.

    Stopping it, by Ctrl-C or by shutting the executor down, leaves the library as if only the
    files that were done had been given.

    Parameters
    ----------
    library : Library
        Where everything is remembered.
    paths : Sequence[Path]
        Files, and folders with all that is in them; links in them are not followed.
    executor : Executor
        Analyzes the files; see ``playlists.analysis.pool``.
    progress : Callable[[Progress], None]
        Called before the first file and after each.
    ahead : int
        How many files are handed out at once, at least 1.

    Raises
    ------
    LibraryError
        If a path does not exist, or if it was stopped.
    """
    clock = MachineClock()
    started = clock.now()
    for path in paths:
        if not os.path.lexists(path):
            raise LibraryError(f"{path} does not exist; check its name, or connect its disk.")
    scan = _Scan(library, [path.absolute() for path in paths], clock)
    scan.look()
    try:
        scan.analyze(executor, ahead, progress)
    except (KeyboardInterrupt, CancelledError):
        raise LibraryError(scan.state_when_stopped()) from None
    return scan.report(Seconds(clock.now() - started))


def stale_paths(library: Library) -> list[Path]:
    """Return the files that are there and were measured by an older version of the code."""
    return [
        record.path
        for record in library.files().values()
        if record.analysis_version != ANALYSIS_VERSION and os.path.lexists(record.path)
    ]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that must be looked at."""

    path: Path
    size_bytes: int
    modified_ns: int

    def record(self, content: str | None, reason: str | None) -> FileRecord:
        """Return what is to be remembered of it."""
        return FileRecord(
            self.path, self.size_bytes, self.modified_ns, content, reason, ANALYSIS_VERSION
        )


class _Scan:
    """One scan under way."""

    def __init__(self, library: Library, roots: Sequence[Path], clock: Clock) -> None:
        self._library = library
        self._clock = clock
        self._known = library.files()
        self._roots = roots
        self._fresh: list[_Found] = []
        self._missing: list[Path] = []
        self._rejected: list[tuple[Path, str]] = []
        self._added = self._changed = self._unchanged = self._gone = 0
        self._state = Progress(0, 0, 0, 0)
        self._measured_bytes = 0
        # Handed out: what is found with no content yet, or being measured under its content.
        self._in_hand: dict[Future[Any], tuple[_Found, str | None]] = {}
        self._twins: dict[str, list[_Found]] = {}

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

    def analyze(
        self, executor: Executor, ahead: int, progress: Callable[[Progress], None]
    ) -> None:
        """Analyze what is new or changed, and remember each file as soon as it is done."""
        started = self._clock.now()
        total_bytes = sum(found.size_bytes for found in self._fresh)
        self._state = Progress(0, len(self._fresh), 0, total_bytes)
        progress(self._state)
        for found in self._settled(executor, ahead):
            self._state = self._state_after(found, Seconds(self._clock.now() - started))
            progress(self._state)
        # Last of all, for what is missing in one place may have turned up in another.
        self._library.reconcile(self._missing)
        hashes = {self._known[path].content_hash for path in self._missing}
        tracks = [self._library.track(content) for content in hashes if content is not None]
        self._gone = sum(track is not None and not track.present for track in tracks)

    def state_when_stopped(self) -> str:
        """Return a sentence on how far it came."""
        done, left = self._state.done, self._state.total - self._state.done
        return f"Stopped: {done} done, {left} left; the next time goes on."

    def report(self, took: Seconds) -> AddReport:
        """Return what was found."""
        return AddReport(
            self._added, self._changed, self._unchanged, self._gone, tuple(self._rejected), took
        )

    def _state_after(self, found: _Found, took_s: Seconds) -> Progress:
        """Return how far it is with one more file done."""
        done_bytes = self._state.done_bytes + found.size_bytes
        left_s = None
        if self._measured_bytes:
            left_bytes = self._state.total_bytes - done_bytes
            left_s = Seconds(took_s * left_bytes / self._measured_bytes)
        return replace(
            self._state,
            done=self._state.done + 1,
            done_bytes=done_bytes,
            path=found.path,
            left_s=left_s,
        )

    def _settled(self, executor: Executor, ahead: int) -> Iterator[_Found]:
        """Yield each file when the library knows all about it."""
        waiting = iter(self._fresh)
        try:
            while True:
                for found in islice(waiting, max(0, ahead - len(self._in_hand))):
                    self._hand_out(executor, found, None)
                if not self._in_hand:
                    return
                done = wait(self._in_hand, return_when=FIRST_COMPLETED).done
                # Whatever is done by now becomes durable at once: one wait for the disk, not many.
                with self._library.batch():
                    settled = [found for future in done for found in self._take(executor, future)]
                yield from settled
        finally:
            for future in self._in_hand:
                future.cancel()

    def _hand_out(self, executor: Executor, found: _Found, content: str | None) -> None:
        """Have a file's content told or, where that is known, have it measured.

        Raises
        ------
        CancelledError
            If the executor takes nothing any more.
        """
        task = digest if content is None else examine
        try:
            self._in_hand[executor.submit(task, found.path)] = (found, content)
        except RuntimeError as error:
            raise CancelledError from error

    def _take(self, executor: Executor, future: Future[Any]) -> Iterator[_Found]:
        """Take what came of a file, and yield the files of which all is known with that."""
        found, content = self._in_hand.pop(future)
        if content is not None:
            yield from self._take_analysis(found, content, outcome(found.path, future))
            return
        try:
            content = future.result()
        except RejectedFileError as error:
            self._reject(found, str(error))
            yield found
            return
        if content is None:
            self._reject(found, "This is a link or not an ordinary file, or may not be read.")
            yield found
        elif content in self._twins:
            self._twins[content].append(found)
        elif self._is_known(content):
            self._unchanged += 1
            self._library.remember(found.record(content, None))
            yield found
        else:
            self._twins[content] = []
            self._hand_out(executor, found, content)

    def _take_analysis(self, found: _Found, content: str, examined: Examined) -> Iterator[_Found]:
        """Remember what was found in a file, and in those with the same content."""
        self._measured_bytes += found.size_bytes
        reason = examined.reason
        if _found(found.path) != found:
            reason = "This file changed while it was read; add it again when it is complete."
        if examined.analysis is not None and not reason:
            self._library.save(_track(examined, content))
            self._library.remember(found.record(content, None))
            was_known = found.path in self._known
            self._changed += was_known
            self._added += not was_known
        else:
            self._reject(found, reason)
        yield found
        for twin in self._twins.pop(content):
            if reason:
                self._reject(twin, reason)
            else:
                self._unchanged += 1
                self._library.remember(twin.record(content, None))
            yield twin

    def _reject(self, found: _Found, reason: str) -> None:
        """Remember a refusal."""
        self._rejected.append((found.path, reason))
        self._library.remember(found.record(None, reason))

    def _is_known(self, content: str) -> bool:
        """Whether the library holds this content, measured by the code as it is."""
        track = self._library.track(content)
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


def _track(examined: Examined, content: str) -> Track:
    """Return the track that was found in a file; its name is its title if its tags say none."""
    assert examined.analysis is not None, "only a file that was analyzed is a track"  # noqa: S101
    name = os.fsencode(examined.path.stem).decode("utf-8", "replace")
    return Track(
        content_hash=content,
        path=examined.path,
        title=examined.title or cleaned(name),
        artist=examined.artist,
        album=examined.album,
        analysis=examined.analysis,
    )
