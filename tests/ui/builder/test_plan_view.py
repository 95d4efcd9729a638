"""The plan's picture: the target from the route, each track's block, its fit."""

import pytest
from fakes.screens import themed
from fakes.solutions import solved
from pytestqt.qtbot import QtBot

from playlists.arcs import load_arcs, scaled
from playlists.routes import load_routes
from ui.builder.plan_view import Fit, PlanView, blocks_of, fit_of, picture_of


@pytest.mark.parametrize(
    ("error", "fit"), [(0.0, Fit.GOOD), (0.08, Fit.GOOD), (0.12, Fit.NEAR), (0.17, Fit.OFF)]
)
def test_the_fit_follows_the_distance_from_the_target(error: float, fit: Fit) -> None:
    assert fit_of(error) is fit


def test_each_fit_has_a_mark_of_its_own() -> None:
    assert len({fit.mark for fit in Fit}) == len(Fit)


def test_the_picture_runs_through_the_phases_without_a_gap() -> None:
    route = load_routes()["iv"]

    picture = picture_of(scaled(route, load_arcs()["gentle"]), route.delivery_s)

    assert [span.title for span in picture.phases] == [
        "Settle", "Rise", "Deepen", "Return", "Ground", "Recover",
    ]  # fmt: skip
    assert all(
        before.end_s == after.start_s
        for before, after in zip(picture.phases, picture.phases[1:], strict=False)
    )
    assert max(energy for _moment_s, energy in picture.energy) == pytest.approx(0.5)


def test_every_track_of_a_solution_has_a_block_in_order() -> None:
    solution = solved()

    blocks = blocks_of(solution)

    heard = [track.title for phase in solution.proof.phases for track in phase.tracks]
    assert [block.title for block in blocks] == heard
    assert [block.start_s for block in blocks] == sorted(block.start_s for block in blocks)
    assert all(block.why for block in blocks)


def test_the_blocks_and_their_marks_are_painted(qtbot: QtBot) -> None:
    themed()
    solution = solved()
    assert solution.plan is not None
    view = PlanView()
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show_picture(picture_of(solution.plan.phases, solution.plan.delivery_s))
    empty = view.grab().toImage()

    view.show_blocks(blocks_of(solution))

    assert view.grab().toImage() != empty
