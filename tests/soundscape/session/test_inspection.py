"""Files that are due are looked at in time; what is wrong with them is said once."""

import threading
from collections.abc import Iterable
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.plans import data_folder, short_plan

from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session.inspection import NO_ANSWER, PATIENCE_S, Inspector
from soundscape.session.plan import SessionPlan
from soundscape.session.rehearsal import with_assumed
from soundscape.session.timeline import Timeline, unfold
from soundscape.units import Frames, frames_in

START = Frames(0)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return data_folder(tmp_path)


@pytest.fixture
def plan(folder: DataFolder) -> SessionPlan:
    return short_plan(folder, 20.0)


def timeline_of(plan: SessionPlan) -> Timeline:
    return unfold(plan, with_assumed(plan, ()), until=frames_in(120.0), attended=False)


def faults_of(inspector: Inspector) -> dict[str, str]:
    """Return the first faults that are found, after waiting for them."""
    pause = threading.Event()
    for _ in range(500):
        found = dict(inspector.faults(START))
        if found:
            return found
        pause.wait(0.02)
    return {}


def test_a_file_that_changed_after_arming_is_found_before_it_is_due(
    folder: DataFolder, plan: SessionPlan
) -> None:
    timeline = timeline_of(plan)
    second = timeline.cues[1]
    path = Store(folder.store).path_of(second.track, plan.tracks[second.track].suffix)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    inspector = Inspector(plan, Store(folder.store), FakeClock())

    inspector.look(timeline, START)
    found = faults_of(inspector)

    assert found == {second.track: "has changed on the disk"}
    assert dict(inspector.faults(START)) == {}


def test_a_disk_that_does_not_answer_is_not_waited_for(
    folder: DataFolder, plan: SessionPlan
) -> None:
    clock = FakeClock()
    inspector = Inspector(plan, SilentStore(folder.store), clock)
    timeline = timeline_of(plan)
    inspector.look(timeline, START)

    at_once = dict(inspector.faults(START))
    clock.advance(PATIENCE_S + 1.0)
    later = dict(inspector.faults(timeline.cues[1].start))

    assert at_once == {}
    assert later[timeline.cues[1].track] == NO_ANSWER


class SilentStore(Store):
    """A store on a disk that never answers."""

    def faults(self, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Never return."""
        threading.Event().wait()
        return super().faults(wanted)
