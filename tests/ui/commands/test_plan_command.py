"""``soundscape plan`` writes a plan and prints its proof, or refuses in words."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from fakes.tracks import library

from playlists.library.repository import Library
from soundscape.folders import DataFolder
from soundscape.media.writer import write_audio
from soundscape.session.cues import Shape
from soundscape.session.plan_file import read_plan
from ui.commands.main import main

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a chair's data with a good library and a short bed."""
    data = DataFolder(tmp_path / "data")
    data.starter.mkdir(parents=True)
    noise = np.random.default_rng(1).normal(0.0, 0.02, (48_000 * 25, 2)).astype(np.float32)
    write_audio(data.starter / "bed.flac", [noise])
    with Library.open(data.library) as kept:
        for one in library(60):
            path = tmp_path / one.path.name
            path.write_text(one.path.stem, encoding="utf-8")
            kept.save(replace(one, path=path))
    return data


def plan(folder: DataFolder, out: Path, *more: str) -> int:
    """Run the command for an IV session and return its exit status."""
    return main(
        ["plan", "--data-dir", str(folder.root), "--route", "iv", "--out", str(out), *more]
    )


def test_the_proof_is_all_that_stands_on_standard_output(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.json"

    status = plan(folder, out, "--delivery-min", "40", "--json")

    proof = json.loads(capsys.readouterr().out)
    assert status == 0
    assert proof["ok"] is True
    assert proof["missing"] == []
    assert [cue.track for cue in read_plan(out).cues] == [
        heard["track"] for phase in proof["phases"] for heard in phase["tracks"]
    ]


def test_the_same_seed_writes_the_same_bytes(folder: DataFolder, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"

    plan(folder, first, "--seed", "7")
    plan(folder, second, "--seed", "7")

    assert first.read_bytes() == second.read_bytes()


def test_a_person_reads_the_phases_and_where_the_plan_lies(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(folder, tmp_path / "plan.json", "--preset", "ember")

    words = capsys.readouterr().out
    assert "Ember, IV infusion, 40 min" in words
    assert "deepen" in words
    assert "27:00" in words
    assert "min are left in reserve" in words
    assert "plan.json" in words


def test_an_empty_library_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.json"

    status = plan(DataFolder(tmp_path / "empty"), out, "--json")

    printed = capsys.readouterr()
    assert status == 1
    assert not out.exists()
    assert json.loads(printed.out)["ok"] is False
    assert "soundscape starter" in json.loads(printed.out)["missing"][0]
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("minutes", ["5", "500", "nan"])
def test_a_delivery_that_makes_no_sense_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], minutes: str
) -> None:
    status = plan(DataFolder(tmp_path), tmp_path / "plan.json", "--delivery-min", minutes)

    assert status == 1
    assert "between 20 and 180 minutes" in capsys.readouterr().err


def test_a_plan_that_cannot_be_written_says_so(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    status = plan(folder, tmp_path / "file" / "plan.json")

    assert status == 1
    assert capsys.readouterr().err.startswith("soundscape: ")


def test_music_whose_licence_nobody_noted_is_kept_out_when_asked(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = plan(folder, tmp_path / "plan.json", "--licence")

    assert status == 1
    assert "until a licence is noted" in capsys.readouterr().err


def test_a_list_that_was_heard_does_not_come_again(folder: DataFolder, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    plan(folder, old)

    status = plan(folder, new, "--heard", str(old))

    lists = [{cue.track for cue in read_plan(path).cues} for path in (old, new)]
    assert status == 0
    assert lists[0] != lists[1]


def joins_at(path: Path) -> list[tuple[float, Shape, float]]:
    """Return the joins of a plan that are not the usual ones, a phase's own left out."""
    cues = read_plan(path).cues
    later = [after for before, after in pairwise(cues) if before.phase == after.phase]
    said = [(cue.fade_s, cue.shape, cue.gap_s) for cue in later]
    return [join for join in said if join != (8.0, Shape.EQUAL_POWER, 0.0)]


def test_joins_are_shaped_and_stay_with_a_plan_that_is_kept(
    folder: DataFolder, tmp_path: Path
) -> None:
    shaped, again = tmp_path / "shaped.json", tmp_path / "again.json"

    said = plan(folder, shaped, "--join", "deepen.2=breath:6:3", "--join", "return.2=straight:12")
    kept = plan(folder, again, "--keep", str(shaped))

    assert (said, kept) == (0, 0)
    wanted = [(6.0, Shape.EQUAL_POWER, 3.0), (12.0, Shape.LINEAR, 0.0)]
    assert joins_at(shaped) == wanted
    assert again.read_bytes() == shaped.read_bytes()


@pytest.mark.parametrize(
    "join",
    [
        "deepen.2=sudden:3",
        "deepen.2=even",
        "deepen.2=breath:6",
        "deepen.2=even:nan",
        "deepen.2=even:-3",
        "deepen.90=even:3",
        "settle.1=even:3",
        "noon.1=even:3",
        "deepen.2",
    ],
)
def test_a_join_that_is_none_is_refused_in_one_line(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str], join: str
) -> None:
    status = plan(folder, tmp_path / "plan.json", "--join", join)

    assert status == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "plan.json").exists()


def test_a_clinic_plans_with_an_arc_of_its_own(folder: DataFolder, tmp_path: Path) -> None:
    folder.arcs.mkdir(parents=True)
    (folder.arcs / "dusk.toml").write_text(
        'name = "dusk"\ntitle = "Dusk"\nline = "Stays low."\ncap = 0.4\ntherapist_only = false\n',
        encoding="utf-8",
    )
    out = tmp_path / "plan.json"

    status = plan(folder, out, "--arc", "dusk")

    assert status == 0
    assert read_plan(out).arc == "dusk"


def test_a_faulty_arc_is_said_where_it_is_asked_for_and_nowhere_else(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.arcs.mkdir(parents=True)
    (folder.arcs / "dusk.toml").write_text('name = "dusk"\n', encoding="utf-8")

    refused = plan(folder, tmp_path / "dusk.json", "--arc", "dusk")
    said = capsys.readouterr().err
    status = plan(folder, tmp_path / "usual.json")

    assert (refused, status) == (1, 0)
    assert said == "soundscape: dusk.toml: title: is missing\n"
