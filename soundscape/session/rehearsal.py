"""A session without staff: a script of events, with the anchors it leaves out assumed."""

from collections.abc import Sequence
from dataclasses import replace

from soundscape.errors import InvalidEventError
from soundscape.session.anchoring import happened
from soundscape.session.course import Course, Span
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.phases import Anchor, nominal_anchors
from soundscape.session.plan import SessionPlan
from soundscape.session.rules import why_not
from soundscape.session.telling import after, course_of
from soundscape.units import Frames, frames_in


def with_assumed(plan: SessionPlan, events: Sequence[SessionEvent]) -> tuple[SessionEvent, ...]:
    """Return a script with the anchors it does not set, at the times they were planned for.

    A script that pauses the pump moves the planned end of delivery with it. Nothing is assumed
    after a stop.

    Raises
    ------
    InvalidEventError
        If an event is impossible at its moment, or the session would never end.
    """
    told = list(events)
    for anchor in (Anchor.DOSE_START, Anchor.LAST_DEVICE, Anchor.DELIVERY_END):
        if Course(plan, attended=False).uses(anchor):
            told = _with_anchor(plan, told, anchor)
    course = course_of(plan, told, attended=False)
    if course.end() is None:
        raise InvalidEventError(
            "These events leave the session waiting for ever; "
            "resume what is held or paused, or add a stop."
        )
    return tuple(told)


def expected_spans(course: Course, frame: Frames) -> tuple[Span, ...]:
    """Return the phases as they come if all goes as planned from a frame on.

    Anchors that are still to be set are taken at their planned times, or now if those have
    passed; what is paused or held is taken to go on now.
    """
    while (kind := _missing(course, frame)) is not None:
        planned = _planned_frame(course.plan, list(course.applied), _ANCHORS.get(kind))
        at = frame if planned is None else max(planned, frame)
        course = after(course, SessionEvent(Frames(at), kind))
    spans = replace(course, attended=False).schedule()
    if course.stop is None:
        return spans
    end = course.end() or frame
    return tuple(
        replace(s, end=end if s.end is None else min(s.end, end)) for s in spans if s.start < end
    )


def _missing(course: Course, frame: Frames) -> Kind | None:
    """Return the next event that a session waits for; None when it needs no more."""
    wanted = (
        Kind.RESUME,
        Kind.PUMP_RESUMED,
        Kind.DOSE_START,
        Kind.LAST_DEVICE,
        Kind.DELIVERY_END,
    )
    return next((kind for kind in wanted if not why_not(course, kind, frame)), None)


_ANCHORS = {
    Kind.DOSE_START: Anchor.DOSE_START,
    Kind.LAST_DEVICE: Anchor.LAST_DEVICE,
    Kind.DELIVERY_END: Anchor.DELIVERY_END,
}


def _with_anchor(
    plan: SessionPlan, told: list[SessionEvent], anchor: Anchor
) -> list[SessionEvent]:
    kind = Kind(str(anchor))
    settles = {kind} | ({Kind.PUMP_STOPPED_EARLY} if anchor is Anchor.DELIVERY_END else set())
    if any(event.kind in settles for event in told):
        return told
    frame = _planned_frame(plan, told, anchor)
    stops = [e.frame for e in told if e.kind in {Kind.STOP, Kind.STOP_FAST}]
    if frame is None or (stops and min(stops) <= frame):
        return told
    return sorted([*told, SessionEvent(frame, kind)], key=lambda event: event.frame)


def _planned_frame(
    plan: SessionPlan, told: list[SessionEvent], anchor: Anchor | None
) -> Frames | None:
    """Return when an anchor falls if the rest goes as planned, pauses of the pump counted."""
    if anchor is None:
        return None
    nominal = nominal_anchors(plan.phases, plan.delivery_s)
    dose = happened(told, Anchor.DOSE_START)
    if dose is None:
        return frames_in(nominal[anchor])
    frame = dose + frames_in(nominal[anchor] - nominal[Anchor.DOSE_START])
    paused_since: Frames | None = None
    for event in told:
        if event.kind is Kind.PUMP_PAUSED and event.frame < frame:
            paused_since = event.frame
        elif event.kind is Kind.PUMP_RESUMED and paused_since is not None:
            frame += event.frame - paused_since
            paused_since = None
    return None if paused_since is not None else Frames(frame)
