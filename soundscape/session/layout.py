"""Lays cues along the phases: planned ones first, then the reserve, then the endless bed.

The rules, in the order they are asked: a phase's first cue starts where the phase does; a cue
that has sounded to its end hands over to the next of its phase; when a phase lasts longer than
was planned, the fitting track of the reserve follows, and when all has been heard, the bed.
While the sound is softened only calm music is begun: what is planned but livelier waits.
Where the plan has a gap, a cue fades out to its music's end, and the next begins after the gap.
A cue is only ever altered beyond the frame given to ``cut``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from soundscape.session.course import Course, Span
from soundscape.session.cues import Cue, LevelPoint, Shape, level_on
from soundscape.session.phases import energy_at
from soundscape.session.plan import PlannedCue, SessionPlan
from soundscape.units import Frames, Seconds, frames_in

CROSSFADE = frames_in(8.0)
NO_GAP = Frames(0)
LAST_FADE = frames_in(30.0)
SHORTEST = frames_in(60.0)
"""A track is not begun for less than this; the bed is, since it may be cut anywhere."""

EARLY = frames_in(15.0)
"""By so much a phase's first cue may come early when the music before it has ended."""

SHORTEST_FADE = frames_in(2.0)

CALM_ENERGY = 0.2
"""While the sound is softened nothing of more energy (0-1) is begun."""


@dataclass(frozen=True, slots=True)
class _Handover:
    """Where a cue hands over: at which frame, by which fade, to which phase, after which gap."""

    at: Frames
    fade: Frames
    phase: int
    gap: Frames = NO_GAP

    @property
    def begins(self) -> Frames:
        """The first frame on which it is heard: with a gap, the leaving cue goes before it."""
        return Frames(self.at - self.gap - self.fade) if self.gap else self.at


