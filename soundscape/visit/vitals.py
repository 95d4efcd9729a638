"""When staff are reminded of vital signs: on the desk, silently; no value is read or judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from soundscape.session.phases import Anchor, Boundary

EARLY = timedelta(minutes=3)
"""Values taken so long before a prompt is due answer it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A reminder.

    Attributes
    ----------
    boundary : Boundary
        What it is counted from.
    due : datetime
        When, in UTC.
    taken : datetime | None
        When values were taken that answer it.
    late_min : int
        Whole minutes that it has been waiting; 0 when it is not due, or answered.
    """

    boundary: Boundary
    due: datetime
    taken: datetime | None
    late_min: int


def prompts(
    boundaries: Sequence[Boundary],
    anchors: Mapping[Anchor, datetime],
    taken: Sequence[datetime],
    at: datetime,
) -> tuple[Prompt, ...]:
    """Return the prompts whose time is known, in order.

    Values answer every prompt that was due by then: what was missed is not asked again.

    Parameters
    ----------
    boundaries : Sequence[Boundary]
        The route's.
    anchors : Mapping[Anchor, datetime]
        What has happened, in UTC; a prompt before the dose may be planned by a planned one.
    taken : Sequence[datetime]
        When values were taken.
    at : datetime
        Now, in UTC.
    """
    known = [
        (anchors[boundary.anchor] + timedelta(seconds=boundary.offset_s), boundary)
        for boundary in boundaries
        if boundary.anchor in anchors
    ]
    return tuple(
        _prompt(boundary, due, taken, at) for due, boundary in sorted(known, key=lambda k: k[0])
    )


def _prompt(boundary: Boundary, due: datetime, taken: Sequence[datetime], at: datetime) -> Prompt:
    answer = min((moment for moment in taken if moment >= due - EARLY), default=None)
    late = max(timedelta(0), at - due) if answer is None else timedelta(0)
    return Prompt(boundary, due, answer, late // timedelta(minutes=1))
