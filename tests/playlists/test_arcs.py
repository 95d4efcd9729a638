"""Arcs scale a route's energy and keep its line whole."""

from itertools import pairwise
from pathlib import Path

import pytest

from playlists.arcs import load_arcs, read_arc, scaled
from playlists.routes import Route, load_routes
from soundscape.errors import InvalidPlanError
from soundscape.home import home

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
