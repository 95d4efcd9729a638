"""What a session has been told and what follows: script, live events, and the timeline of both.

No process, no file, no sound: the host asks it, and acts.
"""

from collections.abc import Iterable, Mapping, Sequence

from soundscape.errors import InvalidEventError
from soundscape.session.course import Course
from soundscape.session.events import Kind, SessionEvent, read_event
from soundscape.session.files import Armed, event_from_row
from soundscape.session.journal import Entry
from soundscape.session.reordering import check_order
from soundscape.session.rules import refusal, why_not
from soundscape.session.telling import after, course_of
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, frames_in

FORESIGHT = frames_in(600.0)
"""Cues are laid so far beyond what is rendered."""

SCRIPTED = "scripted"
"""The fact that marks an event of the script in the record, by its place there."""


class Conductor:
    """Holds a session's events and unfolds its timeline.

    Parameters
    ----------
    armed : Armed
        The plan, the script and the terms.
    entries : Sequence[Entry]
        The record so far, for a session that is taken up again.
    """

    def __init__(self, armed: Armed, entries: Sequence[Entry] = ()) -> None:
        self._armed = armed
        self._recorded = {e.facts[SCRIPTED] for e in entries if SCRIPTED in e.facts}
        self._live = list(live_events(entries))
        self._events = self._merged(self._live)
        self._timeline = self._unfolded(Frames(0))
        self._laid = FORESIGHT

    @property
    def events(self) -> tuple[SessionEvent, ...]:
        """All events, told and still to come, in order."""
        return tuple(self._events)

    def timeline(self, frame: Frames) -> Timeline:
        """Return the timeline, laid at least some minutes beyond a frame."""
        if frame + FORESIGHT // 2 > self._laid:
            self._timeline = self._unfolded(frame)
            self._laid = Frames(frame + FORESIGHT)
        return self._timeline

    def course_at(self, frame: Frames) -> Course:
        """Return what has been told up to a frame."""
        told = [event for event in self._events if event.frame <= frame]
        return course_of(self._armed.plan, told, attended=self._armed.terms.attended)

    def tell(self, name: object, facts: Mapping[str, object], frame: Frames) -> SessionEvent:
        """Take a live event; events of the script that it makes impossible are dropped.

        Parameters
        ----------
        name : object
            The event's name, not yet trusted.
        facts : Mapping[str, object]
            What it carries, not yet trusted.
        frame : Frames
            When it is told.

        Returns
        -------
        SessionEvent
            As taken.

        Raises
        ------
        InvalidEventError
            If it is unknown, badly formed, contradicts the plan or is impossible now; nothing has
            changed then.
        """
        event = read_event(name, facts, frame)
        check_order(event, self._armed.plan)
        reason = refusal(self.course_at(frame), event)
        if reason:
            raise InvalidEventError(reason)
        self._take(event)
        return event

    def bar(self, track: str, frame: Frames) -> SessionEvent | None:
        """Let a track that cannot be trusted not be begun, and be left where it sounds.

        Returns
        -------
        SessionEvent | None
            As taken; None where it changes nothing any more.
        """
        course = self.course_at(frame)
        if track in course.barred or why_not(course, Kind.TRACK_BARRED, frame):
            return None
        event = SessionEvent(frame, Kind.TRACK_BARRED, {"track": track})
        self._take(event)
        return event

    def due(self, frame: Frames) -> list[tuple[SessionEvent, dict[str, object]]]:
        """Return the script's events that a frame has passed, each once, with their facts."""
        passed = []
        for index, event in enumerate(self._armed.script):
            if event.frame <= frame and index not in self._recorded and event in self._events:
                self._recorded.add(index)
                passed.append((event, {**event.facts, SCRIPTED: index}))
        return passed

    def _take(self, event: SessionEvent) -> None:
        self._live.append(event)
        self._events = self._merged(self._live)
        self._timeline = self._unfolded(Frames(max(0, self._laid - FORESIGHT)))

    def _unfolded(self, frame: Frames) -> Timeline:
        until = Frames(frame + FORESIGHT)
        attended = self._armed.terms.attended
        return unfold(self._armed.plan, self._events, until=until, attended=attended)

    def _merged(self, live: Iterable[SessionEvent]) -> list[SessionEvent]:
        """Return live and scripted events in order, without scripted ones that cannot be."""
        told = list(live)
        course = Course(self._armed.plan, self._armed.terms.attended)
        kept = []
        for event in sorted([*told, *self._armed.script], key=lambda each: each.frame):
            if event not in told and refusal(course, event):
                continue
            course = after(course, event)
            kept.append(event)
        return kept


def live_events(entries: Iterable[Entry]) -> Iterable[SessionEvent]:
    """Return the events that people told a session, from its record."""
    for entry in entries:
        if entry.event in set(Kind) and SCRIPTED not in entry.facts:
            yield event_from_row({"frame": entry.frame, "event": entry.event, **entry.facts})


def told_events(entries: Iterable[Entry]) -> Iterable[SessionEvent]:
    """Return every event that has happened in a session, from its record."""
    for entry in entries:
        if entry.event in set(Kind):
            facts = {key: value for key, value in entry.facts.items() if key != SCRIPTED}
            yield event_from_row({"frame": entry.frame, "event": entry.event, **facts})
