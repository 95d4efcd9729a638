"""What must hold of a track before it may sound in a session: the gates."""

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
_HOUSE_ARTISTS = frozenset({"", "soundscape"})
"""Nobody's name, and the built-in sounds: hearing these again soon is no fault."""


class Gate(StrEnum):
    """Why a track is kept out, in the order they are looked at."""

    ABSENT = "absent"
    AVOIDED = "avoided"
    VOICE = "voice"
    UNCHECKED = "unchecked"
    SHORT = "short"
    STARTLE = "startle"
    RANGE = "range"


def music_length_s(track: Track) -> Seconds:
    """Return how long a track's music lasts, silence at its ends left out."""
    measured = track.analysis
    return Seconds(measured.duration_s - measured.lead_silence_s - measured.tail_silence_s)


def first_gate(track: Track, avoid: frozenset[str]) -> Gate | None:
    """Return the first gate that keeps a track out of every phase; None if none does.

    Parameters
    ----------
    track : Track
        Any track of the library.
    avoid : frozenset[str]
        Tags that keep a track out, in lower case.
    """
    measured = track.analysis
    tags = {tag.casefold() for tag in track.rating.tags}
    kept_out = {
        Gate.ABSENT: not track.present,
        Gate.AVOIDED: track.rating.avoid or not avoid.isdisjoint(tags),
        Gate.VOICE: track.voice is Voice.VOICE,
        Gate.UNCHECKED: track.voice is Voice.CHECK_BY_EAR,
        Gate.SHORT: music_length_s(track) < SHORTEST_S,
        Gate.STARTLE: not measured.max_rise_lu_2s <= STEEPEST_RISE_LU,
        Gate.RANGE: not measured.loudness_range_lu <= WIDEST_RANGE_LU,
    }
    return next((gate for gate, shut in kept_out.items() if shut), None)


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
