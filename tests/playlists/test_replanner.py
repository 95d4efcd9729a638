"""A live session's answer to what staff tell: what sounds stays, the rest follows the arc anew."""

import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.plans import make_short_bed
from fakes.tracks import library, with_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playlists.compiler import PlanRequest, make_plan
from playlists.library.repository import Library
from playlists.replanner import IN_TIME, Facts, Replanner
from playlists.stock import Stock
from soundscape.folders import DataFolder
from soundscape.session.conductor import Conductor
from soundscape.session.course import LEAD
from soundscape.session.events import Kind
from soundscape.session.files import Armed, Terms, arm
from soundscape.session.journal import Journal, read_journal
from soundscape.session.phases import energy_at
from soundscape.session.plan import SessionPlan
from soundscape.session.rehearsal import with_assumed
from soundscape.session.rules import possible
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, Seconds, frames_in

DOSE_S = 900.0
SOON_S = 0.1
NEVER_S = 12_000.0


@dataclass
class Chair:
    """A session whose staff tell it things, without a host: its record and what follows of it."""

    folder: DataFolder
    armed: Armed

    def conductor(self) -> Conductor:
        """Return what takes the session up from its record."""
        return Conductor(self.armed, read_journal(self.armed.folder))

    def tell(self, at_s: float, event: str, **facts: object) -> None:
        """Tell the session something that is possible."""
        frame = frames_in(at_s)
        taken = self.conductor().tell(event, facts, frame)
        journal = Journal(self.armed.folder, FakeClock())
        journal.add(frame, str(taken.kind), taken.facts)
        journal.close()

    def answer(self, at_s: float) -> Facts | None:
        """Return what a desk would answer."""
        return Replanner(self.folder).answer(self.armed.session, Seconds(at_s))

    def timeline(self) -> Timeline:
        """Return the session if nothing more is told but what is still to be set, as planned."""
        plan = self.armed.plan
        events = with_assumed(plan, self.conductor().events)
        return unfold(plan, events, until=frames_in(NEVER_S), attended=False)

    def energy_error(self) -> float:
        """Return the mean distance from the arc, over the whole session."""
        timeline, plan = self.timeline(), self.armed.plan
        errors = []
        for at in range(0, timeline.end or 0, frames_in(10.0)):
            span = timeline.span_at(Frames(at))
            done = (at - span.start) / ((span.end or at) - span.start)
            track = plan.tracks[timeline.sounding(Frames(at))[-1].track]
            errors.append(abs(track.energy - energy_at(plan.phases[span.phase], done)))
        return sum(errors) / len(errors)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, SessionPlan]:
    """Return a chair's data, and a plan from its library."""
    root = tmp_path_factory.mktemp("chair")
    folder, tracks = DataFolder(root / "data"), with_files(library(60), root)
    make_short_bed(folder)
    plan = make_plan(PlanRequest("iv"), Stock(tracks), folder, clock=FakeClock()).plan
    assert plan is not None
    with Library.open(folder.library) as known:
        known.save(*tracks)
    return folder, plan


@pytest.fixture
def chair(planned: tuple[DataFolder, SessionPlan]) -> Chair:
    """Return an attended session whose dose was started as planned."""
    return begun(*planned)


def begun(folder: DataFolder, plan: SessionPlan) -> Chair:
    """Begin a session whose dose is started as planned."""
    chair = Chair(folder, arm(folder, plan, (), Terms("null", 1.0, attended=True), FakeClock()))
    started = Journal(chair.armed.folder, FakeClock())
    started.add(Frames(0), "session_started", {})
    started.close()
    chair.tell(DOSE_S, "dose_start")
    return chair


def test_a_session_that_goes_as_planned_stays_as_it_is(chair: Chair) -> None:
    assert chair.answer(DOSE_S + 1.0) is None


