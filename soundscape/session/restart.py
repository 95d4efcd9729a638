"""What a host that takes up a session learns from the deaths of those before it."""

from collections.abc import Sequence
from datetime import datetime

from soundscape.session.files import Armed
from soundscape.session.journal import Entry
from soundscape.session.positions import last_position
from soundscape.session.renderer import CHUNK
from soundscape.session.timeline import Timeline
from soundscape.units import Frames, frames_in, seconds_in

RESTARTED = "host_restarted"
WRITTEN = "written"
"""The fact of such an entry that says how far the dead host had rendered."""

_SAME_PLACE = frames_in(2.0)
_RENDERED_AT_ONCE = 2 * CHUNK


def suspect(entries: Sequence[Entry], written: Frames, timeline: Timeline) -> str | None:
    """Return the track that killed two hosts, by its content hash; None if none did.

    Two hosts in a row died where the same frames were due to be rendered. The track that begins
    last there is the one whose file was just being opened.

    Parameters
    ----------
    entries : Sequence[Entry]
        The record before this start.
    written : Frames
        How far the ring is written.
    timeline : Timeline
        What was to be rendered.
    """
    restarts = [entry for entry in entries if entry.event == RESTARTED]
    if not restarts or abs(restarts[-1].facts.get(WRITTEN, -1) - written) > _SAME_PLACE:
        return None
    due = [
        cue
        for cue in timeline.cues
        if cue.start < written + _RENDERED_AT_ONCE and cue.end > written
    ]
    return max(due, key=lambda cue: cue.start).track if due else None


def reached(armed: Armed, entries: Sequence[Entry]) -> Frames:
    """Return the frame that an interrupted session is known to have reached."""
    recorded = max((entry.frame for entry in entries), default=Frames(0))
    return last_position(armed.folder) or recorded


def interruption(armed: Armed, entries: Sequence[Entry]) -> str:
    """Return in one sentence when a session began, by the local clock, and how far it came."""
    minutes, seconds = divmod(round(seconds_in(reached(armed, entries))), 60)
    wall = datetime.fromisoformat(entries[0].wall).astimezone() if entries else None
    began = f"{wall:%Y-%m-%d %H:%M}" if wall else "?"
    return f"The session begun {began} was interrupted at {minutes}:{seconds:02} min."
