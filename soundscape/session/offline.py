"""A session rendered without playing it: the very samples that the headphones would get."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soundscape.media.store import Store
from soundscape.session.cues import Cue
from soundscape.session.events import SessionEvent
from soundscape.session.files import track_label
from soundscape.session.level import ramps_of
from soundscape.session.plan import SessionPlan
from soundscape.session.rehearsal import with_assumed
from soundscape.session.renderer import CHUNK, Renderer, heard
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, seconds_in


def rehearsed(plan: SessionPlan, script: Sequence[SessionEvent]) -> Timeline:
    """Return the whole timeline of a session without staff; what the script leaves is assumed.

    A script that is impossible, or would never end, is refused with ``InvalidEventError``.
    """
    told = with_assumed(plan, script)
    end = unfold(plan, told, until=Frames(0), attended=False).end or Frames(0)
    return unfold(plan, told, until=end, attended=False)


def rendered(timeline: Timeline, store: Store) -> Iterator[NDArray[np.float32]]:
    """Yield a timeline's sound from its first frame to its last.

    Yields
    ------
    NDArray[np.float32], shape (frames, channels)
        Blocks of ``CHUNK`` frames, the last one shorter; level and guard applied.
    """
    ramps = tuple(ramp for event in timeline.course.applied for ramp in ramps_of(event))
    end = timeline.end or Frames(0)
    renderer = Renderer(timeline.course.plan, store)
    try:
        for start in range(0, end, CHUNK):
            block = renderer.chunk(timeline, start // CHUNK)[: end - start]
            heard(block, ramps, Frames(start))
            yield block
    finally:
        renderer.close()


def cue_table(timeline: Timeline) -> list[dict[str, Any]]:
    """Return the cues that sound before the session's end, as plain data."""
    end = timeline.end or Frames(0)
    return [_cue(timeline.course.plan, cue, end) for cue in timeline.cues if cue.start < end]


def _cue(plan: SessionPlan, cue: Cue, end: Frames) -> dict[str, Any]:
    return {
        **track_label(plan.tracks[cue.track]),
        "phase": str(plan.phases[cue.phase].name),
        "start_s": _s(cue.start),
        "end_s": _s(min(cue.end, end)),
        "source_in_s": _s(cue.source_in),
        "fade_in_s": _s(cue.fade_in),
        "fade_out_s": _s(cue.fade_out),
        "shape_in": str(cue.shape_in),
        "shape_out": str(cue.shape_out),
        "gain_db": round(cue.gain_db, 3),
    }


def _s(frames: int) -> float:
    return round(seconds_in(Frames(frames)), 6)
