"""Whatever is planned and whatever is told: the sound never steps, stops, repeats or goes astray.

The same sessions are tried each time; ``SOUNDSCAPE_EXAMPLES`` sets how many others are tried
instead: a release is tried with thousands.
"""

import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from fakes.imagined import GAIN_DB, Imagined, natural_step, plans
from fakes.plans import other_order
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from soundscape.engine.automation import Ramp, with_ramp
from soundscape.media.store import Store
from soundscape.session.anchoring import anchor_of, last_touch
from soundscape.session.course import LEAD, Course
from soundscape.session.cues import Cue, Shape
from soundscape.session.events import OPTIONAL, Kind, SessionEvent
from soundscape.session.layout import CALM_ENERGY
from soundscape.session.level import ramps_of
from soundscape.session.phases import Anchor
from soundscape.session.plan import SessionPlan
from soundscape.session.renderer import CHUNK, Renderer, heard
from soundscape.session.rules import refusal
from soundscape.session.telling import after
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import SESSION_RATE_HZ, Frames, amplitude, frames_in

pytestmark = pytest.mark.slow
EXAMPLES = int(os.environ.get("SOUNDSCAPE_EXAMPLES", "0"))
AHEAD = frames_in(14.0)
REACH_S = 600.0
PLAYED_CHUNKS = 1000
GRID = frames_in(0.2)
GAPS_S = (0.0, 1.0, 4.0)
FACTS = {Kind.EXTEND: {"minutes": 0.5}, Kind.VOLUME: {"lu": -9.0}}
TOLD = sorted(set(Kind) - {Kind.NOTE, Kind.VITALS, Kind.CALL, Kind.CALL_SEEN})


@dataclass(frozen=True)
class Wish:
    """Something that staff would like to tell: near the how-manieth edge, or soon after the last.

    Edges are where cues and phases begin and end, as they are known when the wish is uttered.
    """

    kind: Kind
    edge: int
    offset_s: float


some = st.lists(
    st.builds(Wish, st.sampled_from(TOLD), st.integers(-3, 12), st.floats(-10.0, 10.0)),
    max_size=10,
)
dosed = st.builds(Wish, st.just(Kind.DOSE_START), st.integers(-1, 2), st.floats(-10.0, 10.0))
wishes = some | st.builds(lambda first, rest: [first, *rest], dosed, some)


@dataclass
class Telling:
    """A session to which wishes are told, one after the other."""

    plan: SessionPlan
    events: list[SessionEvent] = field(default_factory=list)

    def timeline(self, until_s: float = REACH_S) -> Timeline:
        """Return the timeline of what has been told."""
        return unfold(self.plan, self.events, until=frames_in(until_s), attended=True)

    def tell(self, wish: Wish) -> bool:
        """Tell a wish if it is possible; return whether it was."""
        event = self._event(wish)
        course = Course(self.plan, attended=True)
        for each in self.events:
            course = after(course, each)
        if event.frame > frames_in(REACH_S) or refusal(course, event):
            return False
        self.events.append(event)
        return True

    def _event(self, wish: Wish) -> SessionEvent:
        now = self.events[-1].frame if self.events else Frames(0)
        frame = now + abs(frames_in(wish.offset_s))
        timeline = self.timeline()
        edges = {edge for cue in timeline.cues for edge in (cue.start, cue.end - cue.fade_out)}
        edges |= {span.start for span in timeline.spans}
        ahead = sorted(edge for edge in edges if edge > now)
        if 0 <= wish.edge < len(ahead):
            frame = max(now, ahead[wish.edge] + frames_in(wish.offset_s))
        facts: dict[str, object] = dict(FACTS.get(wish.kind, {}))
        if wish.kind in OPTIONAL and wish.offset_s < 0.0:
            facts = {"ago_min": -wish.offset_s / 2.0}
        if wish.kind is Kind.CORRECT:
            touched = last_touch(self.events)
            anchor = Anchor.DOSE_START if touched is None else anchor_of(touched)
            facts = {"anchor": anchor, "ago_min": abs(wish.offset_s) / 2.0}
        if wish.kind is Kind.REORDER:
            facts = other_order(self.plan)
        if wish.kind is Kind.TRACK_BARRED:
            sounding = timeline.sounding(Frames(frame))  # nothing once the session has ended
            facts = {"track": sounding[-1].track if sounding else ""}
        return SessionEvent(Frames(frame), wish.kind, facts)


def told(plan: SessionPlan, wished: Sequence[Wish]) -> Telling:
    """Return a session to which all that is possible of some wishes was told."""
    telling = Telling(plan)
    for wish in wished:
        telling.tell(wish)
    return telling


