"""The therapist's builder in its states."""

from dataclasses import replace
from functools import cache

from fakes.gallery.stage import Screen, Stage
from fakes.previews import NotingPreview
from fakes.solutions import solved
from fakes.tracks import library
from PyQt6.QtWidgets import QWidget

from playlists.compiler import PlanRequest, Solution
from playlists.library.repository import Library
from playlists.library.search import Search
from playlists.solver.alternatives import Alternative
from playlists.solver.lacks import Lack
from soundscape.engine.sinks import Sink
from soundscape.session.plan import Join
from soundscape.units import Seconds
from ui.builder.rating_dialog import RatingDialog
from ui.builder.window import BuilderWindow
from ui.builder.wishes import Wish
from ui.builder.workshop import Workshop

TRACKS = library(80)
REASONS = (
    "The plan would follow the arc less. Energy 0.31, near the settle's 0.27 there, off by 0.04 a"
    " minute; no clear beat, which fits any phase."
)
SAVED, QUERY = "Slow strings", "bpm<60 energy<0.3"
GIVEN = frozenset({
    SAVED, QUERY, "USB Headphones",
    *(name for track in TRACKS for name in (track.title, track.artist)),
})  # fmt: skip


@cache
def plan() -> Solution:
    """Return one plan for every picture."""
    return solved(TRACKS, PlanRequest("im"))


class StillWorkshop(Workshop):
    """A workshop that has solved already, and knows one device."""

    def solve(self, wish: Wish) -> Solution:
        """Return the plan."""
        assert wish.route
        return plan()

    def sinks(self) -> tuple[Sink, ...]:
        """Offer one more device."""
        return (Sink("usb", "USB Headphones"),)

    def search(self) -> Search:
        """Keep a search before anything is read."""
        if not self.shelves.searches():
            self.shelves.keep_search(SAVED, QUERY)
        return super().search()


def builder(stage: Stage, *, empty: bool = False) -> BuilderWindow:
    """Return the builder on a library, when all is read."""
    if not empty:
        with Library.open(stage.folder.library) as opened:
            opened.save(*TRACKS)
    window = BuilderWindow(
        stage.folder, workshop=StillWorkshop(stage.folder), player=NotingPreview()
    )
    window.show()
    stage.qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
    return window


def loading(stage: Stage) -> BuilderWindow:
    """Return the builder while it measures."""
    window = builder(stage)
    window.library.show_job("", 0.4, can_cancel=True)
    return window


def listening(stage: Stage) -> BuilderWindow:
    """Return the builder while a track is heard."""
    window = builder(stage)
    window.library.table.selectRow(1)
    window.library.listen.click()
    return window


def planned(stage: Stage) -> BuilderWindow:
    """Return the builder with a plan, a track of it chosen and locked."""
    window = builder(stage)
    window.plan.form.route.setCurrentIndex(window.plan.form.route.findData("im"))
    window.plan.solve.click()
    stage.qtbot.waitUntil(lambda: window.plans.has_plan, timeout=60_000)
    window.plan.playlist.setCurrentIndex(window.plan.model.index(2, 0))
    window.plan.place.lock.click()
    window.halves.show_half(left=False)
    return window


def swapping(stage: Stage) -> BuilderWindow:
    """Return the builder with what else could stand in a place."""
    window = planned(stage)
    found = [Alternative(track, 0.01, REASONS) for track in TRACKS[:5]]
    window.swaps.show_looking(window.plan.view.blocks[2])
    window.plans.swapping.emit(True)  # noqa: FBT003 - a signal
    window.swaps.show_found(found)
    return window


def joining(stage: Stage) -> BuilderWindow:
    """Return the builder with a join that is a breath."""
    window = planned(stage)
    row, block = next(
        (row, block) for row, block in enumerate(window.plan.view.blocks) if not block.begins
    )
    breath = Join(Seconds(6.0), gap_s=Seconds(2.0))
    solution = window.plans.solution
    assert solution is not None
    window.plan.show_solution(solution, {}, {block.place: breath})
    window.plan.playlist.setCurrentIndex(window.plan.model.index(row, 0))
    window.plan.place.shape.click()
    return window


def refused(stage: Stage) -> BuilderWindow:
    """Return the builder where there is no plan."""
    window = builder(stage)
    lacks = replace(plan().proof, missing=(Lack(4, (0.1, 0.3), ()).words(),))
    window.plan.show_solution(Solution(None, lacks))
    window.halves.show_half(left=False)
    return window


def drawing(stage: Stage) -> BuilderWindow:
    """Return the builder while an arc is drawn."""
    window = builder(stage)
    window.plan.form.draw.click()
    return window


def asking_word(stage: Stage) -> RatingDialog:
    """Return what asks for the therapist's word on a track."""
    return RatingDialog(TRACKS[:1], 1, builder(stage))


def close_both(dialog: QWidget) -> None:
    """Close a dialog and its window."""
    window = dialog.parentWidget()
    dialog.close()
    if window is not None:
        window.close()


def mapped(stage: Stage) -> BuilderWindow:
    """Return the builder with its map."""
    window = builder(stage)
    window.library.map.click()
    stage.qtbot.waitUntil(lambda: not window.is_busy, timeout=20_000)
    return window


SCREENS = (
    Screen("builder, empty", lambda stage: builder(stage, empty=True), given=GIVEN),
    Screen("builder, measuring", loading, given=GIVEN),
    Screen("builder, listening", listening, given=GIVEN),
    Screen("builder, a plan", planned, given=GIVEN),
    Screen("builder, a swap", swapping, given=GIVEN),
    Screen("builder, a join", joining, given=GIVEN),
    Screen("builder, no plan", refused, given=GIVEN),
    Screen("builder, an arc", drawing, given=GIVEN),
    Screen("builder, the map", mapped, given=GIVEN),
    Screen("builder, a word", asking_word, given=GIVEN, end=close_both),
)
