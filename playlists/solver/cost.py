"""How far a sequence is from its arc, term by term, in seconds of full error.

Every term is a share of error, 0-1, times the seconds it lasts; the sum over the session divided
by its length is the cost. Energy weighs 1, so that a cost of 0.05 is as bad as being 0.05 off
the target energy throughout. All other terms only add, which keeps a bound on some of them a
bound on the whole.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from playlists.solver.constraints import music_length_s
from playlists.solver.curve import bin_middles_s, bin_weights, heard_bins
from playlists.solver.join import CONFIDENT, entry_of, exit_of, join_s
from playlists.solver.layout import Placed, Slot
from soundscape.session.phases import PhasePlan

TEMPO_WEIGHT = 0.10
"""Below the 0.15 that the design allows tempo, for which there is hardly any evidence."""

BRIGHTNESS_WEIGHT = 0.04
DISLIKE_WEIGHT = 0.02
KNOWN_WEIGHT = 0.03
"""What it costs to play a patient what they heard in an earlier session."""

CUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Taste:
    """What is liked of a track beyond the arc.

    Attributes
    ----------
    liked : frozenset[str]
        Tags that are liked, in lower case.
    known : frozenset[str]
        Content hashes of what this patient has heard before.
    """

    liked: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


def targets_at(slot: Slot, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the target energy (0-1) at times from the session's start; level beyond the phase.

    Both are of shape (times,); the times are in seconds.
    """
    knots = np.array(slot.phase.energy)
    knots_s = slot.start_s + knots[:, 0] * slot.length_s
    return np.asarray(np.interp(times_s, knots_s, knots[:, 1]))


def energy_errors_s(slot: Slot, placed: Placed) -> NDArray[np.float64]:
    """Return |energy - target| of each 10 s of a cue, times the seconds it is heard.

    The target is taken at the middle of each 10 s.

    Returns
    -------
    NDArray[np.float64], shape (bins,)
        In seconds of full error.
    """
    bins = heard_bins(placed.track)
    middles_s = bin_middles_s(placed.start_s, bins.size)
    weights_s = bin_weights(placed.end_s - placed.start_s, bins.size)
    return np.asarray(np.abs(np.subtract(bins, targets_at(slot, middles_s))) * weights_s)


def energy_error_s(slot: Slot, placed: Placed) -> float:
    """Return how far a cue's energy is from its phase's line, in seconds of full error."""
    return float(energy_errors_s(slot, placed).sum())


def mean_energy_error(slots: Sequence[Slot], placed: Sequence[Placed]) -> float | None:
    """Return the mean over the session of |energy - target|, 0-1; None if nothing is placed."""
    if not placed:
        return None
    errors_s = sum(energy_error_s(slots[cue.slot], cue) for cue in placed)
    return errors_s / (slots[-1].end_s - slots[0].start_s)


def target_at(slot: Slot, time_s: float) -> float:
    """Return the target energy (0-1) at a time from the session's start."""
    return float(targets_at(slot, np.array([time_s]))[0])


def tempo_miss(track: Track, phase: PhasePlan) -> float:
    """Return how far a track's tempo is from what a phase likes, 0-1, full at an octave.

    A tempo nobody can be sure of never counts, nor does one that fits when taken twice as fast
    or slow, which listeners also disagree on.
    """
    tempo_bpm = track.analysis.tempo_bpm
    if phase.tempo_bpm is None or tempo_bpm is None:
        return 0.0
    if tempo_bpm <= 0.0 or track.analysis.tempo_confidence < CONFIDENT:
        return 0.0
    return min(
        _octaves_outside(heard_bpm, phase.tempo_bpm)
        for heard_bpm in (tempo_bpm / 2.0, tempo_bpm, tempo_bpm * 2.0)
    )


def brightness_miss(track: Track, slot: Slot) -> float:
    """Return how far a track's brightness is from what a phase likes, 0-1, full at an octave."""
    if slot.brightness_hz is None:
        return 0.0
    return _octaves_outside(max(track.analysis.brightness_hz, 1.0), slot.brightness_hz)


def _octaves_outside(heard: float, liked: tuple[float, float]) -> float:
    low, high = liked
    return min(1.0, max(0.0, math.log2(low / heard), math.log2(heard / high)))


def is_disliked(track: Track, liked: frozenset[str]) -> bool:
    """Return whether a preset likes certain tags and the track has none of them."""
    return bool(liked) and liked.isdisjoint(tag.casefold() for tag in track.rating.tags)


def rate(track: Track, slot: Slot, taste: Taste) -> float:
    """Return what each second of a track costs beside its energy, 0-1."""
    return (
        TEMPO_WEIGHT * tempo_miss(track, slot.phase)
        + BRIGHTNESS_WEIGHT * brightness_miss(track, slot)
        + DISLIKE_WEIGHT * is_disliked(track, taste.liked)
        + KNOWN_WEIGHT * (track.content_hash in taste.known)
    )


def cut_s(heard_s: NDArray[np.float64], music_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cost of leaving tracks before their end: more, the less was heard.

    Both are numbers or arrays of shape (n,), in seconds.
    """
    return np.asarray(CUT_S * np.maximum(0.0, 1.0 - heard_s / music_s))


def cue_cost_s(slot: Slot, placed: Placed, taste: Taste) -> float:
    """Return what one cue costs, its join to the one before left out."""
    heard_s = placed.end_s - placed.start_s
    return (
        energy_error_s(slot, placed)
        + rate(placed.track, slot, taste) * heard_s
        + float(cut_s(np.float64(heard_s), np.float64(music_length_s(placed.track))))  # type: ignore[arg-type]
    )


def join_cost_s(before: Placed, after: Placed) -> float:
    """Return what a join between two cues costs."""
    leaving = exit_of(before.track, before.end_s - before.start_s)
    return float(join_s(leaving, entry_of(after.track)))


def total_cost_s(slots: Sequence[Slot], placed: Sequence[Placed], taste: Taste) -> float:
    """Return what a whole sequence costs, joins included."""
    cues_s = sum(cue_cost_s(slots[cue.slot], cue, taste) for cue in placed)
    return cues_s + joins_cost_s(placed)


def joins_cost_s(placed: Iterable[Placed]) -> float:
    """Return what all joins of a sequence cost."""
    return sum(join_cost_s(before, after) for before, after in pairwise(placed))