thorough = settings(
    max_examples=EXAMPLES or 300,
    derandomize=not EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def shares(cue: Cue, frames: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the amplitude that a cue's fades leave of it on some frames, shape (frames,)."""
    rising = np.clip((frames - cue.start) / max(cue.fade_in, 1), 0.0, 1.0)
    falling = np.clip((cue.end - frames) / max(cue.fade_out, 1), 0.0, 1.0)
    sides = zip((rising, falling), (cue.shape_in, cue.shape_out), strict=True)
    bent = [
        np.sin(side * np.pi / 2.0) if law is Shape.EQUAL_POWER else side for side, law in sides
    ]
    return np.asarray(bent[0] * bent[1] * ((frames >= cue.start) & (frames < cue.end)))


def worst(values: NDArray[np.float64], frames: NDArray[np.int64], low: float, high: float) -> str:
    """Return where values leave a range, in words; empty if nowhere."""
    bad = np.flatnonzero((values < low) | (values > high))
    return f"{values[bad[0]]:.3f} at {frames[bad[0]] / SESSION_RATE_HZ:.2f} s" if len(bad) else ""


def sounding_end(timeline: Timeline) -> int:
    """Return the frame up to which a session has to sound: a stop fades in the holder."""
    last = timeline.cues[-1]
    known = [last.end - last.fade_out, frames_in(REACH_S)]
    return min(known if timeline.end is None else [*known, timeline.end])


@given(plans(), wishes)
@thorough
def test_something_sounds_at_its_level_all_the_time(plan: SessionPlan, wished: list[Wish]) -> None:
    timeline = told(plan, wished).timeline()
    frames = np.arange(timeline.cues[0].fade_in, sounding_end(timeline), GRID)

    power = np.sum([shares(cue, frames) ** 2 for cue in timeline.cues], axis=0)

    # -4 dB where somebody changes the track twice within a crossfade, 3 dB where three overlap
    assert not worst(power, frames, 0.4, 2.0)


@given(plans(GAPS_S), wishes)
@thorough
def test_silence_lasts_no_longer_than_a_gap_that_was_planned(
    plan: SessionPlan, wished: list[Wish]
) -> None:
    timeline = told(plan, wished).timeline()
    longest = frames_in(max([cue.gap_s for cue in plan.cues], default=0.0))

    reach = 0
    for cue in timeline.cues:
        assert cue.start - reach <= longest
        reach = max(reach, cue.end)


@given(plans(GAPS_S), wishes)
@thorough
def test_nothing_is_repeated_nor_leaves_its_music(plan: SessionPlan, wished: list[Wish]) -> None:
    telling = told(plan, wished)
    cues = telling.timeline().cues
    heard = [cue.track for cue in cues if cue.track != plan.bed]

    if plan.bed not in {event.facts.get("track") for event in telling.events}:
        assert len(heard) == len(set(heard))
    for cue in cues:
        track = plan.tracks[cue.track]
        assert frames_in(track.music_start_s) <= cue.source_in
        assert cue.source_in + cue.end - cue.start <= frames_in(track.music_end_s)
        assert cue.fade_in > 0
        assert 0 < cue.fade_out <= cue.end - cue.start


def is_softened(events: Sequence[SessionEvent], frame: int) -> bool:
    """Return whether a cue that begins on a frame begins while the sound is softened."""
    turns = {Kind.SOFTEN: True, Kind.UNSOFTEN: False}
    told = [turns[e.kind] for e in events if e.kind in turns and e.frame + LEAD <= frame]
    return bool(told) and told[-1]


@given(plans(GAPS_S), wishes)
@thorough
def test_nothing_lively_is_begun_while_the_sound_is_softened(
    plan: SessionPlan, wished: list[Wish]
) -> None:
    telling = told(plan, wished)
    begun = [c for c in telling.timeline().cues if is_softened(telling.events, c.start)]

    if plan.bed not in {event.facts.get("track") for event in telling.events}:
        lively = [c for c in begun if plan.tracks[c.track].energy > CALM_ENERGY]
        assert {cue.track for cue in lively} <= {plan.bed}


@given(plans(GAPS_S), wishes)
@thorough
def test_phases_come_in_their_order_as_they_are_lived(
    plan: SessionPlan, wished: list[Wish]
) -> None:
    telling = Telling(plan)
    lived: list[int] = []
    is_straight = True  # only an undo, of what was told wrongly, may take a phase back
    for wish in wished:
        before = telling.timeline()
        begun = telling.events[-1].frame + LEAD if telling.events else 0
        if telling.tell(wish):
            now = telling.events[-1].frame + LEAD
            lived += [s.phase for s in before.spans if (s.end or now) > begun and s.start < now]
            is_straight = is_straight and wish.kind is not Kind.UNDO
        spans = telling.timeline().spans
        numbers = [span.phase for span in spans]
        assert numbers == sorted(set(numbers)) or not is_straight
        assert all(left.end == right.start for left, right in itertools.pairwise(spans))

    assert lived == sorted(lived) or not is_straight


@given(plans(GAPS_S), wishes)
@thorough
def test_what_is_told_changes_nothing_that_is_about_to_be_heard(
    plan: SessionPlan, wished: list[Wish]
) -> None:
    telling = Telling(plan)
    for wish in wished:
        old = telling.timeline()
        if not telling.tell(wish):
            continue
        change = telling.events[-1].frame + LEAD
        new = telling.timeline()
        frames = np.arange(max(0, change - AHEAD), change, GRID // 8)

        assert shape_of(new, frames) == shape_of(old, frames)


def shape_of(timeline: Timeline, frames: NDArray[np.int64]) -> list[tuple[str, int, list[float]]]:
    """Return which tracks sound on some frames, from where in them, and at which amplitudes."""
    sounding = [cue for cue in timeline.cues if shares(cue, frames).any()]
    return [
        (cue.track, cue.source_in - cue.start, shares(cue, frames).tolist()) for cue in sounding
    ]


@pytest.fixture(scope="module")
def imagined() -> Imagined:
    return Imagined()


def played(telling: Telling, imagined: Imagined, chunks: int) -> NDArray[np.float32]:
    """Return what a session's ring has held as it was heard, written ahead and written again."""
    renderer = Renderer(telling.plan, Store(Path()), imagined)
    ring: list[NDArray[np.float32]] = []
    so_far = Telling(telling.plan)
    for event in telling.events:
        filled(ring, renderer, so_far.timeline(), min(chunks, (event.frame + AHEAD) // CHUNK))
        so_far.events.append(event)
        first = renderer.change(Frames(event.frame + LEAD))
        last = len(ring)
        del ring[first:]
        filled(ring, renderer, so_far.timeline(), last)
    filled(ring, renderer, so_far.timeline(), chunks)
    renderer.close()
    return np.concatenate(ring[:chunks])


def filled(
    ring: list[NDArray[np.float32]], renderer: Renderer, timeline: Timeline, until: int
) -> None:
    """Render chunks to the ring's end."""
    ring += [renderer.chunk(timeline, index) for index in range(len(ring), until)]


def mixed(timeline: Timeline, imagined: Imagined, start: int) -> NDArray[np.float64]:
    """Return a chunk as it is to be by its cues and the level, shape (CHUNK, 2)."""
    frames = np.arange(start, start + CHUNK)
    mix = np.zeros((CHUNK, 2))
    for cue in timeline.cues:
        if cue.start < start + CHUNK and cue.end > start:
            samples = imagined.frames(cue.track, start - cue.start + cue.source_in, CHUNK)
            mix += samples * (shares(cue, frames) * amplitude(cue.gain_db))[:, None]
    points = [point.frame for point in timeline.levels]
    level_lu = np.interp(frames, points, [point.level_lu for point in timeline.levels])
    return np.asarray(mix * 10.0 ** (level_lu[:, None] / 20.0))


@given(plans(GAPS_S), wishes, st.lists(st.integers(0, PLAYED_CHUNKS - 2), max_size=6))
@settings(thorough, max_examples=EXAMPLES // 10 or 12)
def test_what_is_heard_is_what_was_planned_without_a_step(
    imagined: Imagined, plan: SessionPlan, wished: list[Wish], looks: list[int]
) -> None:
    telling = told(plan, wished)
    timeline = telling.timeline()
    edges = [(cue.start + LEAD) // CHUNK for cue in timeline.cues]

    ring = played(telling, imagined, PLAYED_CHUNKS)

    for index in (look for look in {*looks, *edges} if look < PLAYED_CHUNKS):
        chunk = ring[index * CHUNK : (index + 1) * CHUNK]
        taken_up = Renderer(plan, Store(Path()), imagined)
        np.testing.assert_array_equal(taken_up.chunk(timeline, index), chunk)
        taken_up.close()
        np.testing.assert_allclose(chunk, mixed(timeline, imagined, index * CHUNK), atol=1e-6)
    ramps: tuple[Ramp, ...] = ()
    for ramp in (ramp for event in telling.events for ramp in ramps_of(event)):
        ramps = with_ramp(ramps, ramp)
    assert heard(ring, ramps, Frames(0)) == 0
    assert np.isfinite(ring).all()
    assert not steeper_than_natural(ring, timeline)


def steeper_than_natural(ring: NDArray[np.float32], timeline: Timeline) -> str:
    """Return where sound steps by more than its cues do by themselves; empty if nowhere."""
    frames = np.arange(0, len(ring), CHUNK // 4)
    together = np.sum([shares(cue, frames) for cue in timeline.cues], axis=0)
    level_lu = max(point.level_lu for point in timeline.levels)
    natural = natural_step() * amplitude(GAIN_DB) * 10.0 ** (level_lu / 20.0)
    steps = np.abs(np.diff(ring, axis=0, prepend=ring[:1])).max(axis=1)
    highest = steps.reshape(-1, CHUNK // 4).max(axis=1)
    near = np.maximum(together, np.append(together[1:], together[-1]))
    return worst(highest / (natural * np.maximum(near, 0.01)), frames, 0.0, 1.1)
