"""A lower bound on the cost of any plan: the best there could be if tracks might be repeated.

Each phase is solved on its own, from its end to its start, with every track to choose from at
each start. What a real plan must also keep (no repeat, artists apart, joins between tracks)
only adds to its cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from playlists.solver.constraints import may_sound_in, music_length_s
from playlists.solver.cost import (
    DISLIKE_WEIGHT,
    TEMPO_WEIGHT,
    cut_s,
    is_disliked,
    target_at,
    tempo_miss,
)
from playlists.solver.layout import CUE_FADE_S, Slot, latest_next_s

_LEVELS = 1000
_HALF_LEVEL = 0.5 / _LEVELS
_STEP_S = 2
"""Starts this near to each other are taken together, as cheap as the cheapest of them."""


def least_cost_s(slot: Slot, tracks: Sequence[Track], liked: frozenset[str]) -> float:
    """Return what filling a phase costs at least, in seconds of full error.

    Parameters
    ----------
    slot : Slot
        The phase.
    tracks : Sequence[Track]
        All that passed the gates; if none may sound in the phase, all of it is lost.
    liked : frozenset[str]
        Tags that are liked, in lower case.
    """
    usable = [track for track in tracks if may_sound_in(track, slot.phase.name)]
    if not usable:
        return float(int(slot.length_s))
    choice = _choice(slot, usable, liked)
    steps = int(slot.length_s) // _STEP_S
    ahead_s = np.zeros(steps + 2)
    for step in range(steps - 1, -1, -1):
        ahead_s[step] = _least_from(slot, choice, step * _STEP_S, ahead_s)
    return float(ahead_s[0])


@dataclass(frozen=True, slots=True)
class _Choice:
    """Tracks as arrays: music's length, row of ``errors_s``, other cost for each second."""

    lengths_s: NDArray[np.float64]
    levels: NDArray[np.int64]
    rates: NDArray[np.float64]
    errors_s: NDArray[np.float64]


def _choice(slot: Slot, tracks: Sequence[Track], liked: frozenset[str]) -> _Choice:
    energies = np.clip([track.energy for track in tracks], 0.0, 1.0)
    return _Choice(
        lengths_s=np.array([music_length_s(track) for track in tracks]),
        levels=np.rint(energies * _LEVELS).astype(np.int64),
        rates=np.array([_rate(track, slot, liked) for track in tracks]),
        errors_s=_error_sums(slot),
    )


def _least_from(slot: Slot, choice: _Choice, second: int, ahead_s: NDArray[np.float64]) -> float:
    """Return the least cost from a start within one step of a second to the phase's end.

    A cue that hands over is heard longest, and hands over first, if it starts first.
    """
    start_s = slot.start_s + second
    lengths_s = choice.lengths_s
    may_end = start_s + _STEP_S + lengths_s >= slot.sounds_until_s
    may_hand_over = start_s + lengths_s < slot.sounds_until_s
    left_s = slot.end_s - start_s
    last_s = _costs_s(choice, second, np.full_like(lengths_s, left_s))
    heard_s = np.minimum(lengths_s - CUE_FADE_S, latest_next_s(slot, start_s) - start_s)
    step = np.minimum((second + heard_s).astype(np.int64) // _STEP_S, ahead_s.size - 2)
    handed_s = _costs_s(choice, second, heard_s) + np.minimum(ahead_s[step], ahead_s[step + 1])
    return float(
        np.minimum(
            np.where(may_end, last_s, np.inf), np.where(may_hand_over, handed_s, np.inf)
        ).min()
    )


def _costs_s(choice: _Choice, second: int, heard_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each track costs at least, heard from within a step of a second.

    Only the time that it answers for wherever in the step it starts is counted.
    """
    limit = choice.errors_s.shape[1] - 1
    end = np.minimum((second + heard_s).astype(np.int64), limit)
    begin = np.minimum(second + _STEP_S, end)
    errors_s = choice.errors_s[choice.levels, end] - choice.errors_s[choice.levels, begin]
    errors_s = np.maximum(errors_s - _HALF_LEVEL * (end - begin), 0.0)
    return np.asarray(errors_s + choice.rates * (end - begin) + cut_s(heard_s, choice.lengths_s))


def _rate(track: Track, slot: Slot, liked: frozenset[str]) -> float:
    """Return what a second of a track costs beside its energy."""
    return TEMPO_WEIGHT * tempo_miss(track, slot.phase) + DISLIKE_WEIGHT * is_disliked(
        track, liked
    )


def _error_sums(slot: Slot) -> NDArray[np.float64]:
    """Return for each energy the error up to each second, taken at the seconds' middles.

    |x| is convex, so a second's error is never less than the error at its middle.
    """
    middles_s = slot.start_s + 0.5 + np.arange(int(slot.length_s))
    targets = np.array([target_at(slot, middle_s) for middle_s in middles_s])
    levels = np.arange(_LEVELS + 1)[:, np.newaxis] / _LEVELS
    sums_s = np.cumsum(np.abs(levels - targets), axis=1)
    return np.hstack([np.zeros((_LEVELS + 1, 1)), sums_s])
