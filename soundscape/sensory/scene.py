"""Light and screen over a session: pure functions of its frames, which only ever glide."""

from dataclasses import dataclass

import numpy as np

from soundscape.units import Frames, frames_in

SLEW_LIMIT_PER_S = 0.10
"""No light and no screen changes by more of its full level in a second (a design choice)."""

PLANNED_SLEW_PER_S = 0.05
"""A phase's light, and a softening of it, each take half of the limit: both at once keep it."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A level over time: straight between its points, unchanged before and after them.

    Attributes
    ----------
    frames : tuple[int, ...]
        Ascending frames of the session.
    values : tuple[float, ...]
        The level on each.
    """

    frames: tuple[int, ...]
    values: tuple[float, ...]

    def at(self, frame: Frames) -> float:
        """Return the level on a frame."""
        return float(np.interp(frame, self.frames, self.values))

    def glided(self, start: Frames, length: Frames, target: float) -> "Curve":
        """Return the curve up to a frame, and from there straight to a target."""
        kept = [(f, v) for f, v in zip(self.frames, self.values, strict=True) if f < start]
        kept += [(start, self.at(start)), (start + max(1, length), target)]
        return Curve(tuple(f for f, _ in kept), tuple(v for _, v in kept))


@dataclass(frozen=True, slots=True)
class Shown:
    """What light and screen show at one moment.

    Attributes
    ----------
    light : float
        Brightness of the room's lights, 0-1.
    screen : float
        Brightness of the patient's screen, 0-1.
    glow : float
        How much of the glow is left that a clinic may have chosen instead of black, 0-1.
    color_k : float
        Color temperature of the lights, in kelvin.
    """

    light: float
    screen: float
    glow: float
    color_k: float


@dataclass(frozen=True, slots=True)
class Scenery:
    """Light and screen of a whole session.

    Attributes
    ----------
    light, screen, color_k : Curve
        As the phases want them.
    calm : Curve
        What softening and silence leave of light and glow, 0-1.
    ending : tuple[Frames, Curve, Curve] | None
        From which frame on a stop takes light and screen where they go at an end.
    """

    light: Curve
    screen: Curve
    color_k: Curve
    calm: Curve
    ending: tuple[Frames, Curve, Curve] | None = None

    def at(self, frame: Frames) -> Shown:
        """Return what is shown on a frame."""
        calm = self.calm.at(frame)
        light, screen = self.light.at(frame) * calm, self.screen.at(frame)
        if self.ending is not None and frame >= self.ending[0]:
            light, screen = self.ending[1].at(frame), self.ending[2].at(frame)
        return Shown(light, screen, calm, self.color_k.at(frame))


def glide_length(change: float, slew_per_s: float, at_least: Frames) -> Frames:
    """Return how long a change of level takes at a slew, or longer."""
    return Frames(max(at_least, frames_in(abs(change) / slew_per_s)))
