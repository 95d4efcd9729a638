"""What must hold of a track before it may sound in a session: the gates, and what keeps apart."""

from dataclasses import dataclass
from enum import StrEnum

from playlists.models import Track, Voice
from soundscape.session.phases import Phase
from soundscape.units import Seconds

SHORTEST_S = Seconds(120.0)
STEEPEST_RISE_LU = 8.0
WIDEST_RANGE_LU = 12.0
WIDEST_CALM_RANGE_LU = 8.0
CALM_PHASES = frozenset({Phase.RETURN, Phase.GROUND})
"""Phases in which the patient comes back, when loud after quiet troubles most."""

ARTIST_APART_S = Seconds(1200.0)
ALBUM_APART_S = Seconds(30.0)
"""Less than any track is heard for: only the very next one has to be from elsewhere.

Longer would shut out small libraries, whose albums are often collections by many artists."""

_HOUSE_ARTISTS = frozenset({"", "soundscape"})
"""Nobody's name, and the built-in sounds: hearing these again soon is no fault."""


class Gate(StrEnum):
    """Why a track is kept out, in the order they are looked at."""

    ABSENT = "absent"
    AVOIDED = "avoided"
    LICENCE = "licence"
    VOICE = "voice"
    UNCHECKED = "unchecked"
    SHORT = "short"
    STARTLE = "startle"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a clinic or a preset keeps out beyond what is kept out always.

    Attributes
    ----------
    avoid : frozenset[str]
        Tags that keep a track out, in lower case.
    licensed_only : bool
        A track whose licence nobody has noted is kept out.
    """

    avoid: frozenset[str] = frozenset()
    licensed_only: bool = False


def music_length_s(track: Track) -> Seconds:
    """Return how long a track's music lasts, silence and its own fades at its ends left out."""
    start_s, end_s = track.analysis.body_s
    return Seconds(end_s - start_s)


def first_gate(track: Track, rules: Rules) -> Gate | None:
    """Return the first gate that keeps a track out of every phase; None if none does.

    Parameters
    ----------
    track : Track
        Any track of the library.
    rules : Rules
        What is kept out beside.
    """
    said = track.rating
    if not track.present:
        return Gate.ABSENT
    if said.avoid or (said.tags and not rules.avoid.isdisjoint(map(str.casefold, said.tags))):
        return Gate.AVOIDED
    if rules.licensed_only and not said.licence.strip():
        return Gate.LICENCE
    voice = track.voice
    if voice is not Voice.INSTRUMENTAL:
        return Gate.VOICE if voice is Voice.VOICE else Gate.UNCHECKED
    return _unfit(track)


def _unfit(track: Track) -> Gate | None:
    """Return the gate of a measure; one that is no number shuts, too."""
    measured = track.analysis
    if not music_length_s(track) >= SHORTEST_S:
        return Gate.SHORT
    if not measured.max_rise_lu_2s <= STEEPEST_RISE_LU:
        return Gate.STARTLE
    return None if measured.loudness_range_lu <= WIDEST_RANGE_LU else Gate.RANGE


def is_calm(track: Track) -> bool:
    """Return whether a track may sound in any phase, ``return`` and ``ground`` included."""
    return track.analysis.loudness_range_lu <= WIDEST_CALM_RANGE_LU


def may_sound_in(track: Track, phase: Phase) -> bool:
    """Return whether a track that passed the gates may sound in a phase."""
    return phase not in CALM_PHASES or is_calm(track)


def artist_of(track: Track) -> str:
    """Return the artist who is not to be heard again soon; empty where that does not apply."""
    name = " ".join(track.artist.casefold().split())
    return "" if name in _HOUSE_ARTISTS else name


def album_of(track: Track) -> str:
    """Return the album that is not to be heard twice running; empty where there is none.

    An album of the built-in sounds is a mood, whose pieces are played by the same instruments.
    """
    return " ".join(track.album.casefold().split())
