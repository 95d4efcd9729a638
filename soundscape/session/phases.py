"""Phases of a session and the anchors that time them.

A phase's boundary is an anchor, which only staff set, plus an offset; never the wall clock.
"""

from dataclasses import dataclass
from enum import StrEnum

from soundscape.units import Seconds

WARM_WHITE_K = 2700.0
COLOR_RANGE_K = (1700.0, 8000.0)
"""Color temperatures that lights can be asked for."""


class Phase(StrEnum):
    """A stretch of the visit, in the order they come; ``dose`` only on some routes."""

    SETTLE = "settle"
    DOSE = "dose"
    RISE = "rise"
    DEEPEN = "deepen"
    RETURN = "return"
    GROUND = "ground"
    RECOVER = "recover"


class Anchor(StrEnum):
    """What staff do that times a session."""

    DOSE_START = "dose_start"
    LAST_DEVICE = "last_device"
    DELIVERY_END = "delivery_end"


@dataclass(frozen=True, slots=True)
class Boundary:
    """A moment relative to an anchor.

    Attributes
    ----------
    anchor : Anchor
        The event it is counted from.
    offset_s : Seconds
        Seconds after the event; negative is before it.
    """

    anchor: Anchor
    offset_s: Seconds


@dataclass(frozen=True, slots=True)
class Scene:
    """Light and screen levels at the start and the end of a phase, as ratios of full.

    Attributes
    ----------
    screen : tuple[float, float]
        Brightness of the patient's screen, from and to, 0-1.
    lights : tuple[float, float]
        Brightness of the room's lights, from and to, 0-1.
    change_s : Seconds
        Time in which both go from the one to the other, from the phase's start.
    color_k : float
        Color temperature of the lights, in kelvin.
    """

    screen: tuple[float, float]
    lights: tuple[float, float]
    change_s: Seconds
    color_k: float = WARM_WHITE_K


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """One phase as planned.

    Attributes
    ----------
    name : Phase
        Which phase.
    start, end : Boundary
        When it begins and ends, by anchors.
    holds : bool
        It waits at its end for staff: the anchor that ends it has to be set.
    energy : tuple[tuple[float, float], ...]
        Target energy as points (fraction of the phase 0-1, energy 0-1), straight between them.
    tempo_bpm : tuple[float, float] | None
        Range that is liked, softly; None is any.
    level_lu : tuple[float, float]
        Loudness against the session's nominal level at its start and end, in LU.
    fade_s : Seconds
        Length of the crossfade into it; of the first phase, the fade from silence.
    scene : Scene
        Its light.
    source : str
        Where its numbers come from.
    """

    name: Phase
    start: Boundary
    end: Boundary
    holds: bool
    energy: tuple[tuple[float, float], ...]
    tempo_bpm: tuple[float, float] | None
    level_lu: tuple[float, float]
    fade_s: Seconds
    scene: Scene
    source: str


def energy_at(phase: PhasePlan, fraction: float) -> float:
    """Return the target energy (0-1) at a fraction (0-1) of a phase."""
    before = phase.energy[0]
    for after in phase.energy[1:]:
        if fraction <= after[0]:
            span = after[0] - before[0]
            share = (fraction - before[0]) / span if span > 0.0 else 1.0
            return before[1] + (after[1] - before[1]) * share
        before = after
    return before[1]


def nominal_anchors(phases: tuple[PhasePlan, ...], delivery_s: Seconds) -> dict[Anchor, Seconds]:
    """Return when each anchor falls if all goes as planned, in seconds from the start.

    The session starts where its first phase does; the last device and the end of delivery
    both come ``delivery_s`` after the start of the dose.
    """
    dose_s = Seconds(-phases[0].start.offset_s)
    end_s = Seconds(dose_s + delivery_s)
    return {Anchor.DOSE_START: dose_s, Anchor.LAST_DEVICE: end_s, Anchor.DELIVERY_END: end_s}


def nominal_spans(
    phases: tuple[PhasePlan, ...], delivery_s: Seconds
) -> tuple[tuple[Seconds, Seconds], ...]:
    """Return each phase's planned start and end, in seconds from the session's start."""
    anchors = nominal_anchors(phases, delivery_s)
    return tuple(
        (
            Seconds(anchors[phase.start.anchor] + phase.start.offset_s),
            Seconds(anchors[phase.end.anchor] + phase.end.offset_s),
        )
        for phase in phases
    )