@pytest.mark.parametrize("minutes", [6.0, 12.0])
def test_a_longer_phase_follows_the_arc_better_for_the_answer(
    chair: Chair, minutes: float
) -> None:
    chair.tell(1700.0, "extend", minutes=minutes)
    before, without = chair.timeline().cues, chair.energy_error()

    answer = chair.answer(1700.5)
    assert answer is not None
    chair.tell(1701.0, "reorder", **answer)

    begun = [cue for cue in before if cue.start <= frames_in(1700.5) + IN_TIME]
    after = chair.timeline().cues
    heard = [cue.track for cue in after]
    assert heard[: len(begun)] == [cue.track for cue in begun]
    assert len(heard) == len(set(heard))
    assert chair.armed.plan.bed not in heard
    assert chair.energy_error() < without


def test_the_host_lays_the_answer_just_where_it_was_planned(chair: Chair) -> None:
    chair.tell(1500.0, "extend", minutes=6.0)
    answer = chair.answer(1500.5)
    assert answer is not None
    wanted = [(cue["phase"], cue["track"]) for cue in answer["cues"]]  # type: ignore[attr-defined]

    chair.tell(1501.0, "reorder", **answer)

    timeline = chair.timeline()
    assert [(cue.phase, cue.track) for cue in timeline.cues][-len(wanted) :] == wanted
    starts = {span.phase: span.start for span in timeline.spans}
    for before, cue in pairwise(timeline.cues):
        if cue.phase != before.phase:
            assert abs(cue.start - starts[cue.phase]) <= LEAD


def test_an_answer_needs_no_other_answer(chair: Chair) -> None:
    chair.tell(1500.0, "extend", minutes=6.0)
    answer = chair.answer(1500.5)
    assert answer is not None

    chair.tell(1501.0, "reorder", **answer)

    assert chair.conductor().course_at(frames_in(1502.0)).changed is None
    assert chair.answer(1502.0) is None


def test_what_is_taken_back_is_planned_back(chair: Chair) -> None:
    chair.tell(1500.0, "extend", minutes=6.0)
    chair.tell(1501.0, "reorder", **(chair.answer(1500.5) or {}))
    chair.tell(1520.0, "undo")

    assert chair.conductor().course_at(frames_in(1521.0)).changed == frames_in(1520.0)
    assert chair.answer(1521.0) is not None


def test_while_the_sound_is_softened_nothing_is_planned(chair: Chair) -> None:
    chair.tell(1500.0, "extend", minutes=6.0)
    chair.tell(1510.0, "soften")

    assert chair.answer(1511.0) is None


def test_music_that_the_library_has_lost_leaves_the_session_as_it_is(
    chair: Chair, tmp_path: Path
) -> None:
    chair.tell(1500.0, "extend", minutes=6.0)
    shutil.copytree(chair.folder.sessions, DataFolder(tmp_path).sessions)

    assert Replanner(DataFolder(tmp_path)).answer(chair.armed.session, Seconds(1501.0)) is None


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    told=st.lists(
        st.tuples(
            st.floats(20.0, 900.0),
            st.sampled_from(
                ["pump_paused", "pump_resumed", "extend", "next_track", "start_return", "undo"]
            ),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_is_told_the_answer_is_taken_and_nothing_is_repeated(
    chair: Chair, told: list[tuple[float, str]]
) -> None:
    fresh = begun(chair.folder, chair.armed.plan)
    at_s = DOSE_S
    for wait_s, event in told:
        at_s += wait_s
        if Kind(event) not in possible_at(fresh, at_s):
            continue
        fresh.tell(at_s, event, **({"minutes": 5.0} if event == "extend" else {}))
        sounding = [
            cue
            for cue in fresh.conductor().timeline(frames_in(NEVER_S)).cues
            if cue.start <= frames_in(at_s + SOON_S)
        ]
        answer = fresh.answer(at_s + SOON_S)
        if answer is not None:
            fresh.tell(at_s + 0.5, "reorder", **answer)
        cues = fresh.conductor().timeline(frames_in(NEVER_S)).cues
        heard = [cue.track for cue in cues if cue.track != fresh.armed.plan.bed]
        assert [cue.start for cue in cues[: len(sounding)]] == [cue.start for cue in sounding]
        assert len(heard) == len(set(heard))


def possible_at(chair: Chair, at_s: float) -> tuple[Kind, ...]:
    """Return what may be told."""
    return possible(chair.conductor().course_at(frames_in(at_s)), frames_in(at_s))
