"""What may be told to a session now, and in one sentence why not."""

from collections.abc import Callable, Mapping

from soundscape.session.anchoring import anchor_of, happened
from soundscape.session.course import (
    ENDING,
    LEAD,
    NEXT_WITHIN,
    STRUCTURAL,
    UNDO_WITHIN,
    UNDOABLE,
    Course,
)
from soundscape.session.events import AGO, OWN, Kind, SessionEvent
from soundscape.session.phases import Anchor, Phase
from soundscape.units import Frames


def why_not(course: Course, kind: Kind, frame: Frames) -> str:
    """Return why an event is impossible at a frame, in one sentence; empty if it is possible."""
    end = course.end()
    if course.stop is not None and kind is not Kind.STOP_FAST and kind not in _ALWAYS:
        return "The session is being stopped."
    if end is not None and frame >= end:
        return "The session has ended."
    is_of_music = kind in STRUCTURAL or kind is Kind.REORDER
    if end is not None and frame >= end - ENDING - LEAD and is_of_music:
        return "The session is fading out; it can only be stopped sooner."
    return _REASONS[kind](course, frame) if kind in _REASONS else ""


def refusal(course: Course, event: SessionEvent) -> str:
    """Return why an event is impossible at its moment, with what it carries; empty if not."""
    reason = why_not(course, event.kind, event.frame)
    anchor = anchor_of(event)
    if reason or anchor is None or AGO not in event.facts:
        return reason
    at = happened((*course.applied, event), anchor)
    if at is None:
        return f"The {_WORDS[anchor]} is not set yet."
    return _no_moment(course, anchor, at)


def possible(course: Course, frame: Frames) -> tuple[Kind, ...]:
    """Return the events that can be told at a frame."""
    return tuple(k for k in Kind if k not in OWN and not why_not(course, k, frame))


def last_undoable(course: Course, frame: Frames) -> SessionEvent | None:
    """Return the event that an undo at a frame would take back."""
    recent = (e for e in reversed(course.applied) if e.kind in UNDOABLE)
    event = next(recent, None)
    return event if event is not None and frame - event.frame <= UNDO_WITHIN else None


_ALWAYS = frozenset({Kind.CALL, Kind.CALL_SEEN, Kind.NOTE, Kind.VITALS})


def _no_anchor(course: Course, anchor: Anchor) -> str:
    """Return why an anchor cannot be set now; empty if it can."""
    if not course.uses(anchor):
        return f"This route has no {_WORDS[anchor]}."
    if anchor in course.anchors:
        return f"The {_WORDS[anchor]} is already set; undo it first if it was wrong."
    if anchor is not Anchor.DOSE_START and Anchor.DOSE_START not in course.anchors:
        return "The dose has not been started."
    return ""


def _no_correction(course: Course, frame: Frames) -> str:
    """Return why no anchor can be said to have happened before; empty if one can."""
    if not course.anchors:
        return "Nothing that times the session has been set."
    return _no_extension(course, frame)


def _no_moment(course: Course, anchor: Anchor, at: Frames) -> str:
    """Return why an anchor cannot have happened on a frame; empty if it can."""
    if course.held_since is not None or course.paused_since is not None:
        return "The phase stands still; resume it first."
    if at < 0:
        return "The session had not begun then; say fewer minutes."
    moments = {**course.anchors, anchor: at}
    if moments[Anchor.DOSE_START] > min(moments.values()):
        return "The dose has to start before all else; say other minutes."
    return ""


def _no_pause(course: Course, _frame: Frames) -> str:
    if course.paused_since is not None:
        return "The pump is already paused."
    return _no_early_stop(course, _frame)


def _no_early_stop(course: Course, _frame: Frames) -> str:
    if not course.has_pump():
        return "This route has no pump."
    return _no_anchor(course, Anchor.DELIVERY_END)


def _no_return(course: Course, frame: Frames) -> str:
    if Anchor.DOSE_START not in course.anchors:
        return "The dose has not been started."
    names = [phase.name for phase in course.plan.phases]
    begun = course.open_phase(frame) >= names.index(Phase.RETURN)
    return "The return has already begun." if begun else ""


def _no_extension(course: Course, _frame: Frames) -> str:
    standing = course.held_since is not None or course.paused_since is not None
    return "The phase already stands still; resume it first." if standing else ""


def _no_next(course: Course, frame: Frames) -> str:
    changes = (e.frame for e in reversed(course.applied) if e.kind is Kind.NEXT_TRACK)
    last = next(changes, None)
    is_changing = last is not None and frame - last < NEXT_WITHIN
    return "The music is already changing." if is_changing else ""


def _no_hold(course: Course, _frame: Frames) -> str:
    return "This phase is already held." if course.held_since is not None else ""


_WORDS = {
    Anchor.DOSE_START: "start of the dose",
    Anchor.LAST_DEVICE: "last device",
    Anchor.DELIVERY_END: "end of delivery",
}

_REASONS: Mapping[Kind, Callable[[Course, Frames], str]] = {
    Kind.DOSE_START: lambda course, _: _no_anchor(course, Anchor.DOSE_START),
    Kind.LAST_DEVICE: lambda course, _: _no_anchor(course, Anchor.LAST_DEVICE),
    Kind.DELIVERY_END: lambda course, _: _no_anchor(course, Anchor.DELIVERY_END),
    Kind.PUMP_PAUSED: _no_pause,
    Kind.PUMP_RESUMED: lambda course, _: "" if course.paused_since else "The pump is not paused.",
    Kind.PUMP_STOPPED_EARLY: _no_early_stop,
    Kind.HOLD: _no_hold,
    Kind.NEXT_TRACK: _no_next,
    Kind.RESUME: lambda course, _: "" if course.held_since else "Nothing is held.",
    Kind.EXTEND: _no_extension,
    Kind.CORRECT: _no_correction,
    Kind.START_RETURN: _no_return,
    Kind.UNSOFTEN: lambda course, _: (
        "" if course.softened or course.silenced else "The sound is not lowered."
    ),
    Kind.SOFTEN: lambda course, _: "The sound is already softened." if course.softened else "",
    Kind.SILENCE: lambda course, _: "It is already silent." if course.silenced else "",
    Kind.TALK_ON: lambda course, _: "Talking is already on." if course.talking else "",
    Kind.TALK_OFF: lambda course, _: "" if course.talking else "Talking is not on.",
    Kind.UNDO: lambda course, frame: (
        "" if last_undoable(course, frame) else "There is nothing of the last minute to undo."
    ),
    Kind.STOP_FAST: lambda course, _: (
        "The session is being stopped."
        if course.stop is not None and course.stop.kind is Kind.STOP_FAST
        else ""
    ),
}
