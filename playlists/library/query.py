"""A therapist's search as data: words, numbers and states, all of which must hold.

``energy:0.1..0.4 bpm<70 instrumental tag:harp artist:mara "low tide" -rain`` finds calm slow
pieces without voice, and so on. A minus before a term turns it around. A word is the beginning
of a word in title, artist, album, tags or the file's folder; words in quotation marks stand
there just so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from playlists.library.folding import words_of
from soundscape.errors import InvalidQueryError


class Number(StrEnum):
    """A number that a search may compare, by its name in ``Analysis``."""

    ENERGY = "energy"
    TEMPO = "tempo_bpm"
    LENGTH = "duration_s"
    LOUDNESS = "integrated_lufs"
    RANGE = "loudness_range_lu"
    RISE = "max_rise_lu_2s"
    BRIGHTNESS = "brightness_hz"
    PERCUSSIVENESS = "percussiveness"


class State(StrEnum):
    """Something that is so or not."""

    INSTRUMENTAL = "instrumental"
    VOICE = "voice"
    CHECK = "check"
    BEATLESS = "beatless"
    APPROVED = "approved"
    AVOID = "avoid"
    FAMILIAR = "familiar"
    RATED = "rated"
    PRESENT = "present"
    MISSING = "missing"


class Field(StrEnum):
    """Where a word may stand; all but the last three are the file's, those are the therapist's."""

    TITLE = "title"
    ARTIST = "artist"
    ALBUM = "album"
    FOLDER = "folder"
    TAG = "tag"
    LICENCE = "licence"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that must stand in a track.

    Attributes
    ----------
    words : tuple[str, ...]
        As ``words_of`` makes them.
    field : Field | None
        Where; None is anywhere but in licence and source.
    quoted : bool
        They must stand whole and in this order; otherwise each may go on.
    """

    words: tuple[str, ...]
    field: Field | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number's bound; a number that does not exist fulfils none.

    Attributes
    ----------
    number : Number
        What is compared.
    sign : str
        One of ``<``, ``<=``, ``>`` and ``>=``.
    bound : float
        In the number's unit.
    """

    number: Number
    sign: str
    bound: float


Condition = Words | Comparison | State


@dataclass(frozen=True, slots=True)
class Term:
    """Conditions that hold together, or, negated, do not."""

    conditions: tuple[Condition, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all hold; every track fulfils none."""

    terms: tuple[Term, ...] = ()


class SortKey(StrEnum):
    """What a library is sorted by."""

    TITLE = "title"
    ARTIST = "artist"
    ALBUM = "album"
    LENGTH = "length"
    ENERGY = "energy"
    TEMPO = "tempo"
    LOUDNESS = "loudness"
    RANGE = "range"
    RISE = "rise"
    BRIGHTNESS = "brightness"
    PERCUSSIVENESS = "percussiveness"
    FIT = "fit"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Sort:
    """An order; what is equal in it stands by title.

    Attributes
    ----------
    key : SortKey
        By what. A number that does not exist comes before all that do; by voice, what may be used
        comes first, then what is to be checked, what sings, is missing, is avoided.
    descending : bool
        Whether it is turned around.
    """

    key: SortKey = SortKey.TITLE
    descending: bool = False


BY_TITLE = Sort()


NUMBER_NAMES = {
    "energy": Number.ENERGY,
    "bpm": Number.TEMPO,
    "tempo": Number.TEMPO,
    "len": Number.LENGTH,
    "length": Number.LENGTH,
    "minutes": Number.LENGTH,
    "lufs": Number.LOUDNESS,
    "range": Number.RANGE,
    "rise": Number.RISE,
    "brightness": Number.BRIGHTNESS,
    "percussiveness": Number.PERCUSSIVENESS,
}
FIELD_NAMES = {**{field.value: field for field in Field}, "license": Field.LICENCE}
KINDS = ("mood", "culture", "faith", "association", "instrument")
"""What a tag may say of itself before a colon, as in ``faith:hymn``; each may be searched by."""

_STATE_NAMES = {state.value: state for state in State}
_PIECE = re.compile(r'(?:[^\s"]|"[^"]*")+')
_KEYED = re.compile(r"([a-z]+)(<=|>=|<|>|=|:)(.*)", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):([0-5]\d)")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)(s|m|min|h)?")
_IN_S = {"s": 1.0, "m": 60.0, "min": 60.0, None: 60.0, "h": 3600.0}


def parse(text: str) -> Query:
    """Return a search as data.

    Raises
    ------
    InvalidQueryError
        If a term cannot be understood; the sentence names it and says what would be right.
    """
    if text.count('"') % 2:
        opened = text[text.rindex('"') :]
        raise InvalidQueryError(opened, f"The quotation mark at {opened} is not closed; close it.")
    terms = (_term(piece) for piece in pieces(text))
    return Query(tuple(term for term in terms if term.conditions))


