"""Sessions with imagined light: plans whose phases ask for any, and events told at any moment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fakes.imagined import plans
from fakes.plans import short_phases
from hypothesis import strategies as st

from soundscape.session.course import Course
from soundscape.session.events import OWN, Kind, SessionEvent
from soundscape.session.phases import Scene
from soundscape.session.plan import SessionPlan
from soundscape.session.rules import refusal
from soundscape.session.telling import after
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Seconds, frames_in

FACTS: dict[Kind, dict[str, Any]] = {
    Kind.EXTEND: {"minutes": 1.0},
    Kind.VOLUME: {"lu": -3.0},
    Kind.CORRECT: {"anchor": "dose_start", "ago_min": 0.2},
    Kind.NOTE: {"text": "x"},
}
_TOLD = sorted(set(Kind) - OWN - {Kind.VITALS, Kind.REORDER})
_level = st.sampled_from([0.0, 0.05, 0.3, 0.4, 0.6, 1.0]) | st.floats(0.0, 1.0)
_pair = st.tuples(_level, _level)

moments = st.lists(st.tuples(st.floats(0.0, 30.0), st.sampled_from(_TOLD)), max_size=12)
"""Events, each told so many seconds after the one before."""


def silent_plan(scenes: Sequence[Scene], unit_s: float) -> SessionPlan:
    """Return a plan without music, of six phases of about a unit of time and some scenes."""
    made = zip(short_phases(unit_s), scenes, strict=True)
    phases = tuple(replace(phase, scene=scene) for phase, scene in made)
    return SessionPlan(
        route="iv", title="Light", arc="silence", preset="", seed=0,
        delivery_s=Seconds(2.0 * unit_s), phases=phases, cues=(), reserve=(), bed="", tracks={},
    )  # fmt: skip


@st.composite
def lit_plans(draw: st.DrawFn) -> SessionPlan:
    """Draw a plan whose phases ask for any light, as suddenly as they like."""
    plan = draw(plans())
    lengths = st.sampled_from([0.0, 0.5, 30.0, 600.0])
    colors = st.floats(1700.0, 8000.0)
    scenes = [
        Scene(draw(_pair), draw(_pair), Seconds(draw(lengths)), draw(colors)) for _ in plan.phases
    ]
    phases = [replace(p, scene=s) for p, s in zip(plan.phases, scenes, strict=True)]
    return replace(plan, phases=tuple(phases))


def possible(plan: SessionPlan, drawn: list[tuple[float, Kind]]) -> list[SessionEvent]:
    """Return those of some drawn events that are possible when they come."""
    course, told, at_s = Course(plan, attended=True), [], 0.0
    for after_s, kind in drawn:
        at_s += after_s
        event = SessionEvent(frames_in(at_s), kind, FACTS.get(kind, {}))
        if not refusal(course, event):
            course = after(course, event)
            told.append(event)
    return told


def unfolded(plan: SessionPlan, told: list[SessionEvent]) -> Timeline:
    """Return the timeline of an attended session."""
    return unfold(plan, told, until=frames_in(60.0), attended=True)
