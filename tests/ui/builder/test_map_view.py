"""Every dot of the map is a track, and a lasso holds what lies in it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QPolygonF
from pytestqt.qtbot import QtBot

from ui.builder.map_view import FREE_BPM, SPREAD_BPM, MapView, inside

PLACE = st.tuples(st.integers(0, 20), st.integers(0, 20))


@given(st.lists(PLACE, min_size=3, max_size=9), st.lists(PLACE, min_size=1, max_size=20))
@settings(max_examples=80, derandomize=True)
def test_a_lasso_holds_what_qt_says_that_it_holds(
    corners: list[tuple[int, int]], places: list[tuple[int, int]]
) -> None:
    aside = np.array([0.317, 0.271])  # so that none lies on a side of the polygon
    points = np.array(places, np.float64) + aside

    found = inside(np.array(corners, np.float64), points)

    polygon = QPolygonF([QPointF(*corner) for corner in corners])
    rule = Qt.FillRule.OddEvenFill
    assert found.tolist() == [polygon.containsPoint(QPointF(x, y), rule) for x, y in points]


def test_a_lasso_emits_the_tracks_in_it(qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.show_tracks(
        np.array([7, 8, 9]), np.array([60.0, 90.0, np.nan]), np.array([0.2, 0.3, 0.25])
    )
    taken: list[list[int]] = []
    view.lassoed.connect(taken.append)

    view.take(np.array([[50.0, 0.1], [70.0, 0.1], [70.0, 0.5], [50.0, 0.5]]))
    aside = FREE_BPM + SPREAD_BPM
    view.take(np.array([[0.0, 0.0], [aside, 0.0], [aside, 1.0], [0.0, 1.0]]))
    view.take(np.array([[200.0, 0.0], [210.0, 0.0], [210.0, 1.0]]))

    assert view.count == 3
    assert taken == [[7], [9]]
