"""What the windows are told: a session's state as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log10
from typing import Any

from soundscape.engine.ring import Field, Ring
from soundscape.session.anchoring import ago_min, anchor_of, last_touch
from soundscape.session.course import Course, Span
from soundscape.session.events import Kind
from soundscape.session.files import Armed, track_label
from soundscape.session.phases import Anchor
from soundscape.session.rehearsal import expected_spans
from soundscape.session.rules import last_undoable, possible
from soundscape.session.scenery import scenery_of
from soundscape.session.state import State
from soundscape.session.timeline import Timeline
from soundscape.units import Frames, seconds_in

RECENT_COUNT = 3
AHEAD_COUNT = 64


@dataclass(frozen=True, slots=True)
class Beside:
    """What a status says that neither the timeline nor the ring knows.

    Attributes
    ----------
    state : State
        What the session is doing.
    volume_lu : float
        The volume that was asked for.
    call : str
        ``none``, ``sent`` or ``seen``.
    call_at_s : float | None
        When the patient called.
    desk_seen : bool
        A staff desk asked within the last seconds.
    device : str
        The sound device's name.
    device_state : str
        ``ok``, ``lost``, or ``back``: there again, but waiting for staff.
    waiting : int
        Entries of the record that are not on the disk.
    notices : tuple[tuple[str, str], ...]
        (``act now``, ``soon`` or ``note``; one sentence) for staff.
    lights : str
        ``none`` without lamps, else ``ok``, ``lost`` or ``fault``.
    talk : Mapping[str, object]
        Whether staff can speak, and do; as ``Talk.state``.
    chair_screen : str
        ``none`` where no patient's screen is open, else ``ok``, or ``lost``: it does not answer.
    """

    state: State
    volume_lu: float
    call: str
    call_at_s: float | None
    desk_seen: bool
    device: str
    device_state: str
    waiting: int
    notices: tuple[tuple[str, str], ...]
    lights: str = "none"
    talk: Mapping[str, object] = field(default_factory=dict)
    chair_screen: str = "none"


def status_of(
    armed: Armed, timeline: Timeline, course: Course, ring: Ring, beside: Beside
) -> dict[str, Any]:
    """Return a session's state as plain data, at the frame that is being heard."""
    latency = ring.get(Field.LATENCY) if ring.get(Field.PLAYING) else 0
    position = ring.get(Field.POSITION)
    frame = Frames(max(0, position - latency))
    span = timeline.span_at(frame)
    end = timeline.end
    expected = expected_spans(course, frame)
    shown = scenery_of(timeline).at(frame)
    return {
        "session": armed.session,
        "title": armed.plan.title,
        "state": beside.state.name.lower(),
        **_beside(beside),
        "t_s": _s(frame),
        "phase": str(armed.plan.phases[span.phase].name),
        "phase_elapsed_s": _s(Frames(frame - span.start)),
        "phase_length_s": None if span.end is None else _s(Frames(span.end - span.start)),
        "ends_in_s": None if end is None else _s(Frames(max(0, end - frame))),
        "phases": [_phase(armed, each) for each in timeline.spans],
        "expected": [_phase(armed, each) for each in expected],
        "energy": _energy(armed, expected),
        "cues": _cues(armed, timeline),
        "sounding": _sounding(armed, timeline, frame),
        "level_lu": round(timeline.level_lu(frame), 2),
        "ear": _ear(armed),
        "peak_dbfs": _peak_dbfs(ring),
        "softened": course.softened,
        "silenced": course.silenced,
        "talking": course.talking,
        "held": course.held_since is not None,
        "pump_paused": course.paused_since is not None,
        "anchors": {str(a): _maybe_s(course.anchors.get(a)) for a in Anchor if course.uses(a)},
        "last_anchor": _last_anchor(course),
        "pump": course.has_pump(),
        "ring_s": _s(Frames(max(0, ring.get(Field.WRITTEN) - position))),
        "on_bed": bool(ring.get(Field.ON_BED)),
        "underruns": ring.get(Field.UNDERRUNS),
        "recent": _recent(course, frame),
        "changed_at_s": None if course.softened else _maybe_s(course.changed),
        "screen": round(shown.screen, 4),
        "glow": round(shown.glow, 4),
        "lights": round(shown.light, 4),
        "can": [str(kind) for kind in possible(course, frame)],
    }


