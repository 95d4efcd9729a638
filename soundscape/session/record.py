"""Reading the record: which file, offset, gain, light and screen there were at any second."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from soundscape.engine.automation import Lane, Ramp, lane_amplitude
from soundscape.errors import SessionError
from soundscape.sensory.scene import Scenery
from soundscape.session.conductor import told_events
from soundscape.session.events import SessionEvent
from soundscape.session.files import Armed, track_label
from soundscape.session.gains import cue_amplitudes
from soundscape.session.journal import Entry
from soundscape.session.scenery import scenery_of
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, Seconds, frames_in, seconds_in

RAMP = "level"
"""The entry that says how the master level changes."""

OUTAGE = "outage"
"""The entry that says how long nothing was heard that should have been."""

_SILENT_DB = -120.0


def ramp_facts(ramp: Ramp) -> dict[str, Any]:
    """Return what the record says of a ramp."""
    return {
        "lane": str(ramp.lane),
        "length_s": round(seconds_in(ramp.length), 6),
        "target_db": round(_decibels(ramp.target), 3),
    }


def ramps_in(entries: Sequence[Entry]) -> tuple[Ramp, ...]:
    """Return the ramps that a record holds, in order."""
    ramps = [
        Ramp(
            Lane(entry.facts["lane"]),
            entry.frame,
            Frames(max(1, frames_in(entry.facts["length_s"]))),
            _ratio(entry.facts["target_db"]),
        )
        for entry in entries
        if entry.event == RAMP
    ]
    return tuple(sorted(ramps, key=lambda ramp: ramp.start))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a record in which nothing was told: what there was on any of its frames."""

    timeline: Timeline
    scenery: Scenery
    ramps: tuple[Ramp, ...]
    outages: tuple[Entry, ...]

    def at(self, frame: Frames) -> dict[str, Any]:
        """Return what there was on a frame."""
        phases = self.timeline.course.plan.phases
        shown = self.scenery.at(frame)
        return {
            "t_s": round(seconds_in(frame), 6),
            "phase": str(phases[self.timeline.span_at(frame).phase].name),
            "sounding": [] if _silent(self.outages, frame) else self._sounding(frame),
            "light": round(shown.light, 4),
            "screen": round(shown.screen, 4),
        }

    def _sounding(self, frame: Frames) -> list[dict[str, Any]]:
        here = np.array([frame])
        master = math.prod(float(lane_amplitude(self.ramps, lane, here)[0]) for lane in Lane)
        shared_db = self.timeline.level_lu(frame) + _decibels(master)
        found = []
        for cue in self.timeline.sounding(frame):
            own_db = _decibels(float(cue_amplitudes(cue, frame, Frames(1))[0]))
            offset = Frames(cue.source_in + frame - cue.start)
            found.append(
                {
                    **track_label(self.timeline.course.plan.tracks[cue.track]),
                    "offset_s": round(seconds_in(offset), 6),
                    "gain_db": round(max(own_db + shared_db, _SILENT_DB), 2),
                }
            )
        return found


def reconstruct(armed: Armed, entries: Sequence[Entry], at_s: Seconds) -> dict[str, Any]:
    """Return what there was at a second of a session.

    Parameters
    ----------
    armed : Armed
        The session.
    entries : Sequence[Entry]
        Its record.
    at_s : Seconds
        Since its start.

    Returns
    -------
    dict[str, Any]
        ``t_s``, ``phase``, ``sounding``, ``light`` and ``screen`` (0-1).

    Raises
    ------
    SessionError
        If the session had not begun or had ended by then.
    """
    last = last_frame(entries)
    frame = frames_in(at_s) if math.isfinite(at_s) else Frames(-1)
    if not 0 <= frame <= last:
        end_s = seconds_in(last)
        raise SessionError(f"The record goes from 0 to {end_s:.1f} s; {at_s:g} s is outside it.")
    told = [event for event in told_events(entries) if event.frame <= frame]
    return _stretch(armed, entries, told, frame).at(frame) | {"t_s": at_s}


def each_second(armed: Armed, entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """Yield what there was at each whole second of a session, as ``reconstruct`` says it."""
    told = list(told_events(entries))
    last_s = int(seconds_in(last_frame(entries)))
    stretch, heard = None, -1
    for second in range(last_s + 1) if entries else ():
        frame = frames_in(float(second))
        until = bisect_right(told, frame, key=lambda event: event.frame)
        if stretch is None or until != heard:
            end = told[until].frame if until < len(told) else last_frame(entries)
            stretch, heard = _stretch(armed, entries, told[:until], end), until
        yield stretch.at(frame)


def played(armed: Armed, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return what was played in a session, in order of its starts.

    Returns
    -------
    list[dict[str, Any]]
        ``track`` (its file's SHA-256), ``title``, ``artist``, ``start_s`` and ``end_s`` since
        the session's start, ``offset_s`` in the track at its start, and its trim ``gain_db``.
    """
    last = last_frame(entries)
    told = list(told_events(entries))
    timeline = unfold(armed.plan, told, until=last, attended=armed.terms.attended)
    return [
        {
            **track_label(armed.plan.tracks[cue.track]),
            "start_s": round(seconds_in(cue.start), 6),
            "end_s": round(seconds_in(Frames(min(cue.end, last))), 6),
            "offset_s": round(seconds_in(cue.source_in), 6),
            "gain_db": round(cue.gain_db, 2),
        }
        for cue in timeline.cues
        if cue.start < last
    ]


def last_frame(entries: Sequence[Entry]) -> Frames:
    """Return the frame that a record ends on; 0 where there is none."""
    return entries[-1].frame if entries else Frames(0)


def _stretch(
    armed: Armed, entries: Sequence[Entry], told: Sequence[SessionEvent], until: Frames
) -> _Stretch:
    timeline = unfold(armed.plan, told, until=until, attended=armed.terms.attended)
    outages = tuple(entry for entry in entries if entry.event == OUTAGE)
    return _Stretch(timeline, scenery_of(timeline), ramps_in(entries), outages)


def _silent(outages: Sequence[Entry], frame: Frames) -> bool:
    """Return whether the record says that nothing could be heard on a frame."""
    return any(
        entry.frame <= frame < entry.frame + frames_in(entry.facts["silent_s"])
        for entry in outages
    )


def _decibels(ratio: float) -> float:
    return float(20.0 * np.log10(max(ratio, 1e-6)))


def _ratio(gain_db: float) -> float:
    return 0.0 if gain_db <= _SILENT_DB else float(10.0 ** (gain_db / 20.0))
