"""What a session passes as it is heard: told events, phases, cues; each recorded once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from soundscape.session.course import Span
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.files import track_label
from soundscape.session.journal import Entry
from soundscape.session.plan import SessionPlan
from soundscape.session.scenery import scenery_of
from soundscape.session.timeline import Timeline
from soundscape.units import Frames, seconds_in

Line = tuple[Frames, str, Mapping[str, Any]]
"""An entry for the record: frame, name, facts."""


class Passage:
    """Remembers what has been recorded, the call and the volume.

    Parameters
    ----------
    plan : SessionPlan
        Names the tracks.
    entries : Sequence[Entry]
        The record so far.
    """

    def __init__(self, plan: SessionPlan, entries: Sequence[Entry]) -> None:
        self._plan = plan
        self._passed = {(e.event, int(e.frame)) for e in entries if e.event in {"phase", "cue"}}
        self._pending: list[tuple[SessionEvent, Mapping[str, Any]]] = []
        self._called: SessionEvent | None = None
        self._is_seen = True
        self.volume_lu = 0.0
        for entry in entries:
            if entry.event in set(Kind):
                self.told(SessionEvent(entry.frame, Kind(entry.event), entry.facts))

    def told(self, event: SessionEvent) -> None:
        """Take note of an event that has happened."""
        if event.kind is Kind.CALL:
            self._called, self._is_seen = event, False
        elif event.kind is Kind.CALL_SEEN:
            self._is_seen = True
        elif event.kind is Kind.VOLUME:
            self.volume_lu = float(event.facts["lu"])

    def will_tell(self, event: SessionEvent, facts: Mapping[str, Any]) -> None:
        """Take an event of the script that is to be recorded when it is reached."""
        self._pending.append((event, facts))

    def same_call(self, name: object, frame: Frames, burst: Frames) -> SessionEvent | None:
        """Return the call that another touch belongs to: one not yet seen, or only just made."""
        if name != Kind.CALL or self._called is None:
            return None
        is_burst = frame - self._called.frame < burst
        return self._called if is_burst or not self._is_seen else None

    def call(self) -> tuple[str, float | None]:
        """Return the state of the patient's call, and when it was made in seconds."""
        if self._called is None:
            return "none", None
        return "seen" if self._is_seen else "sent", seconds_in(self._called.frame)

    def up_to(self, frame: Frames, timeline: Timeline) -> Iterator[Line]:
        """Yield what has been passed and not been recorded, as it is to be recorded."""
        for event, facts in [each for each in self._pending if each[0].frame <= frame]:
            self._pending.remove((event, facts))
            self.told(event)
            yield event.frame, str(event.kind), facts
        for span in timeline.spans:
            if span.start <= frame and self._is_new("phase", span.start):
                yield span.start, "phase", self._phase(span, timeline)
        for cue in timeline.cues:
            if cue.start <= frame and self._is_new("cue", cue.start):
                yield (
                    cue.start,
                    "cue",
                    {
                        **track_label(self._plan.tracks[cue.track]),
                        "source_in_s": round(seconds_in(cue.source_in), 6),
                        "fade_in_s": round(seconds_in(cue.fade_in), 6),
                        "shape_in": str(cue.shape_in),
                        "gain_db": round(cue.gain_db, 3),
                    },
                )

    def _phase(self, span: Span, timeline: Timeline) -> dict[str, Any]:
        """Return what the record says of a phase: its name, and the light as it begins."""
        shown = scenery_of(timeline).at(span.start)
        return {
            "phase": str(self._plan.phases[span.phase].name),
            "light": round(shown.light, 4),
            "screen": round(shown.screen, 4),
        }

    def _is_new(self, name: str, frame: Frames) -> bool:
        if (name, int(frame)) in self._passed:
            return False
        self._passed.add((name, int(frame)))
        return True
