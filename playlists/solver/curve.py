"""A track's energy as it is heard: for each 10 s of its music, the mean of the minute around.

An arc's line is drawn in minutes: a breath between two notes is no departure from it, and single
windows of calm music scatter by as much as a whole plan may be off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from playlists.models import Track
from soundscape.units import Seconds

BIN_S = 10.0
_AROUND = 3
"""Bins before and after one that are heard with it."""


@dataclass(frozen=True, slots=True)
class Curves:
    """The energies of many tracks, one after the other.

    Attributes
    ----------
    energies : NDArray[np.float64], shape (all bins,)
        0-1, one for each 10 s of each track's music.
    firsts, counts : NDArray[np.int64], shape (tracks,)
        Where a track's bins begin, and how many they are; at least one.
    """

    energies: NDArray[np.float64]
    firsts: NDArray[np.int64]
    counts: NDArray[np.int64]

    def of(self, index: int) -> NDArray[np.float64]:
        """Return one track's bins."""
        first = self.firsts[index]
        return self.energies[first : first + self.counts[index]]


def curves_of(tracks: Sequence[Track]) -> Curves:
    """Return what is heard of tracks, at least one; where nothing is measured, their one number.

    What the therapist says of a track's energy moves its whole curve, so that its shape stays.
    """
    measured = [track.analysis for track in tracks]
    curves = [one.energy_curve or ((0.0, one.energy),) for one in measured]
    sizes = np.fromiter(map(len, curves), np.int64, len(curves))
    flat = chain.from_iterable(chain.from_iterable(curves))
    points = np.fromiter(flat, np.float64, 2 * int(sizes.sum()))
    shifts = np.array([track.energy - track.analysis.energy for track in tracks])
    leads_s, ends_s = np.array([one.body_s for one in measured]).T
    counts = bin_counts(ends_s - leads_s)
    firsts = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(tracks)), counts)
    places = np.arange(owners.size) - firsts[owners]
    # A window belongs to the music if the music fills more than half of it.
    places += ((leads_s + BIN_S / 2.0) // BIN_S).astype(np.int64)[owners]
    sources = (np.cumsum(sizes) - sizes)[owners] + np.minimum(places, (sizes - 1)[owners])
    energies = np.clip(points[1::2][sources] + shifts[owners], 0.0, 1.0)
    return Curves(_smoothed(energies, firsts[owners], counts[owners]), firsts, counts)


def _smoothed(
    energies: NDArray[np.float64], firsts: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the mean around each bin, within its own track; arrays of shape (all bins,)."""
    sums = np.concatenate([[0.0], np.cumsum(energies)])
    places = np.arange(energies.size)
    low = np.maximum(places - _AROUND, firsts)
    high = np.minimum(places + _AROUND + 1, firsts + counts)
    return np.asarray((sums[high] - sums[low]) / (high - low))


def bin_counts(lengths_s: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return how many bins music of some lengths takes; both of shape (tracks,), lengths in s."""
    return np.maximum(np.ceil(lengths_s / BIN_S), 1.0).astype(np.int64)


def heard_bins(track: Track) -> NDArray[np.float64]:
    """Return one track's energies, 0-1, shape (bins,)."""
    return curves_of([track]).energies


def mean_energy(track: Track, heard_s: Seconds) -> float:
    """Return the mean energy of as much of a track as is heard, 0-1."""
    bins = heard_bins(track)
    weights = bin_weights(heard_s, bins.size)
    return float(bins @ weights / max(weights.sum(), 1e-9))


def bin_middles_s(start_s: float, count: int) -> NDArray[np.float64]:
    """Return the middles of some bins of music that begins at a moment, in seconds."""
    return np.asarray(start_s + BIN_S * (np.arange(count) + 0.5), np.float64)


def bin_weights(heard_s: float, count: int) -> NDArray[np.float64]:
    """Return how many seconds of each of some bins are heard; the last bin goes on."""
    weights_s = np.clip(heard_s - BIN_S * np.arange(count), 0.0, BIN_S)
    weights_s[-1] += max(0.0, heard_s - BIN_S * count)
    return np.asarray(weights_s)
