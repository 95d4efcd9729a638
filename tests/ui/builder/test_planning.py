"""A join sounds just as it will in the session."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fakes.plans import data_folder, make_short_bed, short_plan
from fakes.solutions import solved
from fakes.tracks import library, track, with_files

from playlists.compiler import Solution
from playlists.library.repository import Library
from playlists.routes import load_routes
from playlists.solver.alternatives import Alternative
from playlists.solver.arrange import Arrangement
from playlists.solver.layout import joins_in
from soundscape.errors import InvalidPlanError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session.offline import rehearsed, rendered
from soundscape.session.plan import Join
from soundscape.session.renderer import CHUNK
from soundscape.units import Seconds, seconds_in
from ui.builder.planning import JOIN_AROUND_S, Planner, made
from ui.builder.wishes import Wish


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


def test_before_a_breath_the_track_that_goes_is_heard_to_go(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    plan = short_plan(folder, 60.0)
    breath = replace(plan.cues[1], fade_s=Seconds(6.0), gap_s=Seconds(3.0))
    plan = replace(plan, cues=(plan.cues[0], breath, *plan.cues[2:]))
    planner = Planner(folder)

    excerpt = planner.join(Solution(plan, solved(()).proof), breath.track)

    planner.close()
    assert excerpt.length_s >= JOIN_AROUND_S + 6.0 + 3.0 + 6.0 + JOIN_AROUND_S


def test_a_shaped_join_stays_where_its_tracks_meet_again(tmp_path: Path) -> None:
    folder, tracks = DataFolder(tmp_path / "data"), with_files(library(60), tmp_path)
    make_short_bed(folder)
    with Library.open(folder.library) as opened:
        opened.save(*tracks)
    wish = Wish("im", "gentle", "", load_routes()["im"].delivery_s)
    first = made(folder, wish)
    rows = [[heard.track for heard in phase.tracks] for phase in first.proof.phases]
    phase = next(n for n, row in enumerate(rows) if len(row) > 1)
    breath, other = Join(Seconds(6.0), gap_s=Seconds(2.0)), Join(Seconds(3.0))
    wished = {(rows[phase][0], rows[phase][1]): breath, (rows[phase][1], rows[phase][0]): other}

    again = made(folder, replace(wish, joins=wished))

    assert again.plan is not None
    assert joins_in(again.plan) == {(phase, 1): breath}
    assert [[heard.track for heard in row.tracks] for row in again.proof.phases] == rows


@pytest.mark.parametrize("ranks", [True, False])
def test_what_was_chosen_for_a_place_comes_before_what_is_ranked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ranks: bool
) -> None:
    planner = Planner(DataFolder(tmp_path))
    best, own = Alternative(track("best"), -0.1, "Best."), Alternative(track("own"), 0.2, "Good.")
    monkeypatch.setattr(
        planner._apart,  # noqa: SLF001 - nothing is sought
        "call",
        lambda *_: (best, own) if ranks else (best,),
    )

    wish = Wish("im", "gentle", "", Seconds(300.0))
    found = planner.swaps(wish, Arrangement(()), (1, 0), own.track)

    assert [one.track for one in found] == [own.track, best.track]
    assert found[0].why == (
        "Good." if ranks else "You chose it; taking it shows whether the plan holds."
    )


def test_a_track_that_is_in_no_plan_has_no_join(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)

    with pytest.raises(InvalidPlanError, match="find the music first"):
        Planner(folder).join(Solution(short_plan(folder), solved(()).proof), "nobody")
