"""Reading the record: which file, offset, gain, light and screen there were at any second."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from soundscape.engine.automation import Lane, Ramp, lane_amplitude
from soundscape.errors import SessionError
from soundscape.session.conductor import told_events
from soundscape.session.files import Armed, track_label
from soundscape.session.journal import Entry
from soundscape.session.renderer import cue_amplitudes
from soundscape.session.scenery import scenery_of
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, Seconds, frames_in, seconds_in

RAMP = "level"
"""The entry that says how the master level changes."""

OUTAGE = "outage"
"""The entry that says how long nothing was heard that should have been."""

ENDED = "session_ended"
"""The entry that closes a record."""

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
    last = entries[-1].frame if entries else Frames(0)
    frame = frames_in(at_s) if math.isfinite(at_s) else Frames(-1)
    if not 0 <= frame <= last:
        end_s = seconds_in(last)
        raise SessionError(f"The record goes from 0 to {end_s:.1f} s; {at_s:g} s is outside it.")
    told = [event for event in told_events(entries) if event.frame <= frame]
    timeline = unfold(armed.plan, told, until=frame, attended=armed.terms.attended)
    span = timeline.span_at(frame)
    shown = scenery_of(timeline).at(frame)
    return {
        "t_s": at_s,
        "phase": str(armed.plan.phases[span.phase].name),
        "sounding": [] if _silent(entries, frame) else _sounding(timeline, entries, frame),
        "light": round(shown.light, 4),
        "screen": round(shown.screen, 4),
    }


def _sounding(timeline: Timeline, entries: Sequence[Entry], frame: Frames) -> list[dict[str, Any]]:
    ramps = ramps_in(entries)
    here = np.array([frame])
    master = 1.0
    for lane in Lane:
        master *= float(lane_amplitude(ramps, lane, here)[0])
    shared_db = timeline.level_lu(frame) + _decibels(master)
    found = []
    for cue in timeline.sounding(frame):
        own_db = _decibels(float(cue_amplitudes(cue, frame, Frames(1))[0]))
        offset = Frames(cue.source_in + frame - cue.start)
        found.append(
            {
                **track_label(timeline.course.plan.tracks[cue.track]),
                "offset_s": round(seconds_in(offset), 6),
                "gain_db": round(max(own_db + shared_db, _SILENT_DB), 2),
            }
        )
    return found


def _silent(entries: Sequence[Entry], frame: Frames) -> bool:
    """Return whether the record says that nothing could be heard on a frame."""
    return any(
        entry.event == OUTAGE
        and entry.frame <= frame < entry.frame + frames_in(entry.facts["silent_s"])
        for entry in entries
    )


def _decibels(ratio: float) -> float:
    return float(20.0 * np.log10(max(ratio, 1e-6)))


def _ratio(gain_db: float) -> float:
    return 0.0 if gain_db <= _SILENT_DB else float(10.0 ** (gain_db / 20.0))
