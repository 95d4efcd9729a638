"""What sounds when: a pure function of the plan and the events told so far.

A timeline is unfolded from the start each time, so that rendering, playing, resuming after a
crash and reading the record all see the same session. What begins before an event's frame
plus ``LEAD`` is never altered by that event.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from soundscape.session.course import LAID_ANEW, LEAD, STRUCTURAL, Course, Span
from soundscape.session.cues import Cue, LevelPoint, level_on
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.layout import Layout
from soundscape.session.plan import SessionPlan
from soundscape.session.reordering import reordered
from soundscape.session.telling import after
from soundscape.units import Frames


@dataclass(frozen=True, slots=True)
class Timeline:
    """A session unfolded.

    Attributes
    ----------
    course : Course
        What was told.
    spans : tuple[Span, ...]
        Phases as they were and as they are expected.
    cues : tuple[Cue, ...]
        In order of their starts, as far as the timeline was asked for.
    levels : tuple[LevelPoint, ...]
        In order.
    """

    course: Course
    spans: tuple[Span, ...]
    cues: tuple[Cue, ...]
    levels: tuple[LevelPoint, ...]

    @property
    def end(self) -> Frames | None:
        """The first frame after the session's last sound; None while not known."""
        return self.course.end()

    def span_at(self, frame: Frames) -> Span:
        """Return the phase that a frame lies in; the last one after the end."""
        begun = [span for span in self.spans if span.start <= frame]
        return begun[-1]

    def sounding(self, frame: Frames) -> tuple[Cue, ...]:
        """Return the cues that sound on a frame."""
        return tuple(cue for cue in self.cues if cue.start <= frame < cue.end)

    def level_lu(self, frame: Frames) -> float:
        """Return the session's level on a frame, in LU against nominal."""
        return level_on(self.levels, frame)


def unfold(
    plan: SessionPlan, events: Sequence[SessionEvent], *, until: Frames, attended: bool
) -> Timeline:
    """Return the timeline of a plan and its events; an impossible event is refused.

    Parameters
    ----------
    plan : SessionPlan
        What was planned.
    events : Sequence[SessionEvent]
        What was told, in order of frames.
    until : Frames
        Cues that start up to here are laid; those before do not depend on it.
    attended : bool
        Whether staff end the last phase, else it ends as planned.
    """
    layout = Layout(plan)
    course = Course(plan, attended)
    layout.schedule(course, Frames(0))
    for event in events:
        told = after(course, event)
        change = Frames(event.frame + LEAD)
        if event.kind in LAID_ANEW:
            layout.lay(change)
            layout.cut(change)
            layout.soften(softened=told.softened)
        if event.kind is Kind.REORDER:
            layout.reorder(reordered(event))
        if event.kind in STRUCTURAL:
            layout.schedule(told, change)
            layout.bar(told.barred, change)
            if event.kind is Kind.NEXT_TRACK:
                layout.leave(change)
            if event.kind is Kind.UNDO:
                layout.keep(change)
        course = told
    layout.lay(until)
    return Timeline(course, tuple(layout.spans), tuple(layout.cues), tuple(layout.levels))
