"""The picture of a session shows what is known, and what the plan expects after that."""

import pytest
from fakes.session import status

from playlists.routes import load_routes
from soundscape.session.plan import SessionPlan
from ui.desk.picture import arc_picture

WAITING = {
    "phase": "settle",
    "t_s": 100.0,
    "phases": [{"name": "settle", "start_s": 0.0, "end_s": None}],
    "energy": [[0.0, 0.3]],
    "cues": [],
}


@pytest.fixture
def plan() -> SessionPlan:
    route = load_routes()["iv"]
    return SessionPlan(
        route="iv", title="IV", arc="gentle", preset="ember", seed=1, delivery_s=route.delivery_s,
        phases=route.phases, cues=(), reserve=(), bed="", tracks={},
    )  # fmt: skip


def test_the_picture_has_every_phase_join_and_the_moment() -> None:
    picture = arc_picture(status())

    assert [span.title for span in picture.phases][:2] == ["Settle", "Rise"]
    assert picture.phases[-1].end_s == picture.end_s
    assert picture.now_s == 1970.0
    assert len(picture.joins_s) == len(status()["cues"]) - 1
    assert picture.end_s >= 6880.0


def test_the_picture_never_ends_before_now() -> None:
    phases = [{"name": "settle", "start_s": 0.0, "end_s": None}]
    picture = arc_picture(status(phases=phases, energy=[[0.0, 0.3]], t_s=9000.0))

    assert picture.end_s == 9000.0


def test_what_is_not_yet_certain_is_drawn_from_the_plan(plan: SessionPlan) -> None:
    picture = arc_picture(status(**WAITING), plan)

    assert len(picture.phases) == len(plan.phases)
    assert [span.start_s for span in picture.phases] == [
        0.0,
        900.0,
        1620.0,
        3000.0,
        4200.0,
        5400.0,
    ]
    assert picture.end_s == 6900.0
    assert [at_s for at_s, _value in picture.energy] == sorted(at for at, _v in picture.energy)


def test_a_phase_that_waits_past_its_time_pushes_the_rest_on(plan: SessionPlan) -> None:
    picture = arc_picture(status(**WAITING | {"t_s": 1200.0}), plan)

    assert [span.start_s for span in picture.phases][:3] == [0.0, 1200.0, 1920.0]


def test_what_is_known_is_not_drawn_from_the_plan(plan: SessionPlan) -> None:
    known = [{"name": "settle", "start_s": 0.0, "end_s": 60.0}]
    picture = arc_picture(status(**WAITING | {"phases": known}), plan)

    assert [span.end_s for span in picture.phases] == [60.0]
