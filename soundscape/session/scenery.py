"""The light and screen of a session: drawn from the same phases, events and fades as its sound.

A phase's light is timed from the phase's start, as its crossfade is, so what moves a phase (an
anchor, a pause, a hold) moves its light. What lowers the sound lowers the light; a stop brings
it up gently, so that the patient is seen. Nothing here changes faster than the slew limit.
"""

from collections.abc import Callable

from soundscape.sensory.scene import (
    PLANNED_SLEW_PER_S,
    SLEW_LIMIT_PER_S,
    Curve,
    Scenery,
    glide_length,
)
from soundscape.session.course import STOP_FADE, Course
from soundscape.session.events import Kind
from soundscape.session.phases import Scene
from soundscape.session.timeline import Timeline
from soundscape.units import Frames, frames_in

END_LIGHT = 0.30
"""The room's light after a stop: enough to see by, gentle to eyes that were in the dark."""

END_SCREEN = 0.10
SOFTENED = 0.5
SILENCED = 0.25
"""What is left of the light: a room that is dimmed further still shows staff their way."""

_STOPS = frozenset({Kind.STOP, Kind.STOP_FAST})
_BEGINNING = Frames(0)


def scenery_of(timeline: Timeline) -> Scenery:
    """Return the light and screen of a timeline."""
    light = _levels(timeline, lambda scene: scene.lights)
    screen = _levels(timeline, lambda scene: scene.screen)
    scenery = Scenery(light, screen, _colors(timeline), _calm(timeline.course))
    stop = next((e for e in timeline.course.applied if e.kind in _STOPS), None)
    if stop is None:
        return scenery
    now = scenery.at(stop.frame)
    ending = (_ended(stop.frame, now.light, END_LIGHT), _ended(stop.frame, now.screen, END_SCREEN))
    return Scenery(light, screen, scenery.color_k, scenery.calm, (stop.frame, *ending))


def _levels(timeline: Timeline, pick: Callable[[Scene], tuple[float, float]]) -> Curve:
    """Return a level that glides through the phases, wherever it is when one begins.

    A phase that is begun again, because an event was undone, goes on from where its light is.
    """
    phases = timeline.course.plan.phases
    curve = Curve((_BEGINNING,), (pick(phases[timeline.spans[0].phase].scene)[0],))
    for span in timeline.spans:
        phase = phases[span.phase]
        first, last = pick(phase.scene)
        here, begin = curve.at(span.start), span.start
        if not min(first, last) <= here <= max(first, last):
            length = glide_length(first - here, PLANNED_SLEW_PER_S, frames_in(phase.fade_s))
            curve = curve.glided(begin, length, first)
            here, begin = first, Frames(begin + length)
        left = Frames(span.start + frames_in(phase.scene.change_s) - begin)
        if here != last:
            curve = curve.glided(begin, glide_length(last - here, PLANNED_SLEW_PER_S, left), last)
        else:  # what an earlier phase was still heading for is over
            curve = curve.glided(begin, left, last)
    return curve


def _colors(timeline: Timeline) -> Curve:
    phases = timeline.course.plan.phases
    curve = Curve((_BEGINNING,), (phases[timeline.spans[0].phase].scene.color_k,))
    for span in timeline.spans:
        phase = phases[span.phase]
        length = frames_in(max(phase.fade_s, phase.scene.change_s))
        curve = curve.glided(span.start, length, phase.scene.color_k)
    return curve


def _calm(course: Course) -> Curve:
    curve = Curve((_BEGINNING,), (1.0,))
    softened = silenced = False
    for event in course.applied:
        if event.kind not in {Kind.SOFTEN, Kind.SILENCE, Kind.UNSOFTEN}:
            continue
        softened = event.kind is Kind.SOFTEN or (softened and event.kind is Kind.SILENCE)
        silenced = event.kind is Kind.SILENCE or (silenced and event.kind is Kind.SOFTEN)
        target = SILENCED if silenced else SOFTENED if softened else 1.0
        change = target - curve.at(event.frame)
        length = glide_length(change, PLANNED_SLEW_PER_S, _BEGINNING)
        curve = curve.glided(event.frame, length, target)
    return curve


def _ended(stop: Frames, here: float, target: float) -> Curve:
    length = glide_length(target - here, SLEW_LIMIT_PER_S, STOP_FADE)
    return Curve((stop,), (here,)).glided(stop, length, target)
