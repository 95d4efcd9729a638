"""Which ramps of the master level an event stands for."""

from collections.abc import Mapping

from soundscape.engine.automation import DUCKED, Lane, Ramp
from soundscape.session.course import FAST_STOP_FADE, STOP_FADE
from soundscape.session.events import Kind, SessionEvent
from soundscape.units import Decibels, Frames, amplitude, frames_in

VOLUME_RAMP = frames_in(5.0)
"""The widest change there is, 30 dB, is then no faster than 6 dB/s."""

_BACK = frames_in(10.0)
_CHANGES: Mapping[Kind, tuple[tuple[Lane, Frames, float], ...]] = {
    Kind.SOFTEN: ((Lane.SOFTEN, frames_in(10.0), amplitude(Decibels(-6.0))),),
    Kind.UNSOFTEN: ((Lane.SOFTEN, _BACK, 1.0), (Lane.SILENCE, _BACK, 1.0)),
    Kind.SILENCE: ((Lane.SILENCE, frames_in(5.0), 0.0),),
    Kind.TALK_ON: ((Lane.TALK, frames_in(0.5), DUCKED),),
    Kind.TALK_OFF: ((Lane.TALK, frames_in(2.0), 1.0),),
    Kind.STOP: ((Lane.STOP, STOP_FADE, 0.0),),
    Kind.STOP_FAST: ((Lane.STOP, FAST_STOP_FADE, 0.0),),
}
"""For each kind of event: lane, length and target amplitude of the ramps it begins."""


def ramps_of(event: SessionEvent) -> tuple[Ramp, ...]:
    """Return the ramps that begin with an event; none for most."""
    if event.kind is Kind.VOLUME:
        target = amplitude(Decibels(float(event.facts["lu"])))
        return (Ramp(Lane.VOLUME, event.frame, VOLUME_RAMP, target),)
    changes = _CHANGES.get(event.kind, ())
    return tuple(Ramp(lane, event.frame, length, target) for lane, length, target in changes)
