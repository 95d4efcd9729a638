"""Notes and swells in seconds, what instruments are told."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np

from benchmarks.tempo.score import Score

DRUM_CHANNEL = 9
MELODIC = [channel for channel in range(16) if channel != DRUM_CHANNEL]
_LONGEST_QUARTERS = 16.0


@dataclass(frozen=True, slots=True)
class Note:
    """One note, in seconds from the beginning."""

    start_s: float
    length_s: float
    pitch: int
    velocity: int
    channel: int


@dataclass(frozen=True, slots=True)
class Swell:
    """A channel's expression, 0-1, from a moment on."""

    at_s: float
    channel: int
    expression: float


def sounding(score: Score, at_quarters: float) -> list[int]:
    """Return the pitches that sound at a place in a piece."""
    first = max(0, bisect_left(score.notes, (at_quarters - _LONGEST_QUARTERS,)))
    last = bisect_right(score.notes, (at_quarters, np.inf))
    near = score.notes[first:last]
    return [pitch for start, length, pitch, _ in near if at_quarters < start + length]
