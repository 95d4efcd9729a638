"""A join sounds just as it will in the session."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from fakes.plans import data_folder, short_plan
from fakes.solutions import solved

from playlists.compiler import Solution
from soundscape.errors import InvalidPlanError
from soundscape.media.store import Store
from soundscape.session.offline import rehearsed, rendered
from soundscape.session.renderer import CHUNK
from soundscape.units import seconds_in
from ui.builder.planning import JOIN_AROUND_S, Planner


def test_the_join_that_is_heard_is_a_stretch_of_the_session(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    plan = short_plan(folder)
    timeline = rehearsed(plan, ())
    cue = timeline.cues[1]
    planner = Planner(folder)

    excerpt = planner.join(Solution(plan, solved(()).proof), cue.track)

    heard, _rate = soundfile.read(excerpt.path, dtype="float32")
    session = np.concatenate(list(rendered(timeline, Store(folder.store))))
    first = max(cue.start - int(JOIN_AROUND_S * 48_000), 0) // CHUNK * CHUNK
    planner.close()
    assert excerpt.length_s == pytest.approx(len(heard) / 48_000)
    assert excerpt.length_s > seconds_in(cue.fade_in) + JOIN_AROUND_S
    assert np.array_equal(heard, session[first : first + len(heard)])
    assert np.abs(heard).max() > 0.01
    assert not Path(excerpt.path).exists()


def test_a_track_that_is_in_no_plan_has_no_join(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)

    with pytest.raises(InvalidPlanError, match="find the music first"):
        Planner(folder).join(Solution(short_plan(folder), solved(()).proof), "nobody")
