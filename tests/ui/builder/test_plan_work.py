"""A plan is changed by hand: locked, swapped, faded, heard; what does not hold is not shown."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes.clock import FakeClock
from fakes.gallery.builder import TRACKS, StillWorkshop, planned
from fakes.gallery.stage import Stage
from fakes.screens import strike_key, themed
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from playlists.compiler import Solution
from playlists.models import Track
from playlists.solver.alternatives import Alternative
from playlists.solver.arrange import OFF_THE_ARC, Arrangement
from playlists.solver.layout import USUAL_JOIN
from soundscape.folders import DataFolder
from soundscape.session.plan import Join
from soundscape.units import Decibels, Seconds
from ui.builder.plan_view import Block
from ui.builder.planning import Planner
from ui.builder.wishes import Place, Wish
from ui.preview import Excerpt

if TYPE_CHECKING:
    from ui.builder.window import BuilderWindow

JOIN = Excerpt("join.wav", Seconds(0.0), Seconds(28.0), Decibels(0.0))


class NotingPlanner(Planner):
    """Notes what is asked, and answers as it was told."""

    def __init__(self, folder: DataFolder) -> None:
        super().__init__(folder)
        self.arranged: list[Arrangement] = []
        self.holds = True
        self.own: Track | None = None

    def arrange(self, wish: Wish, arrangement: Arrangement) -> Solution:
        """Return the plan that was shown, or that it does not hold."""
        self.arranged.append(arrangement)
        now = StillWorkshop(self.folder).solve(wish)
        if self.holds:
            return now
        return Solution(None, replace(now.proof, missing=(OFF_THE_ARC,)))

    def swaps(
        self, wish: Wish, arrangement: Arrangement, place: Place, own: Track | None = None
    ) -> tuple[Alternative, ...]:
        """Offer two tracks."""
        self.own = own
        assert wish.route == "im"
        assert arrangement.picks[place[0]][place[1]]
        return tuple(Alternative(track, 0.01, "It is near.") for track in TRACKS[:2])

    def join(self, solution: Solution, content: str) -> Excerpt:
        """Return a sound."""
        assert solution.plan is not None
        assert content
        return JOIN


class Bench:
    """A builder with a plan, of which a track is chosen and locked."""

    def __init__(self, qtbot: QtBot, folder: DataFolder) -> None:
        themed()
        self.qtbot = qtbot
        self.window: BuilderWindow = planned(Stage(qtbot, folder, FakeClock()))
        self.planner = NotingPlanner(folder)
        self.window._workshop().plans = self.planner  # noqa: SLF001 - no file stands behind these tracks
        self.plan, self.swaps = self.window.plan, self.window.swaps

    def choose(self, row: int) -> None:
        """Choose a track of the plan."""
        self.plan.playlist.setCurrentIndex(self.plan.model.index(row, 0))

    def settle(self) -> None:
        """Wait for what goes on."""
        self.qtbot.waitUntil(lambda: not self.window.is_busy, timeout=20_000)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, DataFolder(tmp_path))
    yield made
    made.settle()
    made.window.close()
    made.window.deleteLater()


def second_of_a_phase(bench: Bench) -> int:
    return next(n for n, block in enumerate(bench.plan.view.blocks) if block.place[1] == 1)


def test_a_lock_is_shown_and_goes_into_the_next_search(bench: Bench) -> None:
    block = bench.plan.view.blocks[2]

    asked: list[Wish] = []
    workshop = bench.window._workshop()  # noqa: SLF001
    workshop.solve = lambda wish: asked.append(wish) or bench.window.plans.solution  # type: ignore[method-assign, func-returns-value, assignment, return-value]
    bench.plan.solve.click()
    bench.settle()

    assert block.locked
    assert asked[0].locks == {block.place: block.track}
    assert bench.plan.view.blocks[2].locked


def test_the_key_l_lets_a_lock_go(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitActive(bench.window):
        bench.window.activateWindow()
    bench.plan.playlist.setFocus()

    strike_key(bench.plan.playlist, Qt.Key.Key_L)

    assert not bench.plan.view.blocks[2].locked


def test_all_locks_are_let_go_where_there_is_no_plan(bench: Bench) -> None:
    bench.plan.form.arc.setCurrentIndex(bench.plan.form.arc.findData("steady"))
    shown = bench.plan.unlock.isVisible(), bench.plan.unlock.text()

    bench.plan.unlock.click()

    assert shown == (True, "Unlock 1 track")
    assert not bench.plan.unlock.isVisible()


def test_why_a_track_stands_there_is_said_in_whole(bench: Bench) -> None:
    bench.choose(1)

    block = bench.plan.view.blocks[1]
    assert bench.plan.state.text() == f"{block.title}: {block.why}"


def test_another_track_is_taken_from_a_list_with_reasons(bench: Bench) -> None:
    bench.choose(1)
    bench.plan.place.swap.click()
    bench.settle()
    listed = bench.swaps.isVisible(), bench.swaps.model.rowCount()
    reason = bench.swaps.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    bench.swaps.take.click()
    bench.settle()

    phase, number = bench.plan.view.blocks[1].place
    assert listed == (True, 2)
    assert reason.endswith("It is near.")
    assert bench.planner.arranged[0].picks[phase][number] == TRACKS[0].content_hash
    assert not bench.swaps.isVisible()


def test_what_is_chosen_in_the_library_is_offered_for_a_place(bench: Bench) -> None:
    standing = {block.track for block in bench.plan.view.blocks}
    library = bench.window.library
    rows = range(library.model.rowCount())
    free = next(n for n in rows if library.model.track(n).content_hash not in standing)
    library.table.selectRow(free)
    bench.choose(1)

    bench.plan.place.swap.click()
    bench.settle()

    assert bench.planner.own == library.model.track(free)
    assert bench.swaps.state.text().startswith("Your choice in the library comes first")


def test_a_swap_that_does_not_hold_leaves_the_plan_as_it_was(bench: Bench) -> None:
    bench.planner.holds = False
    before = bench.plan.view.blocks
    bench.choose(1)
    bench.plan.place.swap.click()
    bench.settle()

    bench.swaps.take.click()
    bench.settle()

    assert bench.swaps.state.text() == OFF_THE_ARC
    assert bench.swaps.isVisible()
    assert bench.plan.view.blocks == before


def shaping(bench: Bench, row: int) -> Block:
    """Show the join into a track, and return its place as it was."""
    bench.choose(row)
    bench.plan.place.shape.click()
    return bench.plan.view.blocks[row]


def test_a_crossfade_is_made_longer_by_a_press(bench: Bench) -> None:
    row = second_of_a_phase(bench)
    block = shaping(bench, row)

    bench.window.join.length.set_value(9)
    bench.settle()

    assert bench.planner.arranged[0].joins == {block.place: Join(Seconds(9.0))}
    assert bench.plan.view.blocks[row].join == Join(Seconds(9.0))
    assert bench.plan.place.shape.text() == "Even, 9 s"
    assert bench.window.join.isVisible()


def test_a_breath_between_two_tracks_is_asked_for_and_shown(bench: Bench) -> None:
    row = second_of_a_phase(bench)
    block = shaping(bench, row)

    bench.window.join.ways.buttons["breath"].click()
    bench.settle()
    bench.window.join.gap.set_value(3)
    bench.settle()

    wanted = [Join(Seconds(8.0), gap_s=Seconds(gap_s)) for gap_s in (2.0, 3.0)]
    assert [one.joins for one in bench.planner.arranged] == [{block.place: w} for w in wanted]
    assert bench.plan.place.shape.text() == "Breath, 3 s"


def test_a_shaped_join_goes_into_the_next_search_by_the_tracks_that_meet(bench: Bench) -> None:
    row = second_of_a_phase(bench)
    shaping(bench, row)
    bench.window.join.length.set_value(9)
    bench.settle()
    asked: list[Wish] = []
    workshop = bench.window._workshop()  # noqa: SLF001
    workshop.solve = lambda wish: asked.append(wish) or bench.window.plans.solution  # type: ignore[method-assign, func-returns-value, assignment, return-value]

    bench.plan.solve.click()
    bench.settle()

    before, after = bench.plan.view.blocks[row - 1 : row + 1]
    assert asked[0].joins == {(before.track, after.track): Join(Seconds(9.0))}


def test_a_join_that_does_not_hold_says_so_and_stays_as_it_was(bench: Bench) -> None:
    bench.planner.holds = False
    row = second_of_a_phase(bench)
    block = shaping(bench, row)

    bench.window.join.length.set_value(19)
    bench.settle()

    assert bench.window.join.state.text() == OFF_THE_ARC
    assert bench.window.join.length.value() == 8
    assert bench.plan.view.blocks[row] == block


def test_the_page_of_a_join_follows_the_track_that_is_chosen(bench: Bench) -> None:
    row = second_of_a_phase(bench)
    shaping(bench, row)

    bench.choose(row + 1)
    followed = bench.window.join.block
    bench.choose(0)

    assert followed == bench.plan.view.blocks[row + 1]
    assert not bench.window.join.isVisible()
    assert not bench.plan.place.shape.isEnabled()


def test_a_join_is_heard_until_it_is_pressed_again(bench: Bench) -> None:
    player = bench.window._player  # noqa: SLF001
    bench.choose(1)

    bench.plan.place.join.click()
    bench.settle()
    heard = player.played[-1]  # type: ignore[attr-defined]
    bench.plan.place.join.click()

    assert heard == JOIN
    assert not player.sounds  # type: ignore[attr-defined]


def test_joins_are_heard_one_after_another_until_it_is_stopped(bench: Bench) -> None:
    player = bench.window._player  # noqa: SLF001
    row = second_of_a_phase(bench)
    shaping(bench, row)

    bench.window.join.hear_all.click()
    bench.settle()
    player.ended.emit()
    bench.settle()
    followed = bench.plan.playlist.currentIndex().row(), bench.window.join.block
    bench.window.join.hear.click()
    player.ended.emit()
    bench.settle()

    assert followed == (row + 1, bench.plan.view.blocks[row + 1])
    assert len(player.played) == 2  # type: ignore[attr-defined]
    assert not player.sounds  # type: ignore[attr-defined]
    assert bench.window.join.hear.text() == "Listen"


def test_the_last_join_is_followed_by_none(bench: Bench) -> None:
    player = bench.window._player  # noqa: SLF001
    last = len(bench.plan.view.blocks) - 1
    shaping(bench, last)

    bench.window.join.hear_all.click()
    bench.settle()
    heard = bench.window.join.hear.text()
    player.ended.emit()

    assert heard == "Stop"
    assert len(player.played) == 1  # type: ignore[attr-defined]
    assert bench.window.join.hear_all.isEnabled()


def test_what_is_listened_to_takes_the_place_of_joins(bench: Bench) -> None:
    player = bench.window._player  # noqa: SLF001
    shaping(bench, second_of_a_phase(bench))
    bench.window.join.hear_all.click()
    bench.settle()

    bench.window.music.listen(TRACKS[0])
    player.ended.emit()
    bench.settle()

    assert len(player.played) == 2  # type: ignore[attr-defined]
    assert player.played[-1] != JOIN  # type: ignore[attr-defined]


def press_keys(bench: Bench, keys: str) -> None:
    """Press keys that the whole window takes."""
    next(
        one for one in bench.window.findChildren(QShortcut) if one.key().toString() == keys
    ).activated.emit()


def test_a_lock_is_undone_and_done_again(bench: Bench) -> None:
    bench.plan.undo.click()
    undone = bench.plan.view.blocks[2].locked, bench.plan.unlock.isHidden()
    bench.plan.redo.click()

    assert undone == (False, True)
    assert bench.plan.view.blocks[2].locked
    assert (bench.plan.undo.isEnabled(), bench.plan.redo.isEnabled()) == (True, False)


def test_a_crossfade_is_undone_and_the_lock_before_it_stays(bench: Bench) -> None:
    row = second_of_a_phase(bench)
    shaping(bench, row)
    bench.window.join.length.set_value(9)
    bench.settle()

    bench.plan.undo.click()

    assert bench.plan.view.blocks[row].join == USUAL_JOIN
    assert bench.window.join.length.value() == 8
    assert bench.plan.view.blocks[2].locked


def test_a_swap_that_was_undone_is_done_again_by_keys(bench: Bench) -> None:
    bench.choose(2)
    bench.plan.place.swap.click()
    bench.settle()
    bench.swaps.take.click()
    bench.settle()
    taken = bench.window.plans._now  # noqa: SLF001

    press_keys(bench, "Ctrl+Z")
    undone = bench.window.plans._now  # noqa: SLF001
    press_keys(bench, "Ctrl+Shift+Z")

    block = bench.plan.view.blocks[2]
    assert undone.locks == {block.place: block.track}
    assert taken.locks == {block.place: TRACKS[0].content_hash}
    assert bench.window.plans._now == taken  # noqa: SLF001


def test_a_swap_that_does_not_hold_leaves_its_lock(bench: Bench) -> None:
    bench.planner.holds = False
    bench.choose(2)
    bench.plan.place.swap.click()
    bench.settle()

    bench.swaps.take.click()
    bench.settle()

    assert bench.plan.view.blocks[2].locked


def test_a_plan_that_was_looked_for_anew_gives_way_to_the_one_before(bench: Bench) -> None:
    before = bench.window.plans.solution
    workshop = bench.window._workshop()  # noqa: SLF001
    workshop.solve = lambda wish: Solution(None, replace(before.proof, missing=(wish.arc,)))  # type: ignore[method-assign, union-attr]
    bench.plan.solve.click()
    bench.settle()
    refused = bench.plan.refusal.text(), bench.plan.view.blocks

    bench.plan.undo.click()

    assert refused == ("gentle", ())
    assert bench.window.plans.solution is before
    assert bench.plan.view.blocks[2].locked


def test_another_request_leaves_nothing_of_the_plan_to_undo(bench: Bench) -> None:
    bench.plan.form.arc.setCurrentIndex(bench.plan.form.arc.findData("steady"))

    assert not bench.plan.undo.isEnabled()
    assert not bench.window.plans.can_undo


def test_keys_undo_what_was_done_last_be_it_to_the_plan_or_the_library(bench: Bench) -> None:
    bench.window.library.table.selectRow(0)
    bench.window.library.avoid.click()
    bench.settle()

    press_keys(bench, "Ctrl+Z")
    bench.settle()

    assert bench.plan.view.blocks[2].locked
    assert bench.window.library.notice.text().startswith("Undone: Rated a track")
