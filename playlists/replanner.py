"""A live session's music planned anew, from its record, its plan and the library.

The session says when what follows was changed; the answer is another order of the tracks that
its chair holds. Read is the session's record, not a window's picture of it, so that the answer
is right to the frame whoever gives it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from playlists.arcs import Arc, load_arcs
from playlists.library.repository import Library
from playlists.models import Track
from playlists.presets import load_presets
from playlists.solver.attempt import Task
from playlists.solver.constraints import Rules, first_gate
from playlists.solver.cost import Taste
from playlists.solver.lacks import imagined
from playlists.solver.layout import MARGIN_S, Placed, Slot
from playlists.solver.pool import Wishes
from playlists.solver.replan import Planned, replan
from soundscape.folders import DataFolder
from soundscape.session.conductor import Conductor
from soundscape.session.course import Course, Span
from soundscape.session.cues import Cue
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.files import Armed, read_armed
from soundscape.session.journal import read_journal
from soundscape.session.layout import CROSSFADE
from soundscape.session.plan import Join, PlannedCue, PlannedTrack
from soundscape.session.rehearsal import expected_spans
from soundscape.session.reordering import reordered
from soundscape.session.timeline import Timeline
from soundscape.units import Frames, Seconds, frames_in, seconds_in

IN_TIME = frames_in(4.0)
"""What begins within this time is left as it is: the answer takes a moment to be heard."""

_FAR = frames_in(900.0)
"""So far ahead it is seen where what sounds hands over; hardly any music is longer."""

_SAME_S = 0.5

Facts = Mapping[str, object]
"""What the event ``reorder`` carries."""


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What does not change in a session: its plan, and what the library knows of its tracks."""

    armed: Armed
    tracks: Mapping[str, Track]
    arc: Arc | None
    rules: Rules
    wishes: Wishes


