"""When what times a session has happened: as it was touched, or as staff say it was before.

An anchor is told when somebody touches it. Staff may say that it happened some minutes before,
with the touch or later: the record keeps both, and what is still to come is timed by what was
said. What has been heard stays as it was.
"""

from collections.abc import Iterable

from soundscape.session.events import AGO, Kind, SessionEvent
from soundscape.session.phases import Anchor
from soundscape.units import Frames, frames_in

_TOUCHES = {Kind(anchor): anchor for anchor in Anchor} | {
    Kind.PUMP_STOPPED_EARLY: Anchor.DELIVERY_END
}


def anchor_of(event: SessionEvent) -> Anchor | None:
    """Return the anchor that an event sets or corrects; None where it does neither."""
    if event.kind is Kind.CORRECT:
        return Anchor(event.facts["anchor"])
    return _TOUCHES.get(event.kind)


def last_touch(
    events: Iterable[SessionEvent], anchor: Anchor | None = None
) -> SessionEvent | None:
    """Return the event that set an anchor last; any anchor where none is named."""
    touched = None
    for event in events:
        if event.kind in _TOUCHES and anchor in {None, _TOUCHES[event.kind]}:
            touched = event
    return touched


def ago_min(events: Iterable[SessionEvent], anchor: Anchor) -> float:
    """Return by how many minutes an anchor happened before it was touched, as was said last."""
    said = 0.0
    for event in events:
        if anchor_of(event) is anchor:
            said = float(event.facts.get(AGO, 0.0))
    return said


def happened(events: Iterable[SessionEvent], anchor: Anchor) -> Frames | None:
    """Return when an anchor happened, as was said last; None where nobody has touched it."""
    told = tuple(events)
    touched = last_touch(told, anchor)
    if touched is None:
        return None
    return Frames(touched.frame - frames_in(60.0 * ago_min(told, anchor)))
