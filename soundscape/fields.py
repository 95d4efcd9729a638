"""Typed values out of a TOML file that a person wrote, with the faulty field named."""

import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from soundscape.errors import InvalidPlanError

_PAIR = 2
MOST_BYTES = 1 << 20


class Fields:
    """The fields of one table; each is taken once, and what is left over is a fault.

    Parameters
    ----------
    table : Mapping[str, object]
        As ``tomllib`` read it.
    where : str
        Dotted path to the table, for messages; ends in a dot unless empty.
    """

    def __init__(self, table: Mapping[str, object], where: str) -> None:
        self._left = dict(table)
        self._where = where

    def where(self, key: str) -> str:
        """Return the path of a field."""
        return f"{self._where}{key}"

    def text(self, key: str) -> str:
        """Take a text that is not empty.

        Raises
        ------
        InvalidPlanError
            If it is missing or not such a text.
        """
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise InvalidPlanError(self.where(key), "must be a text that is not empty")
        return " ".join(value.split())

    def flag(self, key: str) -> bool:
        """Take true or false.

        Raises
        ------
        InvalidPlanError
            If it is missing or neither.
        """
        value = self._take(key)
        if not isinstance(value, bool):
            raise InvalidPlanError(self.where(key), "must be true or false")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """Take a number within a range, ends included."""
        return _number(self._take(key), self.where(key), (low, high))

    def whole(self, key: str, low: int, high: int) -> int:
        """Take a whole number within a range, ends included.

        Raises
        ------
        InvalidPlanError
            If it is missing, lies outside or has a fraction.
        """
        value = self.number(key, low, high)
        if value != int(value):
            raise InvalidPlanError(self.where(key), "must be a whole number")
        return int(value)

    def one_of(self, key: str, known: Iterable[str]) -> str:
        """Take one of some words.

        Raises
        ------
        InvalidPlanError
            If it is missing or another.
        """
        words, value = tuple(known), self._take(key)
        if value not in words:
            raise InvalidPlanError(self.where(key), f"must be one of {', '.join(words)}")
        return str(value)

    def pair(self, key: str, low: float, high: float) -> tuple[float, float]:
        """Take two numbers within a range."""
        return _pair(self._take(key), self.where(key), (low, high))

    def points(self, key: str, low: float, high: float) -> tuple[tuple[float, float], ...]:
        """Take a list of number pairs."""
        items = self._list(key)
        return tuple(
            _pair(item, self.where(f"{key}[{index}]"), (low, high))
            for index, item in enumerate(items)
        )

    def words(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; it may be empty.

        Raises
        ------
        InvalidPlanError
            If it is missing or holds anything else.
        """
        items = self._list(key)
        words = tuple(item for item in items if isinstance(item, str))
        if len(words) < len(items):
            raise InvalidPlanError(self.where(key), "must hold texts only")
        return words

    def items(self, key: str) -> list[object]:
        """Take a list of anything."""
        return self._list(key)

    def table(self, key: str) -> "Fields":
        """Take a table.

        Raises
        ------
        InvalidPlanError
            If it is missing or anything else.
        """
        value = self._take(key)
        if not isinstance(value, dict):
            raise InvalidPlanError(self.where(key), "must be a table")
        return Fields(value, f"{self.where(key)}.")

    def tables(self, key: str) -> tuple["Fields", ...]:
        """Take a list of tables.

        Raises
        ------
        InvalidPlanError
            If it is missing or holds anything else.
        """
        found = []
        for index, item in enumerate(self._list(key)):
            where = self.where(f"{key}[{index}]")
            if not isinstance(item, dict):
                raise InvalidPlanError(where, "must be a table")
            found.append(Fields(item, f"{where}."))
        return tuple(found)

    def rest(self) -> dict[str, Any]:
        """Take all that is left, as it was read."""
        left, self._left = self._left, {}
        return left

    def has(self, key: str) -> bool:
        """Return whether a field is there and not yet taken."""
        return key in self._left

    def finish(self) -> None:
        """Refuse what nobody took: a misspelled field must not pass unseen.

        Raises
        ------
        InvalidPlanError
            If a field is left.
        """
        if self._left:
            raise InvalidPlanError(self.where(min(self._left)), "is not a field known here")

    def _take(self, key: str) -> object:
        if key not in self._left:
            raise InvalidPlanError(self.where(key), "is missing")
        return self._left.pop(key)

    def _list(self, key: str) -> list[object]:
        value = self._take(key)
        if not isinstance(value, list):
            raise InvalidPlanError(self.where(key), "must be a list")
        return value


def read_fields(path: Path) -> Fields:
    """Return the fields of a TOML file.

    Raises
    ------
    InvalidPlanError
        If it is no file that can be read, too large, or no TOML.
    """
    try:
        if path.exists() and not path.is_file():  # a device never ends, a pipe never begins
            raise InvalidPlanError(path.name, "is not an ordinary file")
        if path.stat().st_size > MOST_BYTES:
            raise InvalidPlanError(path.name, "is too large for what a person wrote")
        return Fields(tomllib.loads(path.read_text(encoding="utf-8")), f"{path.name}: ")
    except OSError as error:
        raise InvalidPlanError(path.name, f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise InvalidPlanError(path.name, f"is not valid TOML ({error})") from error


def _number(value: object, where: str, bounds: tuple[float, float]) -> float:
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidPlanError(where, "must be a number")
    if not low <= value <= high:
        raise InvalidPlanError(where, f"must lie between {low:g} and {high:g}")
    return float(value)


def _pair(value: object, where: str, bounds: tuple[float, float]) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != _PAIR:
        raise InvalidPlanError(where, "must be two numbers")
    return _number(value[0], f"{where}[0]", bounds), _number(value[1], f"{where}[1]", bounds)