class Replanner:
    """Plans a chair's session anew, as often as it is asked.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._known: _Knowledge | None = None

    def answer(self, session: str, at: Seconds) -> Facts | None:
        """Return the order that is better than what is laid; None where that may stay.

        Parameters
        ----------
        session : str
            The session's identifier; without its record ``SessionError`` is raised.
        at : Seconds
            What is being heard, from the session's start.
        """
        known = self._knowledge(session)
        conductor = Conductor(known.armed, read_journal(known.armed.folder))
        now = frames_in(at)
        course = conductor.course_at(Frames(now + IN_TIME))
        if course.changed is None or course.softened or course.stop or not known.armed.plan.cues:
            return None
        timeline = conductor.timeline(Frames(now + _FAR))
        present = _present(known.armed.plan.cues, conductor.events)
        following = _following(known, course, (timeline, now), present)
        if not following or _are_alike(following, present, timeline, now):
            return None
        return {"cues": [asdict(cue) for cue in following]}

    def _knowledge(self, session: str) -> _Knowledge:
        """Return what does not change in a session, read once."""
        if self._known is None or self._known.armed.session != session:
            self._known = _known_of(self._folder, read_armed(self._folder, session))
        return self._known


def _known_of(folder: DataFolder, armed: Armed) -> _Knowledge:
    plan = armed.plan
    with Library.open(folder.library) as library:
        found = (library.track(name) for name in plan.tracks if name != plan.bed)
        # The chair has its own copy of each file, wherever the library's is now.
        tracks = {one.content_hash: replace(one, present=True) for one in found if one}
    preset = load_presets(folder).get(plan.preset)
    return _Knowledge(
        armed=armed,
        tracks=tracks,
        arc=load_arcs(folder.arcs).get(plan.arc),
        rules=Rules(preset.avoided if preset else frozenset()),
        wishes=Wishes(Taste(preset.liked if preset else frozenset()), plan.seed),
    )


def _following(
    known: _Knowledge,
    course: Course,
    heard: tuple[Timeline, Frames],
    present: Sequence[PlannedCue],
) -> list[PlannedCue]:
    """Return the tracks that are to follow what sounds; empty if no order can be found."""
    timeline, now = heard
    cues = timeline.cues
    last = max(place for place, cue in enumerate(cues) if cue.start <= now + IN_TIME)
    before = [_placed(known, cue) for cue in cues[: last + 1]]
    following = cues[last + 1 : last + 2]
    hands_over = following[0].start if following else Frames(cues[last].end - CROSSFADE)
    before[-1] = replace(before[-1], end_s=seconds_in(hands_over))
    spans = [span for span in expected_spans(course, Frames(now + IN_TIME)) if span.end]
    slots = tuple(_slot(known, span) for span in spans)
    free = [
        track
        for name, track in known.tracks.items()
        if name not in course.barred and first_gate(track, known.rules) is None
    ]
    names = {cue.track.content_hash for cue in before}
    planned = _planned(known, [cue for cue in present if cue.track not in names], spans)
    found = replan(Task(slots, known.wishes), before, free, planned)
    placed = [_cue(known.armed.plan.tracks, cue, spans[cue.slot].phase) for cue in found]
    goes_on = bool(placed) and found[0].start_s > slots[found[0].slot].start_s
    if goes_on and following:
        # Where it was to begin was reckoned with its join.
        laid = next((cue for cue in present if cue.track == following[0].track), placed[0])
        fade_s = seconds_in(following[0].fade_in)
        placed[0] = replace(placed[0], fade_s=fade_s, shape=laid.shape, gap_s=laid.gap_s)
    return placed


def _slot(known: _Knowledge, span: Span) -> Slot:
    """Return a phase where it now lies."""
    phases = known.armed.plan.phases
    phase, after = phases[span.phase], phases[span.phase + 1 : span.phase + 2]
    end_s = seconds_in(span.end or span.start)
    overlap_s = after[0].fade_s + MARGIN_S if after else 0.0
    liked_hz = known.arc.brightness_hz(phase.name) if known.arc else None
    return Slot(phase, seconds_in(span.start), end_s, Seconds(end_s + overlap_s), liked_hz)


def _placed(known: _Knowledge, cue: Cue) -> Placed:
    """Return what was heard; a track that the library does not know is taken to be even."""
    planned = known.armed.plan.tracks[cue.track]
    track = known.tracks.get(cue.track) or replace(
        imagined(planned.title, planned.energy), content_hash=cue.track, artist=planned.artist
    )
    start_s, end_s = seconds_in(cue.start), seconds_in(Frames(cue.end - cue.fade_out))
    join = Join(seconds_in(cue.fade_in))
    return Placed(track, 0, start_s, end_s, Seconds(end_s - start_s), join)


def _planned(known: _Knowledge, present: Sequence[PlannedCue], spans: Sequence[Span]) -> Planned:
    """Return what was to follow until now, by the places of its phases among those to come."""
    return {
        place: [
            (known.tracks[cue.track], cue.join)
            for cue in present
            if cue.phase == span.phase and cue.track in known.tracks
        ]
        for place, span in enumerate(spans)
    }


def _present(
    planned: tuple[PlannedCue, ...], events: Sequence[SessionEvent]
) -> tuple[PlannedCue, ...]:
    """Return the order that holds: the last that was told, or the plan's own."""
    told = [event for event in events if event.kind is Kind.REORDER]
    return reordered(told[-1]) if told else planned


def _cue(tracks: Mapping[str, PlannedTrack], placed: Placed, phase: int) -> PlannedCue:
    name = placed.track.content_hash
    source_in_s = tracks[name].music_start_s
    source_out_s = Seconds(source_in_s + placed.source_length_s)
    join = placed.join
    return PlannedCue(phase, name, source_in_s, source_out_s, join.fade_s, join.shape, join.gap_s)


def _are_alike(
    following: Sequence[PlannedCue],
    present: Sequence[PlannedCue],
    timeline: Timeline,
    now: Frames,
) -> bool:
    """Return whether what follows would follow anyway."""
    heard = {cue.track for cue in timeline.cues if cue.start <= now + IN_TIME}
    rest = [cue for cue in present if cue.track not in heard]
    return len(rest) == len(following) and all(
        (one.phase, one.track) == (other.phase, other.track)
        and abs(one.source_out_s - other.source_out_s) < _SAME_S
        for one, other in zip(rest, following, strict=True)
    )
