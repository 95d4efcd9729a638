"""A compiled plan is whole, is owned by the chair, and sounds as it was proved."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.plans import make_short_bed
from fakes.tracks import library, track, with_files

from playlists.compiler import PlanRequest, Solution, arrange_plan, make_plan
from playlists.models import Track
from playlists.presets import clinic_documents, facts_of, new_preset
from playlists.solver.arrange import Arrangement, arrangement_of
from playlists.solver.trim import trim_db
from playlists.stock import Stock
from soundscape.errors import InvalidPlanError, StoreError
from soundscape.folders import DataFolder
from soundscape.media.store import Store
from soundscape.session.course import LEAD
from soundscape.session.cues import Shape
from soundscape.session.plan import Join
from soundscape.session.plan_file import read_plan, write_plan
from soundscape.session.rehearsal import with_assumed
from soundscape.session.timeline import unfold
from soundscape.units import Seconds, frames_in

ROUTES = ("iv", "im", "intranasal", "sublingual")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a chair's data with a short bed, so that none has to be made."""
    data = DataFolder(tmp_path / "data")
    make_short_bed(data)
    return data


@pytest.fixture
def tracks(tmp_path: Path) -> tuple[Track, ...]:
    """Return tracks with files."""
    return with_files(library(70), tmp_path)


@dataclass(frozen=True, slots=True)
class Usual:
    """Plans that are made once, of files and in a folder that no test changes.

    Attributes
    ----------
    tracks : tuple[Track, ...]
        As ``tracks`` returns them.
    folder : DataFolder
        The chair's data.
    solutions : dict[str, Solution]
        What is found for each route.
    """

    tracks: tuple[Track, ...]
    folder: DataFolder
    solutions: dict[str, Solution]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Usual:
    """Return the plan of each route."""
    root = tmp_path_factory.mktemp("usual")
    tracks, data = with_files(library(70), root), DataFolder(root / "data")
    make_short_bed(data)
    return Usual(tracks, data, {r: planned(PlanRequest(r), tracks, data) for r in ROUTES})


def planned(request: PlanRequest, tracks: tuple[Track, ...], folder: DataFolder) -> Solution:
    return make_plan(request, Stock(tracks), folder, clock=FakeClock())


@pytest.mark.parametrize("route", ROUTES)
def test_the_plan_is_whole_and_comes_back_from_its_file(
    route: str, usual: Usual, tmp_path: Path
) -> None:
    solution = usual.solutions[route]
    assert solution.plan is not None
    assert solution.proof.ok

    write_plan(tmp_path / "plan.json", solution.plan, solution.proof.to_json())

    assert read_plan(tmp_path / "plan.json") == solution.plan


@pytest.mark.parametrize("route", ["iv", "im", "intranasal"])
def test_what_sounds_is_what_was_proved(route: str, usual: Usual) -> None:
    solution = usual.solutions[route]
    plan = solution.plan
    assert plan is not None
    heard = [heard for phase in solution.proof.phases for heard in phase.tracks]
    end_s = solution.proof.phases[-1].end_s

    timeline = unfold(plan, with_assumed(plan, []), until=frames_in(end_s), attended=False)

    assert [cue.track for cue in timeline.cues] == [one.track for one in heard]
    for cue, one in zip(timeline.cues, heard, strict=True):
        # A phase that waits for staff begins a moment after they have said so.
        assert abs(cue.start - frames_in(one.start_s)) <= LEAD + 2
    assert timeline.cues[-1].end == frames_in(end_s)
    assert timeline.cues[-1].fade_out == frames_in(30.0)


