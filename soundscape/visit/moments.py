"""Moments of a session in the world's time, read from its record.

A session counts frames; its record labels entries with the wall clock. Between two entries the
moment is counted on from the earlier one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from soundscape.errors import SessionError
from soundscape.session.conductor import told_events
from soundscape.session.files import Armed
from soundscape.session.journal import Entry
from soundscape.session.phases import Anchor
from soundscape.session.telling import course_of
from soundscape.units import Frames, seconds_in


def moment_of(entries: Sequence[Entry], frame: Frames) -> datetime:
    """Return when a frame of a session was, in UTC.

    Raises
    ------
    SessionError
        If the record is empty.
    """
    if not entries:
        raise SessionError("The session's record is empty; nothing was played yet.")
    before = [entry for entry in entries if entry.frame <= frame] or [entries[0]]
    near = max(before, key=lambda entry: (entry.frame, entry.seq))
    passed = timedelta(seconds=seconds_in(Frames(frame - near.frame)))
    return datetime.fromisoformat(near.wall).astimezone(UTC) + passed


def anchors_of(armed: Armed, entries: Sequence[Entry]) -> dict[Anchor, datetime]:
    """Return when each anchor of a session happened, in UTC, as staff said last.

    What was undone is not there.
    """
    told = tuple(told_events(entries))
    course = course_of(armed.plan, told, attended=armed.terms.attended)
    return {anchor: moment_of(entries, frame) for anchor, frame in course.anchors.items()}


def ended_at(entries: Sequence[Entry]) -> datetime:
    """Return when the last entry of a session's record was, in UTC."""
    return moment_of(entries, max((entry.frame for entry in entries), default=Frames(0)))
