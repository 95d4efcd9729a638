"""What ties a record's entries together: each has the SHA-256 of the link before it and of itself.

So an entry that was changed, moved or taken out later is found. That all of it was computed anew,
or its end cut off, is found beside the last link, which the clinic's audit keeps.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FIRST = ""
"""Stands before the first entry."""


def linked(before: str, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows with their links behind them.

    Parameters
    ----------
    before : str
        The link before the first of them.
    rows : Iterable[Sequence[Any]]
        Number, frame, wall clock, event and facts (as text), in order.
    """
    for row in rows:
        said = json.dumps([before, *row], ensure_ascii=False)
        before = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        yield (*row, before)


def first_unlinked(rows: Sequence[Sequence[Any]]) -> int | None:
    """Return the number of the first entry that is not what was written, or is missing.

    Parameters
    ----------
    rows : Sequence[Sequence[Any]]
        Number, frame, wall clock, event, facts and link, in order.
    """
    before = FIRST
    for number, row in enumerate(rows, 1):
        (right,) = linked(before, [row[:-1]])
        if row[0] != number or row[-1] != right[-1]:
            return number
        before = row[-1]
    return None
