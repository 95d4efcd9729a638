"""A join is shaped by a finger, by keys and by touches, within what is allowed."""

from dataclasses import replace

import pytest
from fakes.screens import press, release, slide, strike_key, themed
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playlists.solver.layout import GAP_FADE_RANGE_S, USUAL_JOIN
from soundscape.session.cues import Shape
from soundscape.session.plan import Join
from soundscape.units import Seconds
from ui.builder.join_panel import JoinPanel
from ui.builder.join_view import SHOWN_S
from ui.builder.join_words import Way, in_way, join_text, way_of
from ui.builder.plan_view import Block, Fit

BREATH = Join(Seconds(6.0), gap_s=Seconds(3.0))
BEFORE = Block("Dawn", "A", "Rise", "", Seconds(0.0), Seconds(300.0), 0.2, Fit.GOOD, (1, 0))
AFTER = replace(BEFORE, title="Tide", place=(1, 1), join=USUAL_JOIN)


@pytest.fixture
def panel(qtbot: QtBot) -> JoinPanel:
    themed()
    made = JoinPanel()
    qtbot.addWidget(made)
    made.resize(600, 640)
    made.show_join(AFTER, BEFORE)
    made.show()
    return made


@pytest.fixture
def wished(panel: JoinPanel) -> list[Join]:
    """Return what is asked for, as it is asked."""
    joins: list[Join] = []
    panel.wished.connect(lambda _block, join: joins.append(join))
    return joins


@pytest.mark.parametrize(
    ("key", "length_s"),
    [(Qt.Key.Key_Right, 9.0), (Qt.Key.Key_Left, 7.0), (Qt.Key.Key_PageUp, 12.0)],
)
def test_keys_move_the_length(
    panel: JoinPanel, wished: list[Join], key: Qt.Key, length_s: float
) -> None:
    strike_key(panel.view, key)

    assert wished == [Join(Seconds(length_s))]


@pytest.mark.parametrize(("join", "wanted_s"), [(USUAL_JOIN, 14.0), (BREATH, 10.0)])
def test_a_handle_that_is_dragged_asks_once_when_it_is_let_go(
    panel: JoinPanel, wished: list[Join], join: Join, wanted_s: float
) -> None:
    panel.show_join(replace(AFTER, join=join), BEFORE)
    view, (_, handle) = panel.view, panel.view.handles()
    per_second = (handle.x() - view.rect().center().x()) / (
        join.fade_s + join.gap_s / 2.0 if join.gap_s else join.fade_s / 2.0
    )
    away_s = wanted_s + join.gap_s / 2.0 if join.gap_s else wanted_s / 2.0
    to = QPoint(round(view.rect().center().x() + per_second * away_s), round(handle.y()))

    press(view, at=handle.toPoint())
    slide(view, to)
    while_held = list(wished)
    release(view, at=to)

    assert not while_held
    assert wished == [replace(join, fade_s=Seconds(wanted_s))]


def test_no_handle_leaves_the_picture(panel: JoinPanel) -> None:
    for join in (Join(Seconds(20.0)), Join(Seconds(20.0), gap_s=Seconds(5.0))):
        panel.show_join(replace(AFTER, join=join), BEFORE)
        first, last = panel.view.handles()
        assert 0.0 < first.x() < last.x() < panel.view.width()
    assert SHOWN_S > 45.0


def test_a_breath_has_silence_to_be_set_and_no_fade_that_startles(
    panel: JoinPanel, wished: list[Join]
) -> None:
    panel.show_join(replace(AFTER, join=Join(Seconds(2.0))), BEFORE)
    hidden = panel.gap.isVisible()

    panel.ways.buttons[Way.BREATH].click()
    panel.show_join(replace(AFTER, join=wished[0]), BEFORE)

    assert not hidden
    assert wished == [Join(GAP_FADE_RANGE_S[0], gap_s=Seconds(2.0))]
    assert panel.gap.isVisible()
    assert float(panel.view.minimum()) == GAP_FADE_RANGE_S[0]


def test_where_a_phase_begins_only_the_law_is_offered(
    panel: JoinPanel, wished: list[Join]
) -> None:
    own = Join(Seconds(30.0))
    panel.show_join(replace(AFTER, place=(2, 0), begins=True, join=own), BEFORE)
    offered = panel.view.isEnabled(), panel.length.isVisible()

    panel.ways.buttons[Way.STRAIGHT].click()

    assert offered == (False, False)
    assert not panel.ways.buttons[Way.BREATH].isVisible()
    assert "its route says how long" in panel.state.text()
    assert wished == [Join(Seconds(30.0), Shape.LINEAR)]


def test_a_refused_wish_leaves_the_page_as_the_join_is(panel: JoinPanel) -> None:
    panel.ways.buttons[Way.BREATH].click()
    panel.view.setValue(15)

    panel.say("It does not hold.")

    assert panel.state.text() == "It does not hold."
    assert (panel.ways.value(), panel.view.value()) == (Way.EVEN, 8)


@pytest.mark.parametrize("way", Way)
def test_a_join_goes_the_way_that_is_asked_for(way: Way) -> None:
    for join in (USUAL_JOIN, Join(Seconds(6.0), Shape.LINEAR), BREATH):
        assert way_of(in_way(join, way)) is way


def test_a_join_is_told_in_words_and_in_the_sliders_name(panel: JoinPanel) -> None:
    assert [join_text(one) for one in (USUAL_JOIN, BREATH)] == ["Even, 8 s", "Breath, 3 s"]
    assert panel.view.accessibleName() == "How long the crossfade is: Even, 8 s"
