"""What ended two hosts at the same place is not read a third time."""

from pathlib import Path

import pytest
from fakes.plans import data_folder, short_plan

from soundscape.session.journal import Entry
from soundscape.session.plan import SessionPlan
from soundscape.session.rehearsal import with_assumed
from soundscape.session.restart import RESTARTED, WRITTEN, suspect
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, frames_in


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> SessionPlan:
    return short_plan(data_folder(Path(tmp_path_factory.mktemp("plan"))), 60.0)


@pytest.fixture
def timeline(plan: SessionPlan) -> Timeline:
    return unfold(plan, with_assumed(plan, ()), until=frames_in(360.0), attended=False)


def restarted_at(written: int) -> Entry:
    return Entry(1, Frames(0), "", RESTARTED, {WRITTEN: written})


def test_one_death_accuses_nobody(timeline: Timeline) -> None:
    assert suspect([], timeline.cues[2].start, timeline) is None


def test_a_second_death_where_a_track_begins_accuses_that_track(timeline: Timeline) -> None:
    due = timeline.cues[2]

    assert suspect([restarted_at(due.start)], due.start, timeline) == due.track


def test_a_second_death_elsewhere_accuses_nobody(timeline: Timeline) -> None:
    due = timeline.cues[2]
    elsewhere = due.start - frames_in(20.0)

    assert suspect([restarted_at(elsewhere)], due.start, timeline) is None
