"""The page of the starter library shows what is made, and that is enough for every plan."""

import re
from pathlib import Path

import pytest
from fakes.tracks import track

from playlists.arcs import load_arcs, scaled
from playlists.models import Track
from playlists.routes import load_routes
from playlists.solver.attempt import Task, attempted
from playlists.solver.constraints import Rules
from playlists.solver.cost import Taste
from playlists.solver.layout import slots_of
from playlists.solver.pool import Wishes
from playlists.solver.reserve import RESERVE_AT_LEAST_S
from playlists.solver.solve import is_plan
from playlists.starter.catalog import PIECES
from soundscape.units import Seconds

PAGE = Path(__file__).parents[3] / "docs" / "starter.md"
ROW = re.compile(
    r"^\| ([A-Z][^|]*) \| (\w+) \| ([\d.]+) \| ([\d.]+) \| (-[\d.]+) \|", re.MULTILINE
)
FADES = {"fade_in_s": Seconds(5.0), "fade_out_s": Seconds(8.5)}
ROUTES = load_routes()
ARCS = {name: arc for name, arc in load_arcs().items() if not arc.is_silent}


@pytest.fixture(scope="module")
def shown() -> list[tuple[str, ...]]:
    return ROW.findall(PAGE.read_text("utf-8"))


@pytest.fixture(scope="module")
def library(shown: list[tuple[str, ...]]) -> tuple[Track, ...]:
    """Return the pieces as they were measured, each of one energy throughout."""
    lengths_s = {piece.title: piece.length_s for piece in PIECES}
    return tuple(
        track(title, artist="Soundscape", album=mood, energy=float(energy),
              duration_s=Seconds(lengths_s[title]), **FADES)
        for title, mood, _, energy, _ in shown
    )  # fmt: skip


def test_every_piece_is_shown_with_its_mood_and_its_length(shown: list[tuple[str, ...]]) -> None:
    made = {(piece.title, piece.mood, f"{piece.length_s / 60.0:.1f}") for piece in PIECES}

    assert {row[:3] for row in shown} == made


def test_what_was_measured_spans_the_arcs_and_meets_the_target(
    shown: list[tuple[str, ...]],
) -> None:
    energies = [float(row[3]) for row in shown]

    assert min(energies) <= 0.05
    assert 0.65 <= max(energies) <= 0.66
    assert all(float(row[4]) == pytest.approx(-20.0, abs=0.5) for row in shown)


@pytest.mark.parametrize("arc", ARCS)
@pytest.mark.parametrize("route", ROUTES)
def test_every_route_and_arc_is_filled_with_its_reserve(
    library: tuple[Track, ...], route: str, arc: str
) -> None:
    phases, delivery_s = scaled(ROUTES[route], ARCS[arc]), ROUTES[route].delivery_s
    slots = slots_of(phases, delivery_s, ARCS[arc].brightness_hz)

    found = attempted(Task(slots, Wishes(Taste(), seed=1), thorough=False), library)

    assert is_plan(slots, Rules(), found)
    assert found.reserve_s >= RESERVE_AT_LEAST_S