def _last_anchor(course: Course) -> dict[str, Any] | None:
    """Return the anchor that was touched last, when, and how long before it is said to be."""
    touched = last_touch(course.applied)
    anchor = None if touched is None else anchor_of(touched)
    if touched is None or anchor is None:
        return None
    return {
        "anchor": str(anchor),
        "event": str(touched.kind),
        "touched_s": _s(touched.frame),
        "ago_min": round(ago_min(course.applied, anchor), 2),
    }


def _beside(beside: Beside) -> dict[str, Any]:
    return {
        "volume_lu": beside.volume_lu,
        "call": {"state": beside.call, "at_s": beside.call_at_s},
        "desk_seen": beside.desk_seen,
        "chair_screen": beside.chair_screen,
        "talk": dict(beside.talk),
        "device": {"name": beside.device, "state": beside.device_state},
        "record": {"state": "memory" if beside.waiting else "ok", "waiting": beside.waiting},
        "notices": [{"level": level, "text": text} for level, text in beside.notices],
        "lights_link": beside.lights,
    }


def _ear(armed: Armed) -> dict[str, Any] | None:
    """Return the level at the ear at volume 0; None where the device is not calibrated."""
    if armed.terms.ear_db_a is None:
        return None
    return {"nominal_db_a": round(armed.terms.ear_db_a, 1), "method": armed.terms.ear_method}


def _phase(armed: Armed, span: Span) -> dict[str, Any]:
    name = str(armed.plan.phases[span.phase].name)
    return {"name": name, "start_s": _s(span.start), "end_s": _maybe_s(span.end)}


def _energy(armed: Armed, spans: tuple[Span, ...]) -> list[list[float]]:
    """Return the target energy as points (t_s, 0-1), to the end that is expected."""
    points = []
    for span in spans:
        end = span.start if span.end is None else span.end
        for fraction, energy in armed.plan.phases[span.phase].energy:
            at = Frames(round(span.start + fraction * (end - span.start)))
            points.append([_s(at), energy])
    return points


def _cues(armed: Armed, timeline: Timeline) -> list[dict[str, Any]]:
    return [
        {
            **track_label(armed.plan.tracks[cue.track]),
            "start_s": _s(cue.start),
            "end_s": _s(cue.end),
            "energy": armed.plan.tracks[cue.track].energy,
        }
        for cue in timeline.cues[:AHEAD_COUNT]
    ]


def _sounding(armed: Armed, timeline: Timeline, frame: Frames) -> list[dict[str, Any]]:
    return [
        {
            "track": cue.track,
            "title": armed.plan.tracks[cue.track].title,
            "offset_s": _s(Frames(cue.source_in + frame - cue.start)),
            "gain_db": round(cue.gain_db, 2),
        }
        for cue in timeline.sounding(frame)
    ]


def _recent(course: Course, frame: Frames) -> list[dict[str, Any]]:
    undoable = last_undoable(course, frame)
    said = [event for event in course.applied if event.kind is not Kind.REORDER]
    return [
        {
            "t_s": _s(event.frame),
            "event": str(event.kind),
            "undoable": event is undoable,
            **event.facts,
        }
        for event in said[-RECENT_COUNT:]
    ]


def _peak_dbfs(ring: Ring) -> float | None:
    """Return the highest recent sample in dBFS; None in digital silence."""
    peak = ring.get(Field.PEAK)
    if peak <= 0:
        return None
    return round(20.0 * log10(peak / 1e6), 1)


def _s(frames: Frames) -> float:
    return round(seconds_in(frames), 3)


def _maybe_s(frames: Frames | None) -> float | None:
    return None if frames is None else _s(frames)
