"""Tracks of a library that nobody has, and what somebody types to find some of them."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from playlists.models import Analysis, Track
from soundscape.units import Lufs, Seconds

_SYLLABLES = (
    *("ba", "ke", "lo", "mi", "tu", "sha", "ren", "dor", "vel", "an", "os", "ir"),
    *("em", "cal", "fin", "gre", "ho", "jun", "wa", "pe", "qui", "zo", "thi"),
)
_WORDS = 30_000
_MOST_LETTERS = 6
_BPM = (60, 80)


@dataclass(frozen=True, slots=True)
class Keystroke:
    """What stands in the search after a key was pressed.

    Attributes
    ----------
    word : str
        The beginning of a word.
    bpm : tuple[int, int] | None
        A range of tempo after it.
    """

    word: str
    bpm: tuple[int, int] | None

    @property
    def query(self) -> str:
        """In our language."""
        return self.word if self.bpm is None else f"{self.word} bpm:{self.bpm[0]}..{self.bpm[1]}"


def tracks(count: int, typical: Analysis, *, seed: int = 1) -> Iterator[Track]:
    """Yield tracks whose words are as unevenly frequent as those of a language."""
    chance = random.Random(seed)  # noqa: S311 - made-up music
    words = [_word(chance) for _ in range(_WORDS)]
    weights = list(accumulate(1.0 / (rank + 5) for rank in range(_WORDS)))
    for number in range(count):
        artist = f"{words[number // 20 % _WORDS]} {words[number // 40 % 3000]}".title()
        album = words[number // 10 % _WORDS].title()
        yield Track(
            content_hash=hashlib.sha256(content(number, seed)).hexdigest(),
            path=Path(f"/music/{artist}/{album} {number // 10}/{number}.flac"),
            title=" ".join(
                chance.choices(words, cum_weights=weights, k=chance.randint(1, 4))
            ).title(),
            artist=artist,
            album=album,
            analysis=replace(
                typical,
                duration_s=Seconds(round(chance.uniform(60.0, 600.0), 2)),
                energy=round(chance.random(), 4),
                tempo_bpm=round(chance.uniform(40.0, 160.0), 1) if number % 3 else None,
                integrated_lufs=Lufs(round(chance.uniform(-40.0, -8.0), 2)),
                brightness_hz=round(chance.uniform(100.0, 4000.0), 1),
            ),
        )


def content(number: int, seed: int = 1) -> bytes:
    """Return what the file of one of the tracks holds, if there is to be one."""
    return f"{seed} {number}".encode()


def typed(some: list[Track], count: int, *, seed: int = 2) -> list[Keystroke]:
    """Return so many keystrokes: words of titles letter by letter, every other with a range."""
    chance = random.Random(seed)  # noqa: S311 - made-up typing
    found: list[Keystroke] = []
    while len(found) < count:
        word = chance.choice(chance.choice(some).title.split()).casefold()
        bpm = _BPM if chance.random() < 1 / 2 else None
        letters = range(1, min(len(word), _MOST_LETTERS) + 1)
        found += [Keystroke(word[:end], bpm) for end in letters]
    return found[:count]


def _word(chance: random.Random) -> str:
    syllables = chance.choices(_SYLLABLES, k=chance.randint(1, 3))
    return "".join(syllables) + chance.choice(["", "n", "s", "r"])