def test_joins_that_a_therapist_shaped_sound_as_they_were_proved(usual: Usual) -> None:
    proof = usual.solutions["iv"].proof
    picks = tuple(tuple(heard.track for heard in phase.tracks) for phase in proof.phases)
    later = [(n, 1) for n, row in enumerate(picks) if len(row) > 1]
    breath = Join(Seconds(6.0), gap_s=Seconds(3.0))
    arrangement = Arrangement(picks).with_join(later[0], breath)
    arrangement = arrangement.with_join(later[1], Join(Seconds(12.0), Shape.LINEAR))

    solution = arrange_plan(
        PlanRequest("iv"), arrangement, Stock(usual.tracks), usual.folder, clock=FakeClock()
    )

    plan = solution.plan
    assert plan is not None
    heard = [heard for phase in solution.proof.phases for heard in phase.tracks]
    until = frames_in(solution.proof.phases[-1].end_s)
    timeline = unfold(plan, with_assumed(plan, []), until=until, attended=False)
    for cue, one in zip(timeline.cues, heard, strict=True):
        assert abs(cue.start - frames_in(one.start_s)) <= LEAD + 2
    gaps = [after.start - before.end for before, after in pairwise(timeline.cues)]
    assert [gap for gap in gaps if gap > 0] == [frames_in(3.0)]
    assert [cue.fade_in for cue in timeline.cues if cue.shape_in is Shape.LINEAR] == [
        frames_in(12.0)
    ]


def test_a_track_that_somebody_named_may_come_from_beyond_a_presets_music(
    tracks: tuple[Track, ...], folder: DataFolder
) -> None:
    low = new_preset(("Low", "Soft."), "gentle", folder, search="energy<0.55", tracks=())
    clinic_documents(folder).put(low.name, facts_of(low))
    request, stock = PlanRequest("iv", preset="low"), Stock(tracks)
    before = planned(request, tracks, folder).proof
    row = next(n for n, phase in enumerate(before.phases) if phase.name == "deepen")
    beyond = {one.content_hash for one in tracks if one.energy >= 0.55}

    changed = [
        arrange_plan(
            request, arrangement_of(before, {}).with_track((row, n), track), stock, folder
        )
        for n in range(len(before.phases[row].tracks))
        for track in sorted(beyond)
    ]

    heard = [{cue.track for cue in one.plan.cues} for one in changed if one.plan is not None]
    assert heard
    assert all(len(one & beyond) == 1 for one in heard)
    assert not {cue.track for phase in before.phases for cue in phase.tracks} & beyond


def test_the_chair_keeps_a_copy_of_all_that_the_plan_names(
    tracks: tuple[Track, ...], folder: DataFolder
) -> None:
    plan = planned(PlanRequest("iv"), tracks, folder).plan
    assert plan is not None
    for one in tracks:
        one.path.unlink()

    named = {*(cue.track for cue in plan.cues), *plan.reserve, plan.bed}

    assert named == set(plan.tracks)
    wanted = [(digest, known.suffix) for digest, known in plan.tracks.items()]
    assert Store(folder.store).faults(wanted) == []


def test_the_same_request_and_library_give_the_same_plan_in_any_order(
    tracks: tuple[Track, ...], folder: DataFolder
) -> None:
    request = PlanRequest("iv", seed=5)

    first = planned(request, tracks, folder)

    assert planned(request, tracks[::-1], folder) == first


def test_a_file_that_is_gone_is_planned_without(
    usual: Usual, tracks: tuple[Track, ...], folder: DataFolder
) -> None:
    first = usual.solutions["iv"].plan
    assert first is not None
    gone = next(one for one in tracks if one.content_hash == first.cues[0].track)
    gone.path.unlink()

    second = planned(PlanRequest("iv"), tracks, folder).plan

    assert second is not None
    assert gone.content_hash not in second.tracks


def test_a_file_that_changed_is_named(tracks: tuple[Track, ...], folder: DataFolder) -> None:
    for one in tracks:
        one.path.write_text("something else", encoding="utf-8")

    with pytest.raises(StoreError, match=r"1-\d+\.flac has changed since it was analyzed"):
        planned(PlanRequest("iv"), tracks, folder)


def test_a_library_that_cannot_fill_it_gives_no_plan_and_copies_nothing(
    tracks: tuple[Track, ...], folder: DataFolder
) -> None:
    solution = planned(PlanRequest("iv"), tracks[:3], folder)

    assert solution.plan is None
    assert solution.proof.missing
    assert not folder.store.exists()


