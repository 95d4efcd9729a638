"""Words in texts, and where each stands: what a search for the beginning of a word looks up."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.library.folding import words_of

_AFTER_ALL = "\U0010ffff"
_BETWEEN = -1


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Where each word of many texts stands.

    Attributes
    ----------
    words : list[str]
        All different ones, sorted.
    starts : NDArray[np.int64], shape (words + 1,)
        Where each word's places begin in the three arrays below.
    rows : NDArray[np.int32], shape (places,)
        The row that a place is in.
    fields : NDArray[np.uint8], shape (places,)
        The text of that row.
    places : NDArray[np.int32], shape (places,)
        Its number in the sequence of all words, with a gap after each text.
    row_starts : NDArray[np.int32], shape (rows,)
        The first place of each row.
    """

    words: list[str]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    fields: NDArray[np.uint8]
    places: NDArray[np.int32]
    row_starts: NDArray[np.int32]

    def starting(self, word: str, field: int | None) -> NDArray[np.int32]:
        """Return the rows with a word that begins so, in a field or in any; some repeatedly."""
        first = bisect_left(self.words, word)
        last = bisect_left(self.words, word + _AFTER_ALL)
        where = slice(int(self.starts[first]), int(self.starts[last]))
        rows = self.rows[where]
        return rows if field is None else rows[self.fields[where] == field]

    def phrase(self, words: Sequence[str], field: int | None) -> NDArray[np.int32]:
        """Return the rows with whole words in this order, in a field or in any."""
        places = self._places(words[0], field)
        for word in words[1:]:
            places = np.intersect1d(places + 1, self._places(word, field), assume_unique=True)
        found = np.searchsorted(self.row_starts, places - len(words) + 1, side="right") - 1
        return found.astype(np.int32)

    def _places(self, word: str, field: int | None) -> NDArray[np.int32]:
        number = bisect_left(self.words, word)
        if number == len(self.words) or self.words[number] != word:
            return np.empty(0, np.int32)
        where = slice(int(self.starts[number]), int(self.starts[number + 1]))
        places = self.places[where]
        return places if field is None else places[self.fields[where] == field]


class WordIndexer:
    """Takes texts row by row, in any number of parts, and makes an index of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known: dict[str, tuple[int, ...]] = {}
        self._sequence = array("i")
        self._fields = array("B")
        self._row_starts = array("i")

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Take more rows, each with its texts."""
        for texts in rows:
            self._row_starts.append(len(self._sequence))
            for field, text in enumerate(texts):
                numbers = self._known.get(text)
                if numbers is None:
                    numbers = self._known[text] = self._numbered(text)
                self._sequence.extend(numbers)
                self._fields.extend((field,) * len(numbers))

    def index(self) -> WordIndex:
        """Return the index of what was taken."""
        sequence = np.array(self._sequence, np.int32)
        fields = np.array(self._fields, np.uint8)
        row_starts = np.array(self._row_starts, np.int32)
        lengths = np.diff(np.append(row_starts, len(sequence)))
        row_of = np.repeat(np.arange(len(row_starts), dtype=np.int32), lengths)
        words = sorted(self._numbers)
        rank = np.empty(len(words) + 1, np.int32)
        rank[[self._numbers[word] for word in words]] = np.arange(len(words))
        rank[_BETWEEN] = len(words)
        ranked = rank[sequence]
        counts = np.bincount(ranked, minlength=len(words) + 1)[: len(words)]
        starts = np.concatenate([[0], np.cumsum(counts)])
        places = np.argsort(ranked, kind="stable").astype(np.int32)[: int(starts[-1])]
        return WordIndex(words, starts, row_of[places], fields[places], places, row_starts)

    def _numbered(self, text: str) -> tuple[int, ...]:
        """Return the numbers of a text's words, with a gap at its end."""
        numbers = self._numbers
        found = (numbers.setdefault(word, len(numbers)) for word in words_of(text))
        return (*found, _BETWEEN)
