"""The master level over time: lanes of ramps, by absolute frame.

Used in the audio callback and by the renderer, elementwise, so that both compute the same
samples whatever their block sizes. No file, lock, log or queue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soundscape.dsp.fades import raised_cosine
from soundscape.units import Decibels, Frames, amplitude, frames_in

RETURN_RISES = (
    (frames_in(0.1), 2.0**-7),
    *((frames_in(0.5), 2.0 ** (part - 6)) for part in range(7)),
)
"""Length and target amplitude of each part of a return: as one rise from nothing it would start
too steeply for the ear. So it doubles each half second, and rises by less than 20 dB/s; what
cannot be heard of it yet, 42 dB down, is over at once: it would only lengthen the silence."""

DUCKED = amplitude(Decibels(-15.0))
"""How far the music goes down while staff speak."""

RETURN_LENGTH = Frames(sum(length for length, _ in RETURN_RISES))


class Lane(StrEnum):
    """A reason for which the level is changed; the lanes multiply."""

    VOLUME = "volume"
    SOFTEN = "soften"
    SILENCE = "silence"
    TALK = "talk"
    STOP = "stop"
    RETURN = "return"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Ramp:
    """A change of one lane's amplitude, along a raised cosine.

    Attributes
    ----------
    lane : Lane
        Which lane.
    start : Frames
        The frame on which it begins, from wherever the lane then is.
    length : Frames
        How long it takes; at least 1.
    target : float
        The amplitude it ends at, as a ratio.
    """

    lane: Lane
    start: Frames
    length: Frames
    target: float


def ramp_in(data: Mapping[str, Any]) -> Ramp:
    """Return the ramp that another process told, as ``dataclasses.asdict`` makes it."""
    length, target = Frames(int(data["length"])), float(data["target"])
    return Ramp(Lane(data["lane"]), Frames(int(data["start"])), length, target)


def with_ramp(ramps: tuple[Ramp, ...], ramp: Ramp) -> tuple[Ramp, ...]:
    """Return ramps in order of their starts, with one more; the same one is not added twice."""
    if ramp in ramps:
        return ramps
    return tuple(sorted((*ramps, ramp), key=lambda each: each.start))


def return_ramps(at: Frames, lane: Lane = Lane.RETURN) -> tuple[Ramp, ...]:
    """Return the ramps by which sound comes back after a break that nobody planned."""
    ramps = [Ramp(lane, Frames(at - 1), Frames(1), 0.0)]  # so that it is at nothing on `at`
    for length, target in RETURN_RISES:
        last = ramps[-1]
        ramps.append(Ramp(lane, Frames(last.start + last.length), length, target))
    return tuple(ramps)


def lane_amplitude(
    ramps: tuple[Ramp, ...], lane: Lane, frames: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return a lane's amplitude on some frames.

    Parameters
    ----------
    ramps : tuple[Ramp, ...]
        All ramps, in order of their starts; a later one of the lane takes over where it begins.
    lane : Lane
        Which lane.
    frames : NDArray[np.int64], shape (frames,)
        Ascending frames of the session.

    Returns
    -------
    NDArray[np.float64], shape (frames,)
        Amplitude as a ratio, 1.0 before the lane's first ramp.
    """
    values = np.ones(len(frames))
    origin = 1.0
    own = [ramp for ramp in ramps if ramp.lane is lane and ramp.start <= frames[-1]]
    for ramp, following in zip_longest(own, own[1:]):
        if following is None or following.start > frames[0]:
            values = np.where(frames >= ramp.start, _reached(ramp, origin, frames), values)
        if following is not None:
            origin = _left(ramp, origin, following.start)
    return values


def _reached(ramp: Ramp, origin: float, frames: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return where a ramp has led on ascending frames, shape (frames,).

    A session gathers a hundred ramps, and the callback looks at all of them for each block: so
    the law is not computed for those that are over.
    """
    if frames[0] >= ramp.start + ramp.length:
        return np.full(len(frames), origin + (ramp.target - origin))
    share = (frames - ramp.start) / ramp.length
    return np.asarray(origin + (ramp.target - origin) * raised_cosine(share))


def _left(ramp: Ramp, origin: float, frame: Frames) -> float:
    """Return where a ramp had led when another took over on a frame."""
    if frame >= ramp.start + ramp.length:
        return origin + (ramp.target - origin)
    return float(_reached(ramp, origin, np.array([frame]))[0])


def amplitudes(
    ramps: tuple[Ramp, ...], start: Frames, length: Frames
) -> NDArray[np.float64] | None:
    """Return the master amplitude of a block; None where it is exactly 1 throughout.

    Returns
    -------
    NDArray[np.float64] or None, shape (length,)
        The product of all lanes.
    """
    if not any(ramp.start < start + length for ramp in ramps):
        return None
    frames = np.arange(start, start + length)
    product = np.ones(length)
    used = {ramp.lane for ramp in ramps}
    for lane in Lane:  # always in this order, so that the product rounds alike everywhere
        if lane in used:
            product = product * lane_amplitude(ramps, lane, frames)
    return None if bool(np.all(product == 1.0)) else product