class Layout:
    """The cues, phases and levels of a session as they grow.

    Parameters
    ----------
    plan : SessionPlan
        What was planned.
    """

    def __init__(self, plan: SessionPlan) -> None:
        self.spans: list[Span] = []
        self.cues: list[Cue] = []
        self.levels: list[LevelPoint] = [LevelPoint(Frames(0), plan.phases[0].level_lu[0])]
        self._plan = plan
        self._planned = plan.cues
        # Where each cue's music ends in its file, by the cue's start.
        self._outs_s: dict[Frames, Seconds] = {}
        self._end: Frames | None = None
        self._leave: Frames | None = None
        self._changed = Frames(0)
        self._barred: frozenset[str] = frozenset()
        self._lively: frozenset[str] = frozenset()
        self._change = Frames(0)
        # Start of the cue that fades out before a gap, as long as it is the last or last but one.
        self._going: Frames | None = None

    def schedule(self, course: Course, change: Frames) -> None:
        """Take the phases of a course from a frame on; those before it stay as they were."""
        past = [s for s in self.spans if s.start < change]
        future = [s for s in course.schedule() if s.end is None or s.end > change]
        if past and future and past[-1].phase == future[0].phase:
            last = past.pop()
            future[0] = replace(future[0], start=last.start)
        elif past:
            past[-1] = replace(past[-1], end=change)
            future[:1] = [replace(s, start=max(s.start, change)) for s in future[:1]]
        self.spans = past + future
        self._changed = change
        last = self.spans[-1]
        is_last_phase = last.phase == len(self._plan.phases) - 1
        self._end = last.end if is_last_phase else None
        self._draw_levels(change)

    def cut(self, change: Frames) -> None:
        """Forget the cues that start at a frame or later; the last one before it goes on."""
        self.cues = [cue for cue in self.cues if cue.start < change]
        self._change = change
        if self._leave is not None and self._leave < change:
            self._leave = None
        if self.cues and not self._has_gone(self.cues[-1]):
            self._going = None
            self.cues[-1] = self._opened(self.cues[-1])

    def leave(self, change: Frames) -> None:
        """Hand the last cue over at a frame, before its end."""
        self._leave = change

    def bar(self, tracks: frozenset[str], change: Frames) -> None:
        """Begin none of these tracks, and hand over from one that sounds at a frame."""
        self._barred = tracks
        if self.cues and self.cues[-1].track in tracks:
            self.leave(change)

    def soften(self, *, softened: bool) -> None:
        """Begin only calm music from now on, or again what is planned; what sounds goes on."""
        tracks = self._plan.tracks.items() if softened else ()
        self._lively = frozenset(name for name, held in tracks if held.energy > CALM_ENERGY)

    def reorder(self, cues: tuple[PlannedCue, ...]) -> None:
        """Let tracks follow in another order than was planned; what has begun goes on."""
        self._planned = cues

    def keep(self, change: Frames) -> None:
        """Let the last cue go on in the phase that a frame lies in, wherever it was begun."""
        if self.cues:
            self.cues[-1] = replace(self.cues[-1], phase=self._span_at(change).phase)

    def lay(self, until: Frames) -> None:
        """Lay the cues that start up to a frame."""
        if not self.cues:
            self._begin()
        while self.cues:
            handover = self._handover(self.cues[-1])
            if handover is None or handover.begins > until or not self._hand_over(handover):
                return

    def _begin(self) -> None:
        cue = self._pick(Frames(0), self.spans[0].phase)
        if cue is not None:
            fade = frames_in(self._plan.phases[0].fade_s)
            self.cues.append(self._made(cue, Frames(0), self.spans[0].phase, fade))

    def _handover(self, cue: Cue) -> _Handover | None:
        """Return where and how a cue hands over; None at the end."""
        music_end = self._music_end(cue)
        ahead = self._next_span(cue)
        crossfade, gap = self._join_after(cue, ahead)
        # What follows may have become another, with a longer crossfade: not back beyond a change.
        natural = Frames(max(music_end + gap if gap else music_end - crossfade, self._change))
        leave = self._leave
        limit = natural if ahead is None else min(natural, ahead.start)
        if leave is not None and cue.start < leave < limit:
            return _Handover(leave, CROSSFADE, self._span_at(leave).phase)
        if ahead is not None and music_end >= ahead.start + SHORTEST_FADE:
            fade = min(frames_in(self._plan.phases[ahead.phase].fade_s), music_end - ahead.start)
            return _Handover(ahead.start, Frames(fade), ahead.phase)
        if ahead is not None and ahead.start - natural <= EARLY:
            return _Handover(natural, crossfade, ahead.phase, gap)
        if ahead is None and self._end is not None and music_end + EARLY >= self._end:
            self._close(cue, min(music_end, self._end))
            return None
        return _Handover(natural, crossfade, self._span_at(natural).phase, gap)

    def _hand_over(self, handover: _Handover) -> bool:
        """Let the next cue follow; return whether there is one."""
        leaving, at = self.cues[-1], handover.at
        planned = self._pick(at, handover.phase)
        if planned is None:
            return False
        arriving = self._made(planned, at, handover.phase, handover.fade)
        same = leaving.track == arriving.track
        shape = Shape.LINEAR if same else planned.shape
        if self._has_gone(leaving):
            self.cues.append(replace(arriving, shape_in=shape))
            return True
        if handover.gap:
            self._going = leaving.start
            self.cues[-1] = replace(leaving, fade_out=handover.fade, shape_out=shape)
            self.cues.append(replace(arriving, shape_in=shape))
            return True
        # One fade for both, or their powers would not add up to one.
        end = Frames(min(self._music_end(leaving), at + arriving.fade_in))
        both = Frames(end - at)
        self.cues[-1] = replace(leaving, end=end, fade_out=both, shape_out=shape)
        self.cues.append(replace(arriving, fade_in=both, shape_in=shape))
        return True

    def _has_gone(self, cue: Cue) -> bool:
        """Return whether a cue had begun to fade out before a gap: that is never taken back."""
        return cue.start == self._going and cue.end - cue.fade_out < self._change

    def _close(self, cue: Cue, end: Frames) -> None:
        if self._has_gone(cue):
            return
        fade = Frames(min(LAST_FADE, (end - cue.start) // 2))
        self.cues[-1] = replace(cue, end=end, fade_out=fade, shape_out=Shape.EQUAL_POWER)

    def _pick(self, at: Frames, phase: int) -> PlannedCue | None:
        """Return what sounds next: as planned, else from the reserve, else the bed."""
        heard = self._unfit()
        for planned in self._planned:
            if planned.phase == phase and planned.track not in heard:
                return planned
        ahead = [span.start for span in self.spans if span.start > at]
        limit = ahead[0] if ahead else self._end
        if limit is None or limit - at >= SHORTEST:
            target = self._target(at, phase)
            fitting = [c for c in self._spare(phase) if c.track not in heard]
            if fitting:
                energies = {c.track: self._plan.tracks[c.track].energy for c in fitting}
                return min(fitting, key=lambda c: abs(energies[c.track] - target))
        return self._last_resort(phase)

    def _last_resort(self, phase: int) -> PlannedCue | None:
        """Return the bed; if that is barred, what is calm and least familiar: never silence."""
        latest = dict.fromkeys(cue.track for cue in reversed(self.cues))
        fresh = (track for track in self._plan.reserve if track not in latest)
        later = (cue.track for cue in self._plan.cues if cue.track not in latest)
        others = sorted((*fresh, *reversed(latest), *later), key=self._lively.__contains__)
        for track in (self._plan.bed, *others):
            if track and track not in self._barred:
                return self._whole(track, phase)
        return None

    def _unfit(self) -> set[str]:
        """Return the tracks that are not to be begun: those heard, barred, or too lively now."""
        return {cue.track for cue in self.cues} | self._barred | self._lively

    def _spare(self, phase: int) -> Iterator[PlannedCue]:
        """Yield what may fill a phase beyond its plan: the reserve, then what was left out."""
        ahead = {cue.track for cue in self._planned if cue.phase >= phase}
        reserve = (self._whole(track, phase) for track in self._plan.reserve)
        yield from (cue for cue in (*reserve, *self._plan.cues) if cue.track not in ahead)

    def _target(self, at: Frames, phase: int) -> float:
        span = self._span_at(at)
        points = self._plan.phases[phase]
        if span.phase != phase or span.end is None:
            return points.energy[-1][1]
        return energy_at(points, (at - span.start) / (span.end - span.start))

    def _whole(self, track: str, phase: int) -> PlannedCue:
        held = self._plan.tracks[track]
        return PlannedCue(phase, track, held.music_start_s, held.music_end_s, 8.0)  # type: ignore[arg-type]

    def _made(self, planned: PlannedCue, start: Frames, phase: int, fade: Frames) -> Cue:
        source_in = frames_in(planned.source_in_s)
        length = Frames(frames_in(planned.source_out_s) - source_in)
        self._outs_s[start] = planned.source_out_s
        return Cue(
            track=planned.track,
            phase=phase,
            start=start,
            end=Frames(start + length),
            source_in=source_in,
            fade_in=Frames(min(fade, length // 3)),
            fade_out=Frames(min(CROSSFADE, length // 3)),
            shape_in=Shape.EQUAL_POWER,
            shape_out=Shape.EQUAL_POWER,
            gain_db=self._plan.tracks[planned.track].gain_db,
        )

    def _opened(self, cue: Cue) -> Cue:
        """Return a cue as if nothing followed it."""
        end = self._music_end(cue)
        return replace(cue, end=end, fade_out=self._fade_for(cue, CROSSFADE))

    def _music_end(self, cue: Cue) -> Frames:
        """Return the frame on which a cue's music would end by itself."""
        return Frames(cue.start + frames_in(self._outs_s[cue.start]) - cue.source_in)

    def _fade_for(self, cue: Cue, fade: Frames) -> Frames:
        return Frames(min(fade, (self._music_end(cue) - cue.start) // 3))

    def _join_after(self, cue: Cue, ahead: Span | None) -> tuple[Frames, Frames]:
        """Return fade and gap to the cue planned to follow in the phase, else the usual fade."""
        heard = self._unfit()
        following = (c for c in self._planned if c.phase == cue.phase and c.track not in heard)
        planned = next(following, None)
        if planned is None:
            return self._fade_for(cue, CROSSFADE), NO_GAP
        fade, gap = self._fade_for(cue, frames_in(planned.fade_s)), frames_in(planned.gap_s)
        music_end = self._music_end(cue)
        if not self._has_gone(cue) and music_end - fade < self._change:
            return fade, NO_GAP  # too late to go before a gap
        # The phase that follows begins with its music, and waits for no gap.
        return fade, gap if ahead is None else Frames(max(min(gap, ahead.start - music_end), 0))

    def _next_span(self, cue: Cue) -> Span | None:
        """Return the phase that follows a cue's; one that is past may have been taken back."""
        since = max(cue.start + 1, self._changed)
        later = (s for s in self.spans if s.start >= since and s.phase != cue.phase)
        return next(later, None)

    def _span_at(self, frame: Frames) -> Span:
        return [span for span in self.spans if span.start <= frame][-1]

    def _draw_levels(self, change: Frames) -> None:
        """Draw the level from a frame on: it glides into each phase and never steps."""
        now = LevelPoint(change, level_on(self.levels, change))
        points = [point for point in self.levels if point.frame < change] + [now]
        for span in self.spans:
            if span.end is not None and span.end <= change:
                continue
            phase = self._plan.phases[span.phase]
            if span.start >= change:
                points.append(LevelPoint(span.start, points[-1].level_lu))
                glide = frames_in(phase.fade_s)
                if span.end is not None:
                    glide = Frames(min(glide, (span.end - span.start) // 2))
                points.append(LevelPoint(Frames(span.start + glide), phase.level_lu[0]))
            if span.end is not None:
                points.append(LevelPoint(span.end, phase.level_lu[1]))
        self.levels = points
