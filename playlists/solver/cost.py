"""How far a sequence is from its arc, term by term, in seconds of full error.

Every term is a share of error, 0-1, times the seconds it lasts; the sum over the session divided
by its length is the cost. Energy weighs 1, so that a cost of 0.05 is as bad as being 0.05 off
the target energy throughout. All other terms only add, which keeps ``least_energy_error`` a
valid lower bound.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from playlists.solver.constraints import may_sound_in, music_length_s
from playlists.solver.layout import Placed, Slot
from soundscape.session.phases import PhasePlan, energy_at

Numbers = float | np.float64 | NDArray[np.float64]

TEMPO_WEIGHT = 0.10
"""Below the 0.15 that the design allows tempo, for which there is hardly any evidence."""

DISLIKE_WEIGHT = 0.02
JUMP_S = 4.0
CUT_S = 15.0
_CONFIDENT = 0.5
_NEAR_OCTAVES = 1.0
"""Two tracks whose brightness differs by less than this join without a jump."""


def energy_error_s(slot: Slot, energy: float, start_s: float, end_s: float) -> float:
    """Return the integral of |energy - target| over a stretch of a phase, exactly.

    Parameters
    ----------
    slot : Slot
        The phase.
    energy : float
        Of the track that sounds, 0-1.
    start_s, end_s : float
        From the session's start, within the phase.
    """
    fractions = [point[0] for point in slot.phase.energy]
    knots_s = [slot.start_s + fraction * slot.length_s for fraction in fractions]
    cuts_s = [start_s, *(knot_s for knot_s in knots_s if start_s < knot_s < end_s), end_s]
    total_s = 0.0
    for left_s, right_s in pairwise(cuts_s):
        miss_left = energy - target_at(slot, left_s)
        miss_right = energy - target_at(slot, right_s)
        total_s += _area(miss_left, miss_right) * (right_s - left_s)
    return total_s


def _area(left: float, right: float) -> float:
    """Return the mean of |x| while x goes straight from one value to another."""
    if left * right >= 0.0:
        return abs(left + right) / 2.0
    return (left * left + right * right) / (2.0 * (abs(left) + abs(right)))


def target_at(slot: Slot, time_s: float) -> float:
    """Return the target energy (0-1) at a time from the session's start."""
    return energy_at(slot.phase, (time_s - slot.start_s) / slot.length_s)


def tempo_miss(track: Track, phase: PhasePlan) -> float:
    """Return how far a track's tempo is from what a phase likes, 0-1, full at an octave.

    A tempo nobody can be sure of never counts, nor does one that fits when taken twice as fast
    or slow, which listeners also disagree on.
    """
    tempo_bpm = track.analysis.tempo_bpm
    if phase.tempo_bpm is None or tempo_bpm is None:
        return 0.0
    if tempo_bpm <= 0.0 or track.analysis.tempo_confidence < _CONFIDENT:
        return 0.0
    low_bpm, high_bpm = phase.tempo_bpm
    return min(
        1.0,
        *(
            max(0.0, math.log2(low_bpm / heard_bpm), math.log2(heard_bpm / high_bpm))
            for heard_bpm in (tempo_bpm / 2.0, tempo_bpm, tempo_bpm * 2.0)
        ),
    )


def is_disliked(track: Track, liked: frozenset[str]) -> bool:
    """Return whether a preset likes certain tags and the track has none of them."""
    return bool(liked) and liked.isdisjoint(tag.casefold() for tag in track.rating.tags)


def brightness_octaves(track: Track) -> float:
    """Return a track's brightness on a scale of octaves, for differences."""
    return math.log2(max(track.analysis.brightness_hz, 1.0))


def jump_s(before_octaves: Numbers, after_octaves: Numbers) -> NDArray[np.float64]:
    """Return the cost of the change of brightness at joins; numbers or arrays of shape (n,)."""
    octaves = np.abs(np.subtract(after_octaves, before_octaves))
    return np.asarray(JUMP_S * np.clip(octaves - _NEAR_OCTAVES, 0.0, 1.0))


def cut_s(heard_s: Numbers, music_s: Numbers) -> NDArray[np.float64]:
    """Return the cost of leaving tracks before their end: more, the less was heard.

    Both are numbers or arrays of shape (n,), in seconds.
    """
    return np.asarray(CUT_S * np.maximum(0.0, 1.0 - np.divide(heard_s, music_s)))


def cue_cost_s(slot: Slot, placed: Placed, liked: frozenset[str]) -> float:
    """Return what one cue costs, its join to the one before left out."""
    heard_s = placed.end_s - placed.start_s
    share = TEMPO_WEIGHT * tempo_miss(placed.track, slot.phase)
    share += DISLIKE_WEIGHT * is_disliked(placed.track, liked)
    return (
        energy_error_s(slot, placed.track.energy, placed.start_s, placed.end_s)
        + share * heard_s
        + float(cut_s(heard_s, music_length_s(placed.track)))
    )


def total_cost_s(slots: Sequence[Slot], placed: Sequence[Placed], liked: frozenset[str]) -> float:
    """Return what a whole sequence costs, joins included."""
    cues_s = sum(cue_cost_s(slots[cue.slot], cue, liked) for cue in placed)
    octaves = [brightness_octaves(cue.track) for cue in placed]
    return cues_s + sum(float(jump_s(before, after)) for before, after in pairwise(octaves))


def least_energy_error(slot: Slot, tracks: Iterable[Track]) -> NDArray[np.float64]:
    """Return for each whole second of a phase the least energy error any track could have there.

    What is left of a phase costs at least the sum: a second's mean error is at least the error
    at its middle, since |x| is convex, and some one track has to answer for it.

    Parameters
    ----------
    slot : Slot
        The phase.
    tracks : Iterable[Track]
        The tracks to choose from.

    Returns
    -------
    NDArray[np.float64], shape (whole seconds,)
        Errors 0-1; 1.0 throughout if no track may sound there.
    """
    middles_s = slot.start_s + 0.5 + np.arange(int(slot.length_s))
    energies = np.unique([t.energy for t in tracks if may_sound_in(t, slot.phase.name)])
    if energies.size == 0:
        return np.ones(middles_s.size)
    targets = np.array([target_at(slot, middle_s) for middle_s in middles_s])
    after = np.clip(np.searchsorted(energies, targets), 0, energies.size - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.minimum(np.abs(energies[after] - targets), np.abs(energies[before] - targets))
    return np.asarray(nearest, np.float64)
