"""The picture of a session shows what is known, and what is expected after that."""

from fakes.session import status

from ui.desk.picture import LEAST_WIDTH_S, arc_picture

WAITING = {
    "t_s": 100.0,
    "phases": [{"name": "settle", "start_s": 0.0, "end_s": None}],
    "expected": [
        {"name": "settle", "start_s": 0.0, "end_s": 900.0},
        {"name": "rise", "start_s": 900.0, "end_s": 1620.0},
    ],
    "energy": [[0.0, 0.3], [900.0, 0.2], [900.0, 0.2], [1620.0, 0.4]],
    "cues": [],
}


def test_the_picture_has_every_phase_join_and_the_moment() -> None:
    picture = arc_picture(status())

    assert [span.title for span in picture.phases][:2] == ["Settle", "Rise"]
    assert picture.phases[-1].end_s == picture.end_s == 6880.0
    assert picture.now_s == 1970.0
    assert len(picture.joins_s) == len(status()["cues"]) - 1


def test_a_phase_that_waits_is_drawn_as_it_is_expected() -> None:
    picture = arc_picture(status(**WAITING))

    assert [(span.title, span.end_s) for span in picture.phases] == [
        ("Settle", 900.0),
        ("Rise", 1620.0),
    ]
    assert picture.energy[-1] == (1620.0, 0.4)


def test_the_picture_never_ends_before_now() -> None:
    assert arc_picture(status(t_s=9000.0)).end_s == 9000.0


def test_a_picture_of_nearly_nothing_still_has_a_width() -> None:
    phases = [{"name": "settle", "start_s": 0.0, "end_s": None}]
    picture = arc_picture(status(phases=phases, expected=phases, energy=[], t_s=0.0))

    assert picture.end_s == picture.phases[0].end_s == LEAST_WIDTH_S