def test_quiet_plays_nothing_and_needs_no_library(folder: DataFolder) -> None:
    solution = planned(PlanRequest("iv", preset="quiet"), (), folder)

    assert solution.plan is not None
    assert (solution.plan.cues, solution.plan.bed) == ((), "")
    assert solution.proof.ok


def test_soft_bed_plays_its_bed_well_below_the_nominal_level(folder: DataFolder) -> None:
    plan = planned(PlanRequest("iv", preset="soft-bed"), (), folder).plan

    assert plan is not None
    assert plan.cues == ()
    assert list(plan.tracks) == [plan.bed]
    assert {phase.level_lu for phase in plan.phases} == {(-12.0, -12.0)}


def test_a_preset_brings_its_arc_and_its_name(
    tracks: tuple[Track, ...], folder: DataFolder
) -> None:
    plan = planned(PlanRequest("iv", Seconds(3000.0), preset="still-water"), tracks, folder).plan

    assert plan is not None
    assert (plan.arc, plan.title) == ("steady", "Still Water, IV infusion, 50 min")
    assert max(energy for phase in plan.phases for _, energy in phase.energy) <= 0.35


def test_a_route_without_delivery_names_no_minutes(usual: Usual) -> None:
    plan = usual.solutions["im"].plan

    assert plan is not None
    assert plan.title == "Gentle arc, IM injection"


def test_a_tag_to_avoid_keeps_tracks_out(tracks: tuple[Track, ...], folder: DataFolder) -> None:
    tagged = tuple(
        replace(one, rating=replace(one.rating, tags=frozenset({"Organ"}))) if n < 10 else one
        for n, one in enumerate(tracks)
    )

    plan = planned(PlanRequest("iv", avoid=frozenset({"organ"})), tagged, folder).plan

    assert plan is not None
    assert not {one.content_hash for one in tagged[:10]} & set(plan.tracks)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (PlanRequest("oral"), "route: must be one of"),
        (PlanRequest("iv", arc="wild"), "arc: must be one of"),
        (PlanRequest("iv", preset="Ember"), "preset: must be one of"),
        (PlanRequest("iv", preset="quiet", arc="gentle"), "arc: gentle does not go"),
        (PlanRequest("iv", preset="ember", arc="silence"), "arc: silence does not go"),
        (PlanRequest("iv", Seconds(600.0)), "must lie between 20 and 180 minutes"),
        (PlanRequest("im", Seconds(600.0)), "must be 0 minutes for IM injection"),
        (PlanRequest("iv", seed=-1), "seed: must be 0 or more"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    folder: DataFolder, request_: PlanRequest, words: str
) -> None:
    with pytest.raises(InvalidPlanError, match=re.escape(words)):
        planned(request_, (), folder)


@pytest.mark.parametrize(("name", "words"), [("mine", "mine.toml: "), ("wild", "arc: must be")])
def test_a_faulty_arc_is_told_to_whoever_asks_for_it_and_to_nobody_else(
    folder: DataFolder, name: str, words: str
) -> None:
    folder.arcs.mkdir(parents=True)
    (folder.arcs / "mine.toml").write_text("name = ", encoding="utf-8")

    with pytest.raises(InvalidPlanError, match=f"^{re.escape(words)}"):
        planned(PlanRequest("iv", arc=name), (), folder)


@pytest.mark.parametrize(
    ("loudness_lufs", "peak_dbtp", "trim"),
    [
        (-20.0, -10.0, -6.0),
        (-40.0, -30.0, 6.0),
        (5.0, 5.0, -24.0),
        (-20.0, -1.0, -8.5),
        (-40.0, -12.0, 2.5),
    ],
)
def test_a_trim_reaches_the_nominal_loudness_within_its_limits(
    loudness_lufs: float, peak_dbtp: float, trim: float
) -> None:
    one = track(integrated_lufs=loudness_lufs, true_peak_dbtp=peak_dbtp)

    assert trim_db(one) == pytest.approx(trim)
