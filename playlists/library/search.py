"""A therapist's search: words, tags and numbers that must all hold.

``energy<0.4 tempo:60..80 instrumental approved tag:harp beatless -rain`` finds approved calm
pieces without voice, tagged harp, and so on. A plain word must stand in title, artist, album or
path; a minus before any term turns it around.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playlists.models import Track, Voice
from soundscape.errors import LibraryError

_NUMBER = r"\d+(?:\.\d+)?"
_COMPARISON = re.compile(rf"([a-z]+)(<=|>=|<|>)({_NUMBER})", re.ASCII)
_RANGE = re.compile(rf"([a-z]+):({_NUMBER})\.\.({_NUMBER})", re.ASCII)

_NUMBERS: dict[str, Callable[[Track], float | None]] = {
    "energy": lambda track: track.energy,
    "tempo": lambda track: track.analysis.tempo_bpm,
    "minutes": lambda track: track.analysis.duration_s / 60.0,
    "range": lambda track: track.analysis.loudness_range_lu,
    "rise": lambda track: track.analysis.max_rise_lu_2s,
    "brightness": lambda track: track.analysis.brightness_hz,
}
_STATES: dict[str, Callable[[Track], bool]] = {
    "instrumental": lambda track: track.voice is Voice.INSTRUMENTAL,
    "voice": lambda track: track.voice is Voice.VOICE,
    "check": lambda track: track.voice is Voice.CHECK_BY_EAR,
    "approved": lambda track: track.rating.instrumental is True,
    "beatless": lambda track: track.analysis.beatless,
    "avoid": lambda track: track.rating.avoid,
    "present": lambda track: track.present,
}
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
}

Condition = Callable[[Track], bool]


def matching(tracks: Iterable[Track], where: str) -> list[Track]:
    """Return the tracks for which every term of a search holds; all of them for an empty one."""
    conditions = [_condition(term) for term in where.split()]
    return [track for track in tracks if all(holds(track) for holds in conditions)]


def _condition(term: str) -> Condition:
    """Return what one term asks for."""
    if term.startswith("-") and len(term) > 1:
        asked = _condition(term[1:])
        return lambda track: not asked(track)
    word = term.casefold()
    if found := _COMPARISON.fullmatch(word):
        name, sign, limit = found.groups()
        return _Number(name, _COMPARED[sign], float(limit))
    if found := _RANGE.fullmatch(word):
        name, lowest, highest = found.groups()
        low, high = _Number(name, _COMPARED[">="], float(lowest)), float(highest)
        return lambda track: low(track) and _Number(name, _COMPARED["<="], high)(track)
    if word in _STATES:
        return _STATES[word]
    if word.startswith("tag:"):
        return lambda track: word[4:] in {tag.casefold() for tag in track.rating.tags}
    return lambda track: any(word in text.casefold() for text in _texts(track))


@dataclass(frozen=True, slots=True)
class _Number:
    """A comparison of a track's number; a number that does not exist fulfils none."""

    name: str
    compared: Callable[[float, float], bool]
    limit: float

    def __call__(self, track: Track) -> bool:
        value = _NUMBERS[self.name](track)
        return value is not None and self.compared(value, self.limit)

    def __post_init__(self) -> None:
        if self.name not in _NUMBERS:
            names = ", ".join(_NUMBERS)
            raise LibraryError(f"There is no number called {self.name}; there are {names}.")


def _texts(track: Track) -> tuple[str, ...]:
    """Return where a word is sought."""
    return track.title, track.artist, track.album, str(track.path)
