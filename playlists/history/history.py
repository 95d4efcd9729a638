"""Doing, undoing and doing again: the one place where changes are applied."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from playlists.history.acts import Act, Change, Shelf, Value, Version
from playlists.history.store import ActStore
from soundscape.clock import Clock
from soundscape.errors import LibraryError

Wanted = tuple[str, str, Value]
"""A thing's kind and name, and what it shall be."""


class History:
    """Changes things on their shelves and remembers how they were.

    Parameters
    ----------
    path : Path
        The file that remembers.
    shelves : Mapping[str, Shelf]
        Where the things of each kind are.
    clock : Clock
        Dates the acts.
    together : Callable[[], AbstractContextManager[None]]
        Makes the changes of an act durable at once.
    """

    def __init__(
        self,
        path: Path,
        shelves: Mapping[str, Shelf],
        clock: Clock,
        together: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._store = ActStore(path)
        self._shelves = shelves
        self._clock = clock
        self._together = together

    def do(self, who: str, what: str, wanted: Iterable[Wanted]) -> Act | None:
        """Change things in one act; None if all are already as they shall be.

        Parameters
        ----------
        who : str
            The person's name.
        what : str
            In words.
        wanted : Iterable[Wanted]
            What each thing shall be.
        """
        changes = tuple(
            Change(kind, name, before, after)
            for kind, name, after in wanted
            if (before := self._shelves[kind].get(name)) != after
        )
        if not changes:
            return None
        when = self._clock.wall_time()
        number = self._store.add(who, when, what, changes)
        self._apply([(c.kind, c.name, c.after) for c in changes])
        return Act(number, who, when, what, changes, undone=False)

    def undo(self) -> Act | None:
        """Take the last act back and return it; None if there is none."""
        act = self._store.last_done()
        if act is not None:
            self._step(act, [Change(c.kind, c.name, c.after, c.before) for c in act.changes])
            self._store.mark(act.number, undone=True)
            act = replace(act, undone=True)
        return act

    def redo(self) -> Act | None:
        """Do again what was taken back last and return it; None if there is nothing such."""
        act = self._store.first_undone()
        if act is not None:
            self._step(act, act.changes)
            self._store.mark(act.number, undone=False)
            act = replace(act, undone=False)
        return act

    def acts(self, count: int = 50) -> list[Act]:
        """Return the latest acts, the newest first."""
        return self._store.latest(count)

    def versions(self, kind: str, name: str) -> list[Version]:
        """Return a thing as it was after each act on it, the oldest first."""
        return [
            Version(act.number, act.who, act.wall_time, act.what, change.after)
            for act in self._store.on(kind, name)
            for change in act.changes
            if (change.kind, change.name) == (kind, name)
        ]

    def last_changes(self, kind: str) -> dict[str, tuple[str, str]]:
        """Return for each thing of a kind when it was last changed (ISO 8601), and by whom."""
        return self._store.last_changes(kind)

    def last_change(self, kind: str, name: str) -> tuple[str, str]:
        """Return when a thing was last changed (ISO 8601), and by whom; empty if not known."""
        acts = self._store.on(kind, name)
        return (acts[-1].wall_time, acts[-1].who) if acts else ("", "")

    def now(self, kind: str, name: str) -> Value:
        """Return a thing as it is; None if it is not there."""
        return self._shelves[kind].get(name)

    def restore(self, who: str, kind: str, name: str, number: int) -> Act | None:
        """Make a thing again what it was after an act; None if it is so already.

        Raises
        ------
        LibraryError
            If that act left no such thing.
        """
        versions = self.versions(kind, name)
        found = next((v for v in versions if v.number == number and v.value is not None), None)
        if found is None:
            numbers = ", ".join(str(v.number) for v in versions if v.value is not None) or "none"
            raise LibraryError(f"{name} has no version {number}; there are {numbers}.")
        what = f"Restored {kind} {name} as of {found.wall_time[:16].replace('T', ' ')}"
        return self.do(who, what, [(kind, name, found.value)])

    def _step(self, act: Act, changes: Iterable[Change]) -> None:
        """Lead things from what they were to what they shall be, all or none.

        Raises
        ------
        LibraryError
            If one is neither: what somebody did since must not be written over.
        """
        wanted = []
        for change in changes:
            is_now = self._shelves[change.kind].get(change.name)
            if is_now == change.after:
                continue
            if is_now != change.before:
                raise LibraryError(
                    f"{act.what}: {change.kind} {change.name[:12]} was changed since in another"
                    " way; change it by hand."
                )
            wanted.append((change.kind, change.name, change.after))
        self._apply(wanted)

    def _apply(self, wanted: Iterable[Wanted]) -> None:
        with self._together():
            for kind, name, value in wanted:
                self._shelves[kind].put(name, None if value is None else dict(value))
