"""Arcs scale a route's energy and keep its line whole."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from playlists.arcs import arc_faults, load_arcs, read_arc, scaled
from playlists.routes import Route, load_routes
from soundscape.errors import InvalidPlanError
from soundscape.home import home
from soundscape.session.phases import Phase

ARCS = load_arcs()
ROUTES = load_routes()


@pytest.mark.parametrize(
    ("name", "cap"), [("steady", 0.35), ("gentle", 0.50), ("full", 0.65), ("silence", 0.0)]
)
def test_an_arc_caps_the_highest_energy(name: str, cap: float) -> None:
    phases = scaled(ROUTES["iv"], ARCS[name])

    assert max(energy for phase in phases for _, energy in phase.energy) == pytest.approx(cap)


@pytest.mark.parametrize("arc", ARCS)
@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_scaling_keeps_the_line_continuous(route: Route, arc: str) -> None:
    for before, after in pairwise(scaled(route, ARCS[arc])):
        assert before.energy[-1][1] == pytest.approx(after.energy[0][1], abs=1e-9)


def test_only_the_full_arc_is_kept_for_the_therapist() -> None:
    assert [arc.name for arc in ARCS.values() if arc.therapist_only] == ["full"]


def test_silence_sets_the_level_of_its_bed_in_every_phase() -> None:
    phases = scaled(ROUTES["iv"], ARCS["silence"])

    assert {phase.level_lu for phase in phases} == {(-12.0, -12.0)}
    assert {phase.tempo_bpm for phase in phases} == {None}


def test_an_arc_without_energy_must_be_silence(tmp_path: Path) -> None:
    text = (home() / "assets" / "arcs" / "gentle.toml").read_text(encoding="utf-8")
    faulty = tmp_path / "flat.toml"
    faulty.write_text(text.replace("0.50", "0.0"), encoding="utf-8")

    with pytest.raises(InvalidPlanError, match="cap"):
        read_arc(faulty)


OWN = """
name = "own"
title = "Our own"
line = "Drawn here."
cap = 0.4
therapist_only = false
[phases.settle]
energy = [[0, 0.2], [1, 0.1]]
[phases.dose]
energy = [[0, 0.1], [1, 0.1]]
[phases.rise]
energy = [[0, 0.1], [1, 0.3]]
tempo_bpm = [40, 60]
[phases.deepen]
energy = [[0, 0.3], [0.5, 0.4], [1, 0.3]]
brightness_hz = [100, 1500]
[phases.return]
energy = [[0, 0.3], [1, 0.2]]
[phases.ground]
energy = [[0, 0.2], [1, 0.2]]
[phases.recover]
energy = [[0, 0.2], [1, 0.1]]
"""


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_a_clinic_draws_its_own_line_for_every_route(route: Route, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    own = load_arcs(tmp_path)["own"]

    phases = {phase.name: phase for phase in scaled(route, own)}

    assert phases[Phase.DEEPEN].energy == ((0.0, 0.3), (0.5, 0.4), (1.0, 0.3))
    assert phases[Phase.RISE].tempo_bpm == (40.0, 60.0)
    assert own.brightness_hz(Phase.DEEPEN) == (100.0, 1500.0)
    assert own.brightness_hz(Phase.GROUND) is None
    for before, after in pairwise(scaled(route, own)):
        assert before.energy[-1][1] == pytest.approx(after.energy[0][1], abs=1e-9)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("energy = [[0, 0.1], [1, 0.3]]", "energy = [[0, 0.15], [1, 0.3]]", "phases.rise.energy"),
        ("energy = [[0, 0.1], [1, 0.1]]", "energy = [[0, 0.1], [1, 0.2]]", "phases.rise.energy"),
        ("[0.5, 0.4]", "[0.5, 0.5]", "phases.deepen.energy"),
        ("[0.5, 0.4]", "[0.5, 1.5]", r"phases.deepen.energy\[1\]\[1\]"),
        ("[0.5, 0.4]", "[1.0, 0.4]", "phases.deepen.energy"),
        ("energy = [[0, 0.2], [1, 0.2]]", "", "phases.ground.energy"),
        ("[40, 60]", "[0, 60]", r"phases.rise.tempo_bpm\[0\]"),
        ("[100, 1500]", "[100, 90000]", r"phases.deepen.brightness_hz\[1\]"),
        ("brightness_hz", "brightnes_hz", "phases.deepen.brightnes_hz"),
        ("[phases.rise]", "[phases.raise]", "phases.raise"),
        ("cap = 0.4", "", "cap"),
    ],
)
def test_a_faulty_arc_names_its_file_and_field(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    assert old in OWN
    (tmp_path / "own.toml").write_text(OWN.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InvalidPlanError, match=f"own.toml: {where}"):
        read_arc(tmp_path / "own.toml")


@pytest.mark.parametrize(
    ("name", "fault"),
    [("gentle", "must not be that of a shipped arc"), ("mine", "must be mine, as the file's")],
)
def test_an_arc_has_the_name_of_its_file_and_no_other_has_it(
    tmp_path: Path, name: str, fault: str
) -> None:
    text = OWN.replace('"own"', '"gentle"', 1)
    (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")

    ((of, told),) = arc_faults(tmp_path).items()

    assert of == name
    assert str(told) == f"{name}.toml: name: {fault}"
    assert load_arcs(tmp_path) == load_arcs()


def test_faulty_arcs_keep_no_other_from_being_used(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("name = ", encoding="utf-8")
    (tmp_path / "device.toml").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.toml")

    known, faults = load_arcs(tmp_path), arc_faults(tmp_path)

    assert set(known) == {*load_arcs(), "own"}
    assert {name: fault.where for name, fault in faults.items()} == {
        name: f"{name}.toml" for name in ("bad", "device", "pipe")
    }
    assert faults["device"].why == faults["pipe"].why == "is not an ordinary file"
