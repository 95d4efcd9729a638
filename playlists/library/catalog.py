"""The library's columns in memory, so that a search of a million tracks takes milliseconds.

Each term becomes one truth value a row; numbers are compared as arrays, words are looked up, and
what a therapist said is asked once for each different rating.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from playlists.library.folding import words_of
from playlists.library.query import (
    KINDS,
    Comparison,
    Condition,
    Field,
    Number,
    Query,
    State,
    Term,
    Words,
)
from playlists.library.words import WordIndex, WordIndexer
from playlists.models import CHECK_AT_LEAST, VOICE_AT_LEAST, Rating

Mask = NDArray[np.bool_]

TEXTS = (Field.TITLE, Field.ARTIST, Field.ALBUM, Field.FOLDER)
"""Which texts a row has, in order."""

_COMPARED: dict[str, Callable[[NDArray[np.float64], float], Mask]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Row:
    """What can be searched of a track.

    Attributes
    ----------
    texts : tuple[str, ...]
        One for each of ``TEXTS``.
    numbers : tuple[float | None, ...]
        One for each ``Number``, as measured.
    vocal_probability : float | None
        As measured.
    present : bool
        Whether its file is there.
    rating : Rating
        What a therapist said.
    """

    texts: tuple[str, ...]
    numbers: tuple[float | None, ...]
    vocal_probability: float | None
    present: bool
    rating: Rating


@dataclass(frozen=True, slots=True)
class Catalog:
    """Rows that can be searched.

    Attributes
    ----------
    index : WordIndex
        Of the rows' texts.
    numbers : Mapping[Number, NDArray[np.float64]]
        Each of shape (rows,); not a number where there is none. The energy is the one used.
    states : Mapping[State, NDArray[np.bool_]]
        Each of shape (rows,); those that are more than a rating.
    ratings : tuple[Rating, ...]
        The different ones.
    rated : NDArray[np.int32], shape (rows,)
        Which of them each row has.
    """

    index: WordIndex
    numbers: Mapping[Number, NDArray[np.float64]]
    states: Mapping[State, Mask]
    ratings: tuple[Rating, ...]
    rated: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.rated)

    def mask(self, query: Query) -> Mask:
        """Return which rows fulfil a search."""
        return reduce(np.logical_and, map(self._term, query.terms), np.ones(len(self), np.bool_))

    def _term(self, term: Term) -> Mask:
        held = reduce(np.logical_and, map(self._condition, term.conditions))
        return ~held if term.negated else held

    def _condition(self, condition: Condition) -> Mask:
        if isinstance(condition, Comparison):
            return _COMPARED[condition.sign](self.numbers[condition.number], condition.bound)
        if isinstance(condition, Words):
            return self._words(condition)
        if condition in self.states:
            return self.states[condition]
        if condition is State.BEATLESS:
            return np.isnan(self.numbers[Number.TEMPO])
        if condition is State.MISSING:
            return ~self.states[State.PRESENT]
        return self._said(_SAID[condition])

    def _words(self, sought: Words) -> Mask:
        if sought.field is None:
            if sought.quoted:
                return self._in_texts(sought, None) | self._said(_has_tag(sought, prefix=False))
            each = (
                self._starting(word, None) | self._said(_has_tag(Words((word,)), prefix=True))
                for word in sought.words
            )
            return reduce(np.logical_and, each)
        if sought.field in TEXTS:
            return self._in_texts(sought, TEXTS.index(sought.field))
        if sought.field is Field.TAG:
            return self._said(_has_tag(sought, prefix=False))
        return self._said(_HAS[sought.field](sought))

    def _in_texts(self, sought: Words, field: int | None) -> Mask:
        if sought.quoted:
            return self._marked(self.index.phrase(sought.words, field))
        return reduce(np.logical_and, (self._starting(word, field) for word in sought.words))

    def _starting(self, word: str, field: int | None) -> Mask:
        return self._marked(self.index.starting(word, field))

    def _marked(self, rows: NDArray[np.int32]) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        mask[rows] = True
        return mask

    def _said(self, holds: Callable[[Rating], bool]) -> Mask:
        """Return which rows have a rating of which something holds."""
        table = np.array([holds(rating) for rating in self.ratings], np.bool_)
        return table[self.rated] if table.any() else np.zeros(len(self), np.bool_)


class CatalogMaker:
    """Takes rows in any number of parts, and makes a catalog of them."""

    def __init__(self) -> None:
        self._indexer = WordIndexer()
        self._numbers: list[NDArray[np.float64]] = []
        self._present: list[Mask] = []
        self._known: dict[Rating, int] = {}
        self._rated: list[NDArray[np.int32]] = []

    def add(self, rows: Sequence[Row]) -> None:
        """Take more rows."""
        self._indexer.add(row.texts for row in rows)
        numbers = [(*row.numbers, row.vocal_probability) for row in rows]
        self._numbers.append(np.array(numbers, np.float64).reshape(len(rows), len(Number) + 1))
        self._present.append(np.array([row.present for row in rows], np.bool_))
        known = self._known
        rated = [known.setdefault(row.rating, len(known)) for row in rows]
        self._rated.append(np.array(rated, np.int32))

    def catalog(self) -> Catalog:
        """Return the catalog of what was taken."""
        columns = np.concatenate([*self._numbers, np.empty((0, len(Number) + 1))]).T
        numbers = {number: columns[place].copy() for place, number in enumerate(Number)}
        ratings = tuple(self._known) or (Rating(),)
        rated = np.concatenate([*self._rated, np.empty(0, np.int32)])
        said_energy = np.array(
            [np.nan if rating.energy is None else rating.energy for rating in ratings]
        )[rated]
        measured = numbers[Number.ENERGY]
        numbers[Number.ENERGY] = np.where(np.isnan(said_energy), measured, said_energy)
        states = _voices(columns[-1], ratings, rated)
        states[State.PRESENT] = np.concatenate([*self._present, np.empty(0, np.bool_)])
        return Catalog(self._indexer.index(), numbers, states, ratings, rated)


def _voices(
    probability: NDArray[np.float64], ratings: tuple[Rating, ...], rated: NDArray[np.int32]
) -> dict[State, Mask]:
    """Return each verdict on the voice, as ``Track.voice`` gives it."""
    yes = np.array([rating.instrumental is True for rating in ratings])[rated]
    no = np.array([rating.instrumental is False for rating in ratings])[rated]
    said = yes | no
    return {
        State.INSTRUMENTAL: yes | (~said & (probability < CHECK_AT_LEAST)),
        State.VOICE: no | (~said & (probability >= VOICE_AT_LEAST)),
        # a comparison with what is not known is false, hence this way round
        State.CHECK: ~said & ~(probability < CHECK_AT_LEAST) & ~(probability >= VOICE_AT_LEAST),
    }


_SAID: dict[State, Callable[[Rating], bool]] = {
    State.APPROVED: lambda rating: rating.instrumental is True,
    State.AVOID: lambda rating: rating.avoid,
    State.FAMILIAR: lambda rating: rating.familiar,
    State.RATED: lambda rating: rating != Rating(),
}


def _has_tag(sought: Words, *, prefix: bool) -> Callable[[Rating], bool]:
    """Return whether a rating has a tag with these words, or with one that begins so.

    A tag's kind may be left out: ``hymn`` finds ``faith:hymn``.
    """
    wanted = sought.words

    def holds(rating: Rating) -> bool:
        for tag in rating.tags:
            words = words_of(tag)
            if prefix and any(word.startswith(wanted[0]) for word in words):
                return True
            if words == wanted or (words[:1] and words[0] in KINDS and words[1:] == wanted):
                return True
        return False

    return holds


def _in_text(read: Callable[[Rating], str]) -> Callable[[Words], Callable[[Rating], bool]]:
    """Return how words are looked for in a text that a rating has."""

    def has(sought: Words) -> Callable[[Rating], bool]:
        def holds(rating: Rating) -> bool:
            words = words_of(read(rating))
            return all(any(word.startswith(part) for word in words) for part in sought.words)

        return holds

    return has


_HAS: Mapping[Field, Callable[[Words], Callable[[Rating], bool]]] = {
    Field.LICENCE: _in_text(lambda rating: rating.licence),
    Field.SOURCE: _in_text(lambda rating: rating.source),
}


def catalog_of(rows: Iterable[Row]) -> Catalog:
    """Return the catalog of some rows."""
    maker = CatalogMaker()
    maker.add(list(rows))
    return maker.catalog()
