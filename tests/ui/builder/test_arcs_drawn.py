"""An arc is drawn by a finger, by keys or in a table, and what is kept is what was drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.screens import nameless, press, release, slide, strike_key, themed
from hypothesis import given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playlists.arcs import load_arcs, read_arc, scaled
from playlists.routes import load_routes
from soundscape.errors import LibraryError
from soundscape.folders import DataFolder
from soundscape.session.phases import Phase
from ui.builder.arc_draft import ArcDraft, Knot, added, knots_of, lines_of, moved, removed, toml_of
from ui.builder.arc_panel import ArcPanel
from ui.builder.arc_table import ENERGY, SHARE
from ui.builder.shelves import Shelves

IV = load_routes()["iv"]
ARCS = load_arcs()
PHASES = tuple(phase.name for phase in IV.phases)


def draft(knots: tuple[Knot, ...], title: str = "Long Shore") -> ArcDraft:
    return ArcDraft(title, "A long way.", knots, PHASES, False, ARCS["gentle"], frozenset(ARCS))  # noqa: FBT003


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ArcPanel]:
    themed()
    made = ArcPanel()
    qtbot.addWidget(made)
    made.resize(600, 720)
    made.begin(ARCS["gentle"], ARCS)
    made.show()
    yield made
    made.close()


@given(st.lists(st.tuples(st.integers(0, 20), st.floats(0, 7), st.floats(-1, 2)), max_size=12))
@settings(max_examples=60, derandomize=True)
def test_whatever_is_drawn_can_be_kept(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, float, float]]
) -> None:
    knots = knots_of(IV, ARCS["gentle"])
    for number, place, energy in moves:
        number %= len(knots)  # noqa: PLW2901 - which of those that there are
        knots = moved(added(knots, number), number, Knot(place, energy))
    path = tmp_path_factory.mktemp("arc") / "shore.toml"

    path.write_text(toml_of(draft(knots), "shore"), encoding="utf-8")
    arc = read_arc(path)

    lines = {phase.name: phase.energy for phase in scaled(IV, arc)}
    assert lines == {phase: lines_of(knots, PHASES)[phase] for phase in PHASES}


def test_what_an_arc_likes_stays_when_it_is_drawn_anew(tmp_path: Path) -> None:
    path = tmp_path / "shore.toml"
    path.write_text(toml_of(draft(knots_of(IV, ARCS["gentle"])), "shore"), encoding="utf-8")

    assert read_arc(path).brightness_hz(Phase.DEEPEN) == (100.0, 2000.0)


def test_a_boundary_of_phases_stays_where_it_is_in_time() -> None:
    knots = knots_of(IV, ARCS["gentle"])

    assert moved(knots, 1, Knot(1.5, 0.4))[1] == Knot(1.0, 0.4)
    assert removed(knots, 1) == knots


def test_a_point_cannot_pass_its_neighbors() -> None:
    knots = added(knots_of(IV, ARCS["gentle"]), 0)

    assert moved(knots, 1, Knot(5.0, 0.1))[1].place < 1.0
    assert removed(knots, 1) == knots_of(IV, ARCS["gentle"])


def test_a_finger_drags_a_point_and_the_table_follows(panel: ArcPanel) -> None:
    handles, before = panel.handles, panel.edit.knots[2]
    start = handles.point_of(2).toPoint()

    press(handles, at=start)
    slide(handles, start + QPoint(0, -30))
    release(handles, at=start + QPoint(0, -30))

    after = panel.edit.knots[2]
    assert after.energy > before.energy
    assert panel.model.index(2, ENERGY).data() == f"{after.energy:.2f}"
    assert panel.table.currentIndex().row() == 2


def test_keys_choose_move_add_and_remove_points(panel: ArcPanel) -> None:
    handles, edit = panel.handles, panel.edit
    count, energy = len(edit.knots), edit.knots[1].energy

    strike_key(handles, Qt.Key.Key_Right)
    strike_key(handles, Qt.Key.Key_Up)
    strike_key(handles, Qt.Key.Key_Insert)
    more = len(edit.knots)
    strike_key(handles, Qt.Key.Key_Delete)

    assert edit.knots[1].energy == pytest.approx(energy + 0.01)
    assert (more, len(edit.knots)) == (count + 1, count)
    assert "energy" in handles.accessibleName()


def test_numbers_typed_into_the_table_move_points(panel: ArcPanel) -> None:
    panel.add.click()

    typed = panel.model.setData(panel.model.index(1, SHARE), 25.0)
    panel.model.setData(panel.model.index(1, ENERGY), 0.33)
    refused = panel.model.setData(panel.model.index(1, ENERGY), "much")

    assert typed
    assert not refused
    assert panel.edit.knots[1] == Knot(0.25, 0.33)
    assert not panel.model.flags(panel.model.index(0, SHARE)) & Qt.ItemFlag.ItemIsEditable


def test_steps_are_undone_and_done_again(panel: ArcPanel) -> None:
    began = panel.edit.knots
    panel.edit.move(Knot(0.0, 0.7))
    drawn = panel.edit.knots

    panel.edit.undo()
    undone = panel.edit.knots
    panel.edit.redo()

    assert undone == began
    assert panel.edit.knots == drawn != began


def test_an_arc_is_kept_under_a_name_of_its_own(panel: ArcPanel, tmp_path: Path) -> None:
    began = panel.keep.isEnabled()
    panel.title.setText("Long Shore")
    panel.line.setText("A long way.")
    panel.edit.move(Knot(0.0, 0.42))
    folder = DataFolder(tmp_path)

    name = Shelves(folder).keep_arc(panel.draft())

    assert not began
    assert panel.keep.isEnabled()
    assert nameless(panel) == []
    assert load_arcs(folder.arcs)[name].stretches[Phase.SETTLE].energy[0] == (0.0, 0.42)  # type: ignore[index]


def test_the_name_of_a_shipped_arc_is_refused(tmp_path: Path) -> None:
    shelves = Shelves(DataFolder(tmp_path))

    with pytest.raises(LibraryError, match="choose another name"):
        shelves.keep_arc(draft(knots_of(IV, ARCS["gentle"]), "Gentle"))
