"""Plans as files: what is written is read, and what is not whole is refused with its place."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.plans import data_folder, short_plan

from soundscape.errors import InvalidEventError, InvalidPlanError
from soundscape.session.cues import Shape
from soundscape.session.events import read_script
from soundscape.session.plan import SessionPlan
from soundscape.session.plan_file import plan_from_json, plan_to_json, read_plan, write_plan
from soundscape.units import Seconds


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> SessionPlan:
    return short_plan(data_folder(tmp_path_factory.mktemp("plan")), 4.0)


def spoiled(plan: SessionPlan, spoil: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(plan_to_json(plan)))
    spoil(data)
    return data


def test_a_plan_that_is_written_is_read_the_same(plan: SessionPlan, tmp_path: Path) -> None:
    write_plan(tmp_path / "plan.json", plan, {"ok": True})

    assert read_plan(tmp_path / "plan.json") == plan


def test_a_plan_of_before_joins_had_shapes_is_read_with_the_usual_ones(plan: SessionPlan) -> None:
    def older(data: dict[str, Any]) -> None:
        for cue in data["cues"]:
            del cue["shape"], cue["gap_s"]

    assert plan_from_json(spoiled(plan, older)) == plan


def test_the_shape_and_gap_of_a_join_are_written_and_read(plan: SessionPlan) -> None:
    joins = [(Shape.LINEAR, 0.0), (Shape.EQUAL_POWER, 2.5)]
    cues = tuple(
        replace(cue, shape=joins[number % 2][0], gap_s=Seconds(joins[number % 2][1]))
        for number, cue in enumerate(plan.cues)
    )
    shaped = replace(plan, cues=cues)

    again = plan_from_json(json.loads(json.dumps(plan_to_json(shaped))))

    assert again == shaped
    assert {type(cue.shape) for cue in again.cues} == {Shape}


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda d: d.update(format="other"), "format"),
        (lambda d: d.pop("route"), "route"),
        (lambda d: d.update(seed=1.5), "seed"),
        (lambda d: d.update(delivery_s=float("nan")), "delivery_s"),
        (lambda d: d.update(phases=[]), "phases"),
        (lambda d: d.update(phases=d["phases"][:3]), "phases"),
        (lambda d: d["phases"][1].update(name="peak"), "phases[1].name"),
        (lambda d: d["phases"][1]["start"].update(anchor="moon"), "phases[1].start.anchor"),
        (lambda d: d["phases"][1]["start"].update(offset_s=1.0), "phases[1].start"),
        (lambda d: d["phases"][1].update(energy=[[0, 0.9], [1, 0.3]]), "phases[1].energy"),
        (lambda d: d["phases"][0].update(energy=[[0, 2.0], [1, 0.2]]), "phases[0].energy[0][1]"),
        (lambda d: d.update(delivery_s=-1000.0), "phases[2]"),
        (lambda d: d["cues"][0].update(track="0" * 64), "cues[0].track"),
        (lambda d: d["cues"][0].update(track="../../etc/passwd"), "cues[0].track"),
        (lambda d: d["cues"][0].update(phase=99), "cues[0].phase"),
        (lambda d: d["cues"][0].update(source_out_s=1e9), "cues[0].source_in_s"),
        (lambda d: d["cues"][1].update(track=d["cues"][0]["track"]), "cues"),
        (lambda d: d["cues"][1].update(shape="sudden"), "cues[1].shape"),
        (lambda d: d["cues"][1].update(shape=["linear"]), "cues[1].shape"),
        (lambda d: d["cues"][1].update(gap_s=60.0), "cues[1].gap_s"),
        (lambda d: d["cues"][1].update(gap_s=-1.0), "cues[1].gap_s"),
        (lambda d: d["reserve"].append("0" * 64), "reserve[2]"),
        (lambda d: d.update(bed=""), "bed"),
        (lambda d: next(iter(d["tracks"].values())).update(suffix="/../x"), "tracks."),
        (lambda d: d.update(tracks=[]), "tracks"),
    ],
)
def test_a_faulty_plan_is_refused_with_the_place_of_its_fault(
    plan: SessionPlan, spoil: Callable[[dict[str, Any]], object], where: str
) -> None:
    with pytest.raises(InvalidPlanError) as refused:
        plan_from_json(spoiled(plan, spoil))

    assert refused.value.where.startswith(where)


@pytest.mark.parametrize("text", ["", "no json", "[1, 2", "[]", '"plan"', "[" * 100_000])
def test_what_is_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")

    with pytest.raises(InvalidPlanError):
        read_plan(tmp_path / "plan.json")


def test_a_missing_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidPlanError, match="cannot be read"):
        read_plan(tmp_path / "plan.json")


def test_a_pipe_is_no_plan(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(InvalidPlanError, match="is not an ordinary file"):
        read_plan(tmp_path / "pipe")


def test_a_pipe_is_no_list_of_events(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(InvalidEventError, match="is not an ordinary file"):
        read_script(tmp_path / "pipe")
