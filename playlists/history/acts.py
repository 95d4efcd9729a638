"""Acts: who changed what, when, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Value = Mapping[str, Any] | None
"""A thing as plain data; None where it is not there."""


class Shelf(Protocol):
    """Where things of one kind are kept."""

    def get(self, name: str) -> dict[str, Any] | None:
        """Return a thing; None if there is none."""

    def put(self, name: str, value: dict[str, Any] | None) -> None:
        """Keep a thing; None removes it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing's change.

    Attributes
    ----------
    kind, name : str
        Which thing: ``rating`` and a content, ``preset`` and its name.
    before, after : Value
        As it was, and as it became.
    """

    kind: str
    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did at once.

    Attributes
    ----------
    number : int
        From 1, in order.
    who : str
        The person's name.
    wall_time : str
        ISO 8601, UTC.
    what : str
        In words, as ``Rated 3 tracks``.
    changes : tuple[Change, ...]
        What it changed.
    undone : bool
        It was taken back.
    """

    number: int
    who: str
    wall_time: str
    what: str
    changes: tuple[Change, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A thing as it was after an act.

    Attributes
    ----------
    number : int
        The act's.
    who, wall_time, what : str
        The act's.
    value : Value
        The thing; None where the act removed it.
    """

    number: int
    who: str
    wall_time: str
    what: str
    value: Value
