"""The arc puts moments where they belong."""

import pytest
from fakes.screens import relative_luminance, themed
from pytestqt.qtbot import QtBot

from soundscape.units import Seconds
from ui.widgets.arc_view import ArcPicture, ArcView, PhaseSpan

PICTURE = ArcPicture(
    phases=(
        PhaseSpan("Settle", Seconds(0.0), Seconds(600.0)),
        PhaseSpan("Rise", Seconds(600.0), Seconds(1200.0)),
    ),
    energy=((0.0, 0.2), (600.0, 0.5), (1200.0, 0.1)),
    joins_s=(Seconds(300.0),),
    now_s=Seconds(600.0),
    end_s=Seconds(1200.0),
)


@pytest.fixture
def view(qtbot: QtBot) -> ArcView:
    themed()
    made = ArcView()
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    return made


def test_now_is_in_the_middle_of_the_picture_when_half_is_over(view: ArcView) -> None:
    view.show_picture(PICTURE)

    assert view.x_of(600.0) == pytest.approx(400.0)


def test_the_line_of_now_is_painted_where_now_is(view: ArcView) -> None:
    view.show_picture(PICTURE)
    image = view.grab().toImage()
    scale = image.devicePixelRatio()
    lit = [
        relative_luminance(image.pixelColor(round(x * scale), round(60 * scale)))
        for x in range(350, 451)
    ]

    assert 350 + lit.index(max(lit)) == pytest.approx(400, abs=2)


@pytest.mark.parametrize(
    "picture",
    [
        ArcPicture(),
        ArcPicture(now_s=Seconds(5.0)),
        ArcPicture(energy=((0.0, 0.3),), now_s=Seconds(0.0), end_s=Seconds(60.0)),
    ],
)
def test_a_picture_with_little_in_it_is_painted(view: ArcView, picture: ArcPicture) -> None:
    view.show_picture(picture)

    assert not view.grab().isNull()
