"""The course of a session: what has been told, and what follows from it for the phases.

Pure: a course is folded from a plan and its events, and phases are scheduled from a course.
No phase passes an anchor that has not happened: until then the phase before it goes on.
What an event changes begins ``LEAD`` after it, so that what is about to sound is never altered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from soundscape.session.events import Kind, SessionEvent
from soundscape.session.phases import Anchor
from soundscape.session.plan import SessionPlan
from soundscape.units import Frames, frames_in

LEAD = frames_in(1.0)
"""From an event to the first frame that it may change in the mix."""

UNDO_WITHIN = frames_in(60.0)
NEXT_WITHIN = frames_in(10.0)
"""A change of track takes so long; another is not begun within it."""

ENDING = frames_in(30.0)
"""The fade that ends a session; while it runs only stopping sooner is possible."""

STOP_FADE = frames_in(8.0)
FAST_STOP_FADE = frames_in(0.5)
_NONE = Frames(0)

UNDOABLE = frozenset(
    {
        Kind.DOSE_START,
        Kind.LAST_DEVICE,
        Kind.DELIVERY_END,
        Kind.PUMP_PAUSED,
        Kind.PUMP_RESUMED,
        Kind.PUMP_STOPPED_EARLY,
        Kind.HOLD,
        Kind.RESUME,
        Kind.EXTEND,
        Kind.START_RETURN,
        Kind.CORRECT,
    }
)
STRUCTURAL = UNDOABLE | {Kind.NEXT_TRACK, Kind.UNDO, Kind.TRACK_BARRED}
"""Events that change which cues sound or when phases change."""

LAID_ANEW = STRUCTURAL | {Kind.SOFTEN, Kind.UNSOFTEN, Kind.REORDER}
"""Events after which it is decided again what follows what sounds now."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phase in time.

    Attributes
    ----------
    phase : int
        Index into the plan's phases.
    start : Frames
        Its first frame.
    end : Frames | None
        The first frame after it; None while that is not known.
    """

    phase: int
    start: Frames
    end: Frames | None


@dataclass(frozen=True, slots=True)
class Course:
    """What has been told so far.

    Attributes
    ----------
    plan : SessionPlan
        What was planned.
    attended : bool
        Staff are there: the last phase goes on until they stop it. Else it ends as planned.
    applied : tuple[SessionEvent, ...]
        The events that stand, in order; undone ones are gone.
    anchors : Mapping[Anchor, Frames]
        Those that have happened, and when by what staff said last.
    ends : Mapping[int, Frames]
        Ends of phases that were cut short, by phase.
    stretches : Mapping[int, Frames]
        By how much phases were lengthened, by phase.
    paused_since, held_since : Frames | None
        Since when the pump, the phase stands still.
    stands_from : Frames | None
        Since when the paused pump alone keeps the phase's clock still.
    paused : Frames
        How long the pump has stood still before that, in all.
    softened, silenced, talking : bool
        Whether the level is lowered.
    barred : frozenset[str]
        Content hashes of tracks that cannot be trusted any more.
    changed : Frames | None
        When it was last decided anew what follows, if no new order has answered that.
    stop : SessionEvent | None
        What ends the session.
    """

    plan: SessionPlan
    attended: bool
    applied: tuple[SessionEvent, ...] = ()
    anchors: Mapping[Anchor, Frames] = field(default_factory=dict)
    ends: Mapping[int, Frames] = field(default_factory=dict)
    stretches: Mapping[int, Frames] = field(default_factory=dict)
    paused_since: Frames | None = None
    held_since: Frames | None = None
    stands_from: Frames | None = None
    paused: Frames = _NONE
    softened: bool = False
    silenced: bool = False
    talking: bool = False
    barred: frozenset[str] = frozenset()
    changed: Frames | None = None
    stop: SessionEvent | None = None

    def schedule(self) -> tuple[Span, ...]:
        """Return the phases in time, as far as they can be known now."""
        spans: list[Span] = []
        start = Frames(0)
        for index in range(len(self.plan.phases)):
            end = self._end_of(index, start)
            if end is None or end > start:
                spans.append(Span(index, start, end))
            if end is None:
                break
            start = end
        return tuple(spans)

    def phase_at(self, frame: Frames) -> int:
        """Return the index of the phase that a frame lies in; the last one after the end."""
        spans = self.schedule()
        inside = (s.phase for s in spans if s.start <= frame and (s.end is None or frame < s.end))
        return next(inside, spans[-1].phase)

    def open_phase(self, frame: Frames) -> int:
        """Return the index of the first phase that something told on a frame can still change."""
        return self.phase_at(Frames(frame + LEAD))

    def end(self) -> Frames | None:
        """Return the first frame after the session's last sound; None while not known."""
        if self.stop is not None:
            fade = FAST_STOP_FADE if self.stop.kind is Kind.STOP_FAST else STOP_FADE
            return Frames(self.stop.frame + fade)
        last = self.schedule()[-1]
        return last.end if last.phase == len(self.plan.phases) - 1 else None

    def uses(self, anchor: Anchor) -> bool:
        """Return whether the plan times any phase by an anchor."""
        return any(anchor in {p.start.anchor, p.end.anchor} for p in self.plan.phases)

    def has_pump(self) -> bool:
        """Return whether a phase ends before the delivery does: it is then known beforehand."""
        ends = (phase.end for phase in self.plan.phases)
        return any(end.anchor is Anchor.DELIVERY_END and end.offset_s < 0 for end in ends)

    def _end_of(self, index: int, start: Frames) -> Frames | None:
        if index in self.ends:
            return max(self.ends[index], start)
        if index in self.standing():
            return None
        is_last = index == len(self.plan.phases) - 1
        due = None if is_last and self.attended else self._due(index)
        if due is None or self._waits_for_anchor(index):
            return None if due is None else max(due, start)
        return Frames(max(due, start) + self.stretches.get(index, 0))

    def _waits_for_anchor(self, index: int) -> bool:
        """Return whether a phase ends with an anchor itself: the anchor then ends it, no clock."""
        return self.plan.phases[index].end.offset_s == 0.0

    def _due(self, index: int) -> Frames | None:
        """Return when a phase's end falls by its anchor; None while that cannot be known."""
        boundary = self.plan.phases[index].end
        offset = frames_in(boundary.offset_s)
        happened = self.anchors.get(boundary.anchor)
        if happened is not None:
            return Frames(happened + (offset or LEAD))
        dose = self.anchors.get(Anchor.DOSE_START)
        if offset >= 0 or dose is None or self.paused_since is not None:
            return None
        return Frames(dose + frames_in(self.plan.delivery_s) + self.paused + offset)

    def standing(self) -> tuple[int, ...]:
        """Return the indexes of the phases whose clock stands still, by a hold or the pump."""
        moving = replace(self, held_since=None, paused_since=None, stands_from=None)
        since = (self.held_since, self.stands_from)
        return tuple(moving.open_phase(frame) for frame in since if frame is not None)
