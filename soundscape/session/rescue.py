"""Keeps entries that the disk refuses in a second place, until the record has taken them.

The place is the chair's private folder, which on Linux lies in memory: a full or failing disk
does not reach it, and it outlives the host, though not the machine.
"""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from soundscape.units import Frames

Row = tuple[Frames, str, str, str]
"""Frame, wall clock, event and facts, as JSON, of an entry that waits to be written."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """Entries that are not known to be in the record.

    Attributes
    ----------
    after : int | None
        The number of the last entry that was in the record; None if that was not known.
    rows : tuple[Row, ...]
        Those that follow it, in order.
    """

    after: int | None
    rows: tuple[Row, ...]


class Rescue:
    """The second place of one session's record.

    Parameters
    ----------
    runtime : Path
        The chair's private folder.
    session : str
        The session.
    """

    def __init__(self, runtime: Path, session: str) -> None:
        self._path = runtime / f"{session}.rescued"

    def keep(self, after: int | None, rows: Sequence[Row]) -> bool:
        """Keep entries in place of those that were kept; return whether that could be done."""
        arriving = self._path.with_suffix(".arriving")
        try:
            with arriving.open("w", encoding="utf-8") as file:
                json.dump({"after": after, "rows": list(rows)}, file)
                file.flush()
                os.fsync(file.fileno())
            arriving.replace(self._path)
        except OSError:
            return False
        return True

    def read(self) -> Rescued:
        """Return what was kept; nothing if nothing was, or it cannot be read."""
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            return Rescued(held["after"], tuple(_row(*row) for row in held["rows"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Rescued(None, ())

    def clear(self) -> None:
        """Keep nothing any more: all of it is in the record."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def _row(frame: int, wall: str, event: str, facts: str) -> Row:
    return Frames(frame), wall, event, facts
