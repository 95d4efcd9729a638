"""Telling a session something: the course after one more event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from soundscape.errors import InvalidEventError
from soundscape.session.anchoring import anchor_of, happened
from soundscape.session.course import LAID_ANEW, LEAD, STRUCTURAL, Course
from soundscape.session.events import AGO, Kind, SessionEvent
from soundscape.session.phases import Anchor, Phase
from soundscape.session.plan import SessionPlan
from soundscape.session.rules import last_undoable, refusal
from soundscape.units import Frames, frames_in


def course_of(plan: SessionPlan, events: Sequence[SessionEvent], *, attended: bool) -> Course:
    """Return the course after some events, in order; an impossible one is refused."""
    course = Course(plan, attended)
    for event in events:
        course = after(course, event)
    return course


def after(course: Course, event: SessionEvent) -> Course:
    """Return the course after one more event.

    Raises
    ------
    InvalidEventError
        If the event is impossible now; the message says why.
    """
    reason = refusal(course, event)
    if reason:
        raise InvalidEventError(reason)
    if event.kind is Kind.UNDO:
        return replace(_without_last(course, event), changed=event.frame)
    if event.kind in STRUCTURAL:
        course = _with_past_kept(course, event)
    changed = _STEPS[event.kind](course, event) if event.kind in _STEPS else course
    if event.facts.get(AGO):
        changed = _from_here(changed, course.open_phase(event.frame), event)
    if event.kind in LAID_ANEW:
        is_answer = event.kind is Kind.REORDER
        changed = replace(changed, changed=None if is_answer else event.frame)
    return replace(changed, applied=(*course.applied, event))


def _with_past_kept(course: Course, event: SessionEvent) -> Course:
    """Fix the ends of the phases that are over, so that no event moves them."""
    now = course.open_phase(event.frame)
    ended = {span.phase: span.end for span in course.schedule() if span.end is not None}
    over = {index: ended.get(index, Frames(0)) for index in range(now)}
    return replace(course, ends={**course.ends, **over})


def _without_last(course: Course, event: SessionEvent) -> Course:
    target = last_undoable(course, event.frame)
    rest = [e for e in course.applied if e is not target]
    return course_of(course.plan, rest, attended=course.attended)


def _from_here(course: Course, phase: int, event: SessionEvent) -> Course:
    """End a phase now that by what was said would have ended before: that cannot be heard."""
    change = Frames(event.frame + LEAD)
    ends = {span.phase: span.end for span in course.schedule()}
    end = ends.get(phase, Frames(0))
    if end is None or end >= change:
        return course
    return replace(course, ends={**course.ends, phase: change})


def _anchored(course: Course, event: SessionEvent) -> Course:
    """Set an anchor to when it happened, by the event that sets or corrects it."""
    anchor = anchor_of(event)
    at = None if anchor is None else happened((*course.applied, event), anchor)
    if anchor is None or at is None:
        return course
    return replace(course, anchors={**course.anchors, anchor: at})


def _set_anchor(course: Course, event: SessionEvent) -> Course:
    """Set an anchor; what was held until now goes on with it."""
    return replace(_anchored(course, event), held_since=None)


def _pump_paused(course: Course, event: SessionEvent) -> Course:
    return replace(course, paused_since=event.frame, stands_from=event.frame)


def _pump_resumed(course: Course, event: SessionEvent) -> Course:
    since = course.paused_since or Frames(0)
    stands_from = course.stands_from or since
    held = course.standing()[-1]
    # A phase that ends by the planned end of delivery moves with it; the others are stretched.
    moves_itself = course.plan.phases[held].end.anchor is Anchor.DELIVERY_END
    by = Frames(event.frame - stands_from)
    stretched = course if moves_itself else _stretched(course, held, by)
    return replace(
        stretched,
        paused_since=None,
        stands_from=None,
        paused=Frames(course.paused + event.frame - since),
    )


def _delivery_end(course: Course, event: SessionEvent) -> Course:
    # Only where a pump ends the delivery is it also what the return waits for.
    returned = _start_return(course, event) if course.has_pump() else course
    return replace(_anchored(returned, event), paused_since=None, stands_from=None)


def _start_return(course: Course, event: SessionEvent) -> Course:
    """Cut every phase before the return short; nothing where the return has begun."""
    now = course.open_phase(event.frame)
    names = [phase.name for phase in course.plan.phases]
    goal = names.index(Phase.RETURN)
    cut = {index: Frames(event.frame + LEAD) for index in range(now, goal)}
    if not cut:
        return course
    return replace(course, ends={**course.ends, **cut}, held_since=None)


def _hold(course: Course, event: SessionEvent) -> Course:
    return replace(course, held_since=event.frame)


def _resume(course: Course, event: SessionEvent) -> Course:
    since = course.held_since or Frames(0)
    held = course.standing()[0]
    still_paused = course.paused_since is not None
    until = event.frame
    if still_paused and course.plan.phases[held].end.anchor is Anchor.DELIVERY_END:
        until = max(since, course.paused_since or since)
    stretched = _stretched(course, held, Frames(until - since))
    stands_from = event.frame if still_paused else None
    return replace(stretched, held_since=None, stands_from=stands_from)


def _extend(course: Course, event: SessionEvent) -> Course:
    by = frames_in(60.0 * float(event.facts["minutes"]))
    return _stretched(course, course.open_phase(event.frame), by)


def _stretched(course: Course, index: int, by: Frames) -> Course:
    longer = Frames(course.stretches.get(index, 0) + by)
    return replace(course, stretches={**course.stretches, index: longer})


_STEPS: Mapping[Kind, Callable[[Course, SessionEvent], Course]] = {
    Kind.DOSE_START: _set_anchor,
    Kind.LAST_DEVICE: _set_anchor,
    Kind.DELIVERY_END: _delivery_end,
    Kind.PUMP_PAUSED: _pump_paused,
    Kind.PUMP_RESUMED: _pump_resumed,
    Kind.PUMP_STOPPED_EARLY: _delivery_end,
    Kind.HOLD: _hold,
    Kind.RESUME: _resume,
    Kind.EXTEND: _extend,
    Kind.START_RETURN: _start_return,
    Kind.CORRECT: _anchored,
    Kind.SOFTEN: lambda course, _: replace(course, softened=True),
    Kind.UNSOFTEN: lambda course, _: replace(course, softened=False, silenced=False),
    Kind.SILENCE: lambda course, _: replace(course, silenced=True),
    Kind.TALK_ON: lambda course, _: replace(course, talking=True),
    Kind.TALK_OFF: lambda course, _: replace(course, talking=False),
    Kind.TRACK_BARRED: lambda course, event: replace(
        course, barred=course.barred | {str(event.facts["track"])}
    ),
    Kind.STOP: lambda course, event: replace(course, stop=event),
    Kind.STOP_FAST: lambda course, event: replace(course, stop=event),
}
