"""Each join sounds as the plan says, to the sample: crossed by its law, or with a breath."""

from dataclasses import replace

import numpy as np
import pytest
from fakes.plans import data_folder, short_plan
from numpy.typing import NDArray

from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session.course import LEAD
from soundscape.session.cues import Cue, Shape
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.gains import cue_amplitudes
from soundscape.session.offline import cue_table, rehearsed
from soundscape.session.plan import Join, SessionPlan
from soundscape.session.renderer import CHUNK, Renderer
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, Seconds, amplitude, frames_in

UNIT_S = 40.0
MUSIC_END = frames_in(0.4 * UNIT_S)
"""Where the first track of a phase ends, after the phase's start."""

FADE = frames_in(4.0)
GAP = frames_in(2.5)
BREATH = Join(Seconds(4.0), Shape.EQUAL_POWER, Seconds(2.5))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return data_folder(tmp_path_factory.mktemp("joins"))


@pytest.fixture(scope="module")
def plan(folder: DataFolder) -> SessionPlan:
    return short_plan(folder, UNIT_S)


def joined(plan: SessionPlan, join: Join) -> SessionPlan:
    """Return a plan with a join from each phase's first track to its second."""
    cues = [
        replace(cue, fade_s=join.fade_s, shape=join.shape, gap_s=join.gap_s) if number % 2 else cue
        for number, cue in enumerate(plan.cues)
    ]
    return replace(plan, cues=tuple(cues))


def told(plan: SessionPlan, *events: tuple[float, Kind]) -> Timeline:
    made = [SessionEvent(frames_in(at_s), kind) for at_s, kind in events]
    return unfold(plan, made, until=frames_in(400.0), attended=True)


def fades(cue: Cue, first: int, length: int) -> NDArray[np.float64]:
    """Return what a cue's fades leave of it, shape (length,)."""
    return cue_amplitudes(cue, Frames(first), Frames(length)) / amplitude(cue.gain_db)


@pytest.mark.parametrize(
    ("shape", "middle"), [(Shape.EQUAL_POWER, np.sqrt(0.5)), (Shape.LINEAR, 0.5)]
)
def test_two_pieces_cross_by_the_law_of_their_join(
    plan: SessionPlan, shape: Shape, middle: float
) -> None:
    leaving, arriving = told(joined(plan, Join(Seconds(4.0), shape))).cues[:2]
    share = np.arange(FADE) / FADE
    rising = share if shape is Shape.LINEAR else np.sin(share * np.pi / 2.0)
    falling = 1.0 - share if shape is Shape.LINEAR else np.sin((1.0 - share) * np.pi / 2.0)

    assert (arriving.start, arriving.fade_in) == (MUSIC_END - FADE, FADE)
    assert (leaving.end, leaving.fade_out) == (MUSIC_END, FADE)
    np.testing.assert_allclose(fades(arriving, arriving.start, FADE), rising, rtol=0.0, atol=1e-15)
    np.testing.assert_allclose(fades(leaving, arriving.start, FADE), falling, rtol=0.0, atol=1e-15)
    assert fades(leaving, arriving.start + FADE // 2, 1)[0] == pytest.approx(middle)


@pytest.mark.parametrize("shape", Shape)
def test_before_a_gap_a_piece_fades_to_its_end_and_the_next_begins_after_it(
    plan: SessionPlan, shape: Shape
) -> None:
    leaving, arriving = told(joined(plan, replace(BREATH, shape=shape))).cues[:2]

    assert (leaving.end, leaving.fade_out, leaving.shape_out) == (MUSIC_END, FADE, shape)
    assert (arriving.start, arriving.fade_in) == (MUSIC_END + GAP, FADE)
    assert (arriving.shape_in, arriving.source_in) == (shape, 0)


def test_a_gap_is_silent_to_the_sample_and_only_the_gap(
    plan: SessionPlan, folder: DataFolder
) -> None:
    timeline = rehearsed(joined(plan, BREATH), ())
    renderer = Renderer(timeline.course.plan, Store(folder.store))
    first, last = (MUSIC_END - FADE) // CHUNK, (MUSIC_END + GAP + FADE) // CHUNK
    rendered = np.concatenate([renderer.chunk(timeline, n) for n in range(first, last)])
    renderer.close()

    start = MUSIC_END - first * CHUNK
    loud = np.abs(rendered).max(axis=1)
    assert not rendered[start : start + GAP].any()
    assert loud[start - 200 : start].any()
    assert loud[start + GAP + 1 : start + GAP + 200].any()


@pytest.mark.parametrize("offset_s", [-2.0, -1.0, 0.0, 0.5])
def test_a_phase_that_begins_within_a_gap_takes_nothing_back(
    plan: SessionPlan, offset_s: float
) -> None:
    """The fade goes on to the end that it had; the phase's music comes at its own second."""
    plan = joined(plan, BREATH)
    at_s = 0.4 * UNIT_S + offset_s

    before = told(plan)
    after = told(plan, (at_s, Kind.DOSE_START))

    change = frames_in(at_s) + LEAD
    assert after.cues[0] == before.cues[0]
    assert after.cues[1].start in {change - LEAD, change}
    assert after.cues[1].phase == 1


def test_another_track_in_the_fade_before_a_gap_comes_at_once(plan: SessionPlan) -> None:
    plan = joined(plan, BREATH)
    at_s = 0.4 * UNIT_S - 3.0

    leaving, arriving = told(plan, (at_s, Kind.NEXT_TRACK)).cues[:2]

    assert leaving == told(plan).cues[0]
    assert arriving.start == frames_in(at_s) + LEAD


def test_no_phase_waits_for_a_gap(plan: SessionPlan) -> None:
    breath = joined(plan, BREATH)
    # The phase is heard a second after it was told; this ends a second before the next.
    longer = replace(breath.cues[2], source_out_s=Seconds(UNIT_S - 2.0))
    breath = replace(breath, cues=(*breath.cues[:2], longer, *breath.cues[3:]))

    timeline = rehearsed(breath, ())

    span = next(one for one in timeline.spans if one.phase == 2)
    leaving, arriving = (
        cue for cue in timeline.cues if cue.phase in {1, 2} and cue.start <= span.start
    )
    assert leaving.end == span.start - frames_in(1.0)
    assert arriving.start == span.start


def test_the_cue_table_says_the_law_of_each_fade(plan: SessionPlan) -> None:
    rows = cue_table(rehearsed(joined(plan, Join(Seconds(4.0), Shape.LINEAR)), ()))

    assert [(row["shape_in"], row["shape_out"]) for row in rows[:2]] == [
        ("equal power", "linear"),
        ("linear", "equal power"),
    ]
