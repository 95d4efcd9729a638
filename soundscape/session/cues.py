"""Cues: stretches of tracks as they sound, and the level that all of them share."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from soundscape.units import Decibels, Frames


class Shape(StrEnum):
    """The law of a fade."""

    EQUAL_POWER = "equal power"
    LINEAR = "linear"


@dataclass(frozen=True, slots=True)
class Cue:
    """One stretch of one track as it sounds.

    Attributes
    ----------
    track : str
        Content hash.
    phase : int
        Index of the phase it was begun in.
    start, end : Frames
        Its first frame and the first after it, on the session's clock.
    source_in : Frames
        Its first frame in the track, at the session's rate.
    fade_in, fade_out : Frames
        Lengths of its fades, which begin at ``start`` and end at ``end``.
    shape_in, shape_out : Shape
        Laws of its fades.
    gain_db : Decibels
        The track's trim.
    """

    track: str
    phase: int
    start: Frames
    end: Frames
    source_in: Frames
    fade_in: Frames
    fade_out: Frames
    shape_in: Shape
    shape_out: Shape
    gain_db: Decibels


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """A point of the session's level; straight in decibels between two.

    Attributes
    ----------
    frame : Frames
        Where.
    level_lu : float
        Against the nominal level.
    """

    frame: Frames
    level_lu: float


def level_on(levels: Sequence[LevelPoint], frame: Frames) -> float:
    """Return the level on a frame, in LU: straight between points, level beyond them."""
    before = levels[0]
    for point in levels:
        if point.frame > frame:
            share = (frame - before.frame) / (point.frame - before.frame)
            share = max(share, 0.0)
            return before.level_lu + (point.level_lu - before.level_lu) * share
        before = point
    return before.level_lu