def pieces(text: str) -> list[str]:
    """Return the terms of a search as they were typed; what stands in quotation marks is one."""
    return _PIECE.findall(text)


def _term(piece: str) -> Term:
    """Return one term; it has no conditions where it holds no word."""
    negated = piece.startswith("-") and len(piece) > 1
    return Term(tuple(_conditions(piece[negated:])), negated)


def _conditions(piece: str) -> Iterator[Condition]:
    keyed = _KEYED.fullmatch(piece)
    if keyed is None:
        state = _STATE_NAMES.get(piece.casefold())
        yield from (state,) if state else _words(piece, None)
        return
    key, sign, value = keyed[1].casefold(), keyed[2], keyed[3]
    if key in NUMBER_NAMES:
        yield from _comparisons(piece, key, sign, value)
    elif sign == ":" and key in FIELD_NAMES:
        yield from _words(_needed(piece, value), FIELD_NAMES[key])
    elif sign == ":" and key in KINDS:
        yield from _words(f"{key}:{_needed(piece, value)}", Field.TAG)
    else:
        raise _unknown(piece, key, sign)


def _words(text: str, field: Field | None) -> Iterator[Words]:
    words = words_of(text)
    if words:
        yield Words(words, field, quoted='"' in text)


def _needed(piece: str, value: str) -> str:
    """Return the words after a colon.

    Raises
    ------
    InvalidQueryError
        If there are none.
    """
    if not words_of(value):
        raise InvalidQueryError(piece, f"Write what to look for right after {piece}")
    return value


def _comparisons(piece: str, key: str, sign: str, value: str) -> Iterator[Comparison]:
    """Yield what a term says of a number.

    Raises
    ------
    InvalidQueryError
        If it compares with no number.
    """
    number = NUMBER_NAMES[key]
    if sign in {"<", "<=", ">", ">="}:
        yield Comparison(number, sign, _value(piece, number, value))
        return
    low, dots, high = value.partition("..")
    if not dots or not (low or high):
        span, least = (f"{key}{example}" for example in reversed(_EXAMPLES[number]))
        raise InvalidQueryError(piece, f"{piece} is not a range; write {span} or {least}.")
    if low:
        yield Comparison(number, ">=", _value(piece, number, low))
    if high:
        yield Comparison(number, "<=", _value(piece, number, high))


def _value(piece: str, number: Number, text: str) -> float:
    """Return a number in its unit; a length is in minutes unless it says otherwise.

    Raises
    ------
    InvalidQueryError
        If it is none.
    """
    if number is Number.LENGTH:
        if clock := _CLOCK.fullmatch(text):
            return 3600.0 * int(clock[1] or 0) + 60.0 * int(clock[2]) + int(clock[3])
        if span := _SPAN.fullmatch(text):
            return float(span[1]) * _IN_S[span[2]]
    elif _PLAIN.fullmatch(text):
        return float(text)
    key = piece.removeprefix("-")
    name = next(name for name in NUMBER_NAMES if key.casefold().startswith(name))
    said = f"{text!r} in {piece} is not a number" if text else f"{piece} has no number"
    example = f"{name}{_EXAMPLES[number][0]}"
    raise InvalidQueryError(piece, f"{said}; write it as in {example}.")


_EXAMPLES = {
    Number.ENERGY: ("<0.4", ":0.1..0.4"),
    Number.TEMPO: ("<70", ":60..80"),
    Number.LENGTH: (">5m", ":4:30..8m"),
    Number.LOUDNESS: (">-20", ":-23..-16"),
    Number.RANGE: ("<8", ":2..8"),
    Number.RISE: ("<6", ":2..6"),
    Number.BRIGHTNESS: ("<1500", ":400..1500"),
    Number.PERCUSSIVENESS: ("<0.3", ":0..0.3"),
}
"""How each is compared and how a range of it is written, for the sentences."""


def _unknown(piece: str, key: str, sign: str) -> InvalidQueryError:
    """Return the refusal of a key that is none, with the one that was likely meant."""
    names = [*NUMBER_NAMES] if sign != ":" else [*NUMBER_NAMES, *FIELD_NAMES, *KINDS]
    near = get_close_matches(key, names, n=1)
    if sign == ":":
        right = f"did you mean {near[0]}:?" if near else f'or write it as "{piece}".'
        return InvalidQueryError(
            piece, f"Nothing called {key} can be searched; {right}".replace("?.", "?")
        )
    known = ", ".join(dict.fromkeys(NUMBER_NAMES))
    right = f"did you mean {near[0]}?" if near else f"there are {known}."
    return InvalidQueryError(piece, f"There is no number called {key}; {right}")
