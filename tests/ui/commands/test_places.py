"""Locking, keeping and swapping tracks of a plan, and being told why each stands there."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.plans import planned_tone
from fakes.solutions import solved
from fakes.tracks import library as imagined

from playlists.compiler import PlanRequest
from playlists.library.repository import Library
from playlists.models import Track
from playlists.routes import load_routes
from soundscape.errors import InvalidPlanError, LibraryError
from soundscape.session.plan import PlannedCue
from soundscape.session.plan_file import write_plan
from soundscape.units import Seconds
from ui.commands.main import main
from ui.commands.places import add_places, locks_of

IV = load_routes()["iv"]


@pytest.fixture(scope="module")
def tracks() -> Sequence[Track]:
    return imagined(60)


@pytest.fixture(scope="module")
def plan(tracks: Sequence[Track], tmp_path_factory: pytest.TempPathFactory) -> Path:
    solution = solved(tuple(tracks), PlanRequest("iv"))
    assert solution.plan is not None
    heard = [
        (slot, one) for slot, phase in enumerate(solution.proof.phases) for one in phase.tracks
    ]
    cues = tuple(
        PlannedCue(slot, one.track, Seconds(0.0), Seconds(120.0), Seconds(2.0))
        for slot, one in heard
    )
    planned = {one.track: planned_tone(one.track, 440.0, 600.0) for _, one in heard}
    file = tmp_path_factory.mktemp("plan") / "plan.json"
    bed = planned_tone("0" * 64, 100.0, 60.0)
    tracks_of_all = {**planned, bed.content_hash: bed}
    whole = replace(solution.plan, cues=cues, tracks=tracks_of_all, bed=bed.content_hash)
    write_plan(file, whole, solution.proof.to_json())
    return file


@pytest.fixture
def known(tracks: Sequence[Track], tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library.sqlite")
    library.save(*tracks)
    return library


def options(*arguments: str) -> argparse.Namespace:
    """Return what was said on the command line."""
    parser = argparse.ArgumentParser()
    add_places(parser)
    return parser.parse_args(arguments)


def test_a_track_is_locked_by_the_start_of_its_hash(
    known: Library, tracks: Sequence[Track]
) -> None:
    one = tracks[3]

    locks, given_up = locks_of(options("--lock", f"deepen.2={one.content_hash[:10]}"), IV, known)

    deepen = [phase.name.value for phase in IV.phases].index("deepen")
    assert locks == {(deepen, 1): one.content_hash}
    assert given_up == set()


def test_all_of_a_plan_is_kept_but_what_is_swapped(known: Library, plan: Path) -> None:
    whole, _ = locks_of(options("--keep", str(plan)), IV, known)

    locks, given_up = locks_of(options("--keep", str(plan), "--swap", "settle.1"), IV, known)

    assert locks == {place: one for place, one in whole.items() if place != (0, 0)}
    assert given_up == {whole[0, 0]}


@pytest.mark.parametrize(
    "arguments",
    [("--swap", "settle.1"), ("--lock", "middle.1=a"), ("--lock", "settle.0=a"), ("--lock", "a")],
)
def test_a_place_that_is_none_is_refused(arguments: tuple[str, ...], known: Library) -> None:
    with pytest.raises((InvalidPlanError, LibraryError)) as refused:
        locks_of(options(*arguments), IV, known)

    assert "\n" not in str(refused.value)


def test_a_lock_without_a_track_says_how_it_is_written(known: Library) -> None:
    with pytest.raises(InvalidPlanError, match=r"names no track; write as deepen\.2=knolls"):
        locks_of(options("--lock", "deepen.2"), IV, known)


def test_a_plan_of_another_route_is_not_kept(known: Library, plan: Path) -> None:
    with pytest.raises(InvalidPlanError, match="is a plan for iv, not im"):
        locks_of(options("--keep", str(plan)), load_routes()["im"], known)


def test_each_track_is_explained(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["explain", str(plan), "--json"])
    every = json.loads(capsys.readouterr().out)
    main(["explain", str(plan), "settle.1"])
    one = capsys.readouterr().out

    assert status == 0
    assert every[0]["place"] == "settle.1"
    assert all(row["why"].startswith("Energy") for row in every)
    assert one.startswith("settle.1")
    assert every[0]["why"] in one


def test_a_place_that_a_plan_has_not_is_refused(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["explain", str(plan), "settle.99"])

    assert status == 1
    assert "must be one of settle.1" in capsys.readouterr().err
