"""The same music twice: files with the same content, and recordings that sound the same.

Recordings are compared by what was measured: equal length to 2 s, and loudness that rises and
falls alike, second by second, when laid over each other as well as up to 3 s of silence at an end
allows. Another encoding, gain or name is found so; another cut, mix or tempo is not. Music whose
loudness never moves cannot be told apart by it, and is not compared.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playlists.library.repository import Library
from playlists.models import Track

_LENGTH_S = 2.0
_LAG_S = 3
_APART_LU = 0.35
_MOVES_LU = 0.7
_BRIGHTNESS = 0.15
_LEAST_S = 20


def same_content(library: Library) -> list[list[Path]]:
    """Return the files of which each group has one content, each group in order."""
    groups: defaultdict[str, list[Path]] = defaultdict(list)
    for record in library.files().values():
        if record.content_hash is not None:
            groups[record.content_hash].append(record.path)
    return sorted(sorted(group, key=os.fspath) for group in groups.values() if len(group) > 1)


def same_sound(tracks: Sequence[Track]) -> list[tuple[Track, Track]]:
    """Return pairs of tracks that sound like one recording."""
    by_length = sorted(tracks, key=lambda track: track.analysis.duration_s)
    lengths = np.array([track.analysis.duration_s for track in by_length])
    bright = np.array([track.analysis.brightness_hz for track in by_length])
    curves = [np.array(track.analysis.loudness_curve, np.float64) for track in by_length]
    moves = np.array([len(c) >= _LEAST_S and float(np.std(c)) >= _MOVES_LU for c in curves])
    pairs = []
    for first, second in _near(lengths, bright, moves):
        if _apart_lu(curves[first], curves[second]) <= _APART_LU:
            pairs.append((by_length[first], by_length[second]))
    return pairs


def _near(
    lengths: NDArray[np.float64], bright: NDArray[np.float64], moves: NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are worth a closer look; lengths are in order."""
    ends = np.searchsorted(lengths, lengths + _LENGTH_S, side="right")
    for first in np.flatnonzero(moves).tolist():
        others = slice(first + 1, int(ends[first]))
        alike = np.abs(bright[others] - bright[first]) <= _BRIGHTNESS * bright[first]
        for step in np.flatnonzero(alike & moves[others]).tolist():
            yield first, first + 1 + step


def _apart_lu(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the mean distance of two curves, each without its mean, at the best lag."""
    found = np.inf
    for lag in range(-_LAG_S, _LAG_S + 1):
        first, second = one[max(lag, 0) :], other[max(-lag, 0) :]
        length = min(len(first), len(second))
        gap = first[:length] - second[:length]
        found = min(found, float(np.mean(np.abs(gap - np.median(gap)))))
    return found
