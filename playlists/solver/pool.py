"""What the search needs to know of every track in every phase, as arrays looked up by index."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from playlists.solver.constraints import (
    CALM_PHASES,
    artist_of,
    is_calm,
    may_sound_in,
    music_length_s,
)
from playlists.solver.cost import (
    DISLIKE_WEIGHT,
    TEMPO_WEIGHT,
    brightness_octaves,
    is_disliked,
    least_energy_error,
    target_at,
    tempo_miss,
)
from playlists.solver.layout import Slot

_LEVELS = 200
"""Energies are looked up in steps of 1/200: a fortieth of the error a plan may have."""

_TASTE = 0.004
"""How much error a seed's taste for one track or another may cost."""

_THRIFT = 0.05
"""What it costs to spend a track that calm phases need where any track would do."""

Picks = tuple[tuple[int, ...], ...]
"""For each phase, the indices of its tracks in order."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Tracks that passed the gates, seen from every phase.

    Attributes
    ----------
    slots : tuple[Slot, ...]
        The phases.
    tracks : tuple[Track, ...]
        In a fixed order; everything below is indexed by it.
    lengths_s, octaves : NDArray[np.float64], shape (tracks,)
        Music's length; brightness in octaves.
    artists : NDArray[np.int64], shape (tracks,)
        A number for each artist; -1 where hearing the same again soon is no fault.
    levels : NDArray[np.int64], shape (tracks,)
        Row of the track's energy in ``errors_s``.
    allowed : NDArray[np.bool_], shape (phases, tracks)
        Whether a track may sound in a phase.
    rates : NDArray[np.float64], shape (phases, tracks)
        Cost for each second other than energy's: tempo, tags, thrift and the seed's taste.
    errors_s : tuple[NDArray[np.float64], ...]
        For each phase, shape (energy levels, seconds + 1): the energy error up to a second.
    ahead_s : tuple[NDArray[np.float64], ...]
        For each phase, shape (seconds + 1,): the least error from a second to its end.
    """

    slots: tuple[Slot, ...]
    tracks: tuple[Track, ...]
    lengths_s: NDArray[np.float64]
    octaves: NDArray[np.float64]
    artists: NDArray[np.int64]
    levels: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    rates: NDArray[np.float64]
    errors_s: tuple[NDArray[np.float64], ...]
    ahead_s: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a search is asked for beyond the phases.

    Attributes
    ----------
    liked : frozenset[str]
        Tags that are liked, in lower case.
    seed : int
        Which of the good solutions to prefer.
    thrifty : bool
        Save tracks that calm phases need.
    artists_apart : bool
        No artist twice within 20 minutes.
    """

    liked: frozenset[str]
    seed: int
    thrifty: bool = False
    artists_apart: bool = True


def pool_of(slots: tuple[Slot, ...], tracks: Sequence[Track], wishes: Wishes) -> Pool:
    """Return the arrays for tracks that passed the gates.

    Parameters
    ----------
    slots : tuple[Slot, ...]
        The phases.
    tracks : Sequence[Track]
        The tracks; at least one.
    wishes : Wishes
        What is liked.
    """
    energies = np.array([track.energy for track in tracks])
    ahead_s = tuple(_tail_sums(least_energy_error(slot, tracks)) for slot in slots)
    return Pool(
        slots=slots,
        tracks=tuple(tracks),
        lengths_s=np.array([music_length_s(track) for track in tracks]),
        octaves=np.array([brightness_octaves(track) for track in tracks]),
        artists=_artist_numbers(tracks) if wishes.artists_apart else np.full(len(tracks), -1),
        levels=np.rint(np.clip(energies, 0.0, 1.0) * _LEVELS).astype(np.int64),
        allowed=np.array([[may_sound_in(t, slot.phase.name) for t in tracks] for slot in slots]),
        rates=_rates(slots, tracks, wishes),
        errors_s=tuple(_error_sums(slot) for slot in slots),
        ahead_s=ahead_s,
    )


def _artist_numbers(tracks: Sequence[Track]) -> NDArray[np.int64]:
    names = [artist_of(track) for track in tracks]
    numbers = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    return np.array([numbers.get(name, -1) for name in names], np.int64)


def _rates(
    slots: tuple[Slot, ...], tracks: Sequence[Track], wishes: Wishes
) -> NDArray[np.float64]:
    taste = _TASTE * np.array([_liking(track, wishes.seed) for track in tracks])
    disliked = np.array([is_disliked(track, wishes.liked) for track in tracks], np.float64)
    saved = np.array([wishes.thrifty and is_calm(track) for track in tracks], np.float64)
    return np.array(
        [
            taste
            + DISLIKE_WEIGHT * disliked
            + TEMPO_WEIGHT * np.array([tempo_miss(track, slot.phase) for track in tracks])
            + _THRIFT * saved * (slot.phase.name not in CALM_PHASES)
            for slot in slots
        ]
    )


def _liking(track: Track, seed: int) -> float:
    """Return a number 0-1 that hangs on seed and track alone, so that a library may grow."""
    digest = hashlib.sha256(f"{seed} {track.content_hash}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _error_sums(slot: Slot) -> NDArray[np.float64]:
    middles_s = slot.start_s + 0.5 + np.arange(int(slot.length_s) + 1)
    targets = np.array([target_at(slot, middle_s) for middle_s in middles_s])
    levels = np.arange(_LEVELS + 1)[:, np.newaxis] / _LEVELS
    sums_s = np.cumsum(np.abs(levels - targets), axis=1)
    return np.hstack([np.zeros((_LEVELS + 1, 1)), sums_s])


def _tail_sums(errors: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([np.cumsum(errors[::-1])[::-1], [0.0]])
