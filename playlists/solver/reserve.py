"""Spare music that a plan carries, for when a phase lasts longer than planned."""

from collections.abc import Iterable, Sequence

from playlists.models import Track
from playlists.solver.constraints import is_calm, music_length_s
from playlists.solver.layout import Slot
from soundscape.units import Seconds

RESERVE_AT_LEAST_S = Seconds(1800.0)
RESERVE_TRACKS = 12
NEAR_ENERGY = 0.1
"""Music this near to the arc's range of energy counts as fitting."""


def spare_tracks(
    slots: Sequence[Slot], tracks: Iterable[Track], used: frozenset[str]
) -> tuple[Track, ...]:
    """Return unused tracks that may sound in any phase and fit the arc, the calmest first.

    Parameters
    ----------
    slots : Sequence[Slot]
        The phases.
    tracks : Iterable[Track]
        All that passed the gates.
    used : frozenset[str]
        Content hashes of those that are planned.
    """
    low, high = energy_range(slots)
    fitting = [
        track
        for track in tracks
        if low - NEAR_ENERGY <= track.energy <= high + NEAR_ENERGY
        and is_calm(track)
        and track.content_hash not in used
    ]
    return tuple(sorted(fitting, key=lambda track: (track.energy, track.content_hash)))


def energy_range(slots: Sequence[Slot]) -> tuple[float, float]:
    """Return the lowest and highest target energy, 0-1."""
    targets = [energy for slot in slots for _, energy in slot.phase.energy]
    return min(targets), max(targets)


def chosen_reserve(spare: Sequence[Track]) -> tuple[Track, ...]:
    """Return a few of the spare tracks, spread over their energies, that last long enough.

    More than a dozen are taken only where fewer do not reach half an hour.
    """
    for count in range(min(RESERVE_TRACKS, len(spare)), len(spare)):
        chosen = [spare[place * len(spare) // count] for place in range(count)]
        if total_length_s(chosen) >= RESERVE_AT_LEAST_S:
            return tuple(chosen)
    return tuple(spare)


def total_length_s(tracks: Iterable[Track]) -> Seconds:
    """Return how long the music of tracks lasts in all."""
    return Seconds(sum(map(music_length_s, tracks)))
