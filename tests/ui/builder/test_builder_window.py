"""The therapist's window: library and plan, with all that takes long behind it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from fakes.previews import NotingPreview
from fakes.screens import controls, nameless, themed
from fakes.solutions import solved
from fakes.tracks import library, track
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playlists.compiler import PlanRequest, Solution
from playlists.library.repository import Library
from playlists.library.scanner import AddReport, Progress
from playlists.library.search import Search
from playlists.library.watch import WatchReport
from playlists.models import Track
from soundscape.engine.sinks import Sink
from soundscape.errors import LibraryError, StoreError
from soundscape.folders import DataFolder
from soundscape.session.plan_file import read_plan
from soundscape.settings import read_settings
from soundscape.units import Seconds
from ui.builder.map_view import MapView
from ui.builder.search_dialog import SearchDialog
from ui.builder.window import BuilderWindow
from ui.builder.wishes import Wish
from ui.builder.workshop import Workshop
from ui.theme import TARGET_PX

SOLVED_MS = 60_000
"""A refusal is found by planning again with what it names, and a busy machine takes its time."""


class NotingWorkshop(Workshop):
    """A workshop whose music comes from nowhere; its library is a real one."""

    def __init__(self, folder: DataFolder, tracks: Sequence[Track]) -> None:
        super().__init__(folder)
        self.asked: list[Wish] = []
        self.added: list[Path] = []
        self.trouble: StoreError | None = None
        self.stale = 0
        self.holds = False
        self.watched: WatchReport | None = None
        self.progress: list[Progress] = []
        self.stopped = threading.Event()
        self.keep(*tracks)

    def keep(self, *tracks: Track) -> None:
        """Put tracks into the library."""
        with Library.open(self.folder.library) as library:
            library.save(*tracks)

    def add(self, path: Path, report: Callable[[Progress], None]) -> AddReport:
        """Add one track and refuse one file."""
        self.added.append(path)
        report(Progress(1, 2, done_bytes=1, total_bytes=4, left_s=Seconds(240.0)))
        if self.holds:
            self.stopped.wait()
            raise LibraryError("Stopped: 1 done, 1 left; the next time goes on.")
        self.keep(track("new"))
        return AddReport(1, 0, 0, 0, ((path / "b.mp3", "is not music"),), 0.1)

    def renew(self, report: Callable[[Progress], None]) -> AddReport | None:
        """Measure anew what is stale."""
        if not self.stale:
            return None
        report(Progress(done=0, total=self.stale, done_bytes=0, total_bytes=4))
        self.keep(track("renewed"))
        return AddReport(0, self.stale, 0, 0, (), 0.1)

    def stop(self) -> None:
        """Let what holds end."""
        self.stopped.set()

    def look_again(self, report: Callable[[Progress], None]) -> WatchReport | None:
        """Find what it was told."""
        for progress in self.progress:
            report(progress)
        return self.watched

    def sinks(self) -> tuple[Sink, ...]:
        """Offer one more device."""
        return (Sink("usb", "USB Headphones"),)

    def make_starter(self) -> Search:
        """Give the library its first tracks."""
        self.keep(*library(12))
        return self.search()

    def solve(self, wish: Wish) -> Solution:
        """Solve for real, or fail."""
        self.asked.append(wish)
        if self.trouble is not None:
            raise self.trouble
        with Library.open(self.folder.library) as opened:
            tracks = tuple(opened.tracks())
        return solved(tracks, PlanRequest(wish.route, wish.delivery_s, wish.arc))


class Bench:
    """A window with its workshop and its preview."""

    def __init__(self, folder: DataFolder, tracks: Sequence[Track], stale: int) -> None:
        self.workshop = NotingWorkshop(folder, tracks)
        self.workshop.stale = stale
        self.player = NotingPreview()
        self.window = BuilderWindow(folder, workshop=self.workshop, player=self.player)
        self.library = self.window.library
        self.plan = self.window.plan
        self.window.show()

    def select(self, row: int) -> Track:
        """Select one row of the table and return its track."""
        self.library.table.selectRow(row)
        return self.library.selected()[0]


class Open(Protocol):
    """Opens a builder on a library."""

    def __call__(self, tracks: Sequence[Track], *, stale: int = 0) -> Bench:
        """Open it, with some tracks that an older version measured."""


@pytest.fixture
def open_on(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    themed()
    opened: list[Bench] = []

    def open_on(tracks: Sequence[Track], *, stale: int = 0) -> Bench:
        bench = Bench(DataFolder(tmp_path), tracks, stale)
        opened.append(bench)
        qtbot.waitUntil(lambda: not bench.library.bar.isVisible())
        return bench

    yield open_on
    for bench in opened:
        qtbot.waitUntil(lambda bench=bench: not bench.window.is_busy)  # type: ignore[misc]
        bench.window.close()
        bench.window.deleteLater()


def test_the_library_is_shown_with_its_length(open_on: Open) -> None:
    bench = open_on([track("a"), track("b")])

    assert bench.library.model.rowCount() == 2
    assert bench.library.count.text() == "2 tracks, 0.2 h"


def test_typing_filters_the_table(open_on: Open) -> None:
    bench = open_on([track("cedar"), track("low tide")])

    bench.library.search.setText("ced")

    assert bench.library.model.rowCount() == 1


def test_an_empty_library_offers_a_way_out(open_on: Open, qtbot: QtBot) -> None:
    bench = open_on([])
    offered = bench.library.empty.isVisible()

    bench.library.empty.make_starter.click()
    qtbot.waitUntil(bench.library.table.isVisible)

    assert offered
    assert bench.library.model.rowCount() == 12


def test_a_folder_is_added_with_progress_and_a_word_on_what_was_left_out(
    open_on: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    bench = open_on([track("a")])

    bench.window.music.add_folder(tmp_path)
    begun = bench.library.bar.isVisible()
    qtbot.waitUntil(lambda: bench.library.model.rowCount() == 2)

    assert begun
    assert bench.workshop.added == [tmp_path]
    assert bench.library.notice.text() == "1 track added. 1 file was left out."
    assert not bench.library.bar.isVisible()


def test_adding_can_be_cancelled_and_says_what_is_left(
    open_on: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    bench = open_on([track("a")])
    bench.workshop.holds = True
    bench.window.music.add_folder(tmp_path)
    qtbot.waitUntil(bench.library.cancel.isVisible)
    said = bench.library.notice.text()

    bench.library.cancel.click()
    qtbot.waitUntil(lambda: not bench.library.cancel.isVisible())

    assert said == "Measured 1 of 2 files. About 4 minutes left."
    assert bench.library.notice.text() == "Stopped: 1 done, 1 left; the next time goes on."
    assert bench.library.add_folder.isEnabled()


def test_what_an_older_version_measured_is_measured_anew_behind_the_window(
    open_on: Open, qtbot: QtBot
) -> None:
    bench = open_on([track("a")], stale=3)

    qtbot.waitUntil(lambda: bench.library.model.rowCount() == 2)

    assert bench.library.notice.text() == "3 tracks measured anew."


def test_closing_stops_what_is_measured(open_on: Open, qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_on([track("a")])
    bench.workshop.holds = True
    bench.window.music.add_folder(tmp_path)

    bench.window.close()
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert bench.workshop.stopped.is_set()


def test_approving_changes_the_verdict_and_keeps_the_selection(
    open_on: Open, qtbot: QtBot
) -> None:
    bench = open_on([track("a", vocal_probability=0.5)])
    bench.select(0)

    bench.library.approve.click()
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert bench.library.selected()[0].rating.instrumental is True
    assert not bench.library.approve.isEnabled()


def test_an_avoided_track_can_be_allowed_again(open_on: Open, qtbot: QtBot) -> None:
    bench = open_on([track("a")])
    bench.select(0)
    bench.library.avoid.click()
    qtbot.waitUntil(lambda: bench.library.avoid.text() == "Allow again")

    bench.library.avoid.click()
    qtbot.waitUntil(lambda: bench.library.avoid.text() == "Avoid")

    assert not bench.library.selected()[0].rating.avoid


def test_a_track_is_heard_until_it_is_stopped(open_on: Open) -> None:
    bench = open_on([track("a")])
    bench.select(0)
    bench.library.listen.click()
    sounding = bench.player.sounds, bench.library.listen.text()

    bench.library.listen.click()
    bench.player.ended.emit()

    assert sounding == (True, "Stop listening")
    assert not bench.player.sounds
    assert bench.library.listen.text() == "Listen"


def test_a_preview_that_fails_says_why(open_on: Open) -> None:
    bench = open_on([track("a")])
    bench.select(0)
    bench.library.listen.click()

    bench.player.failed.emit("Sounds cannot be tried here.")

    assert bench.library.notice.text() == "Sounds cannot be tried here."
    assert bench.library.listen.text() == "Listen"


@pytest.mark.slow
def test_a_plan_that_holds_is_shown_and_saved(open_on: Open, qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_on(library(80))
    saved = tmp_path / "plan.json"

    bench.plan.solve.click()
    disabled = not bench.plan.solve.isEnabled()
    qtbot.waitUntil(bench.plan.save.isEnabled, timeout=20_000)
    bench.window.plans.save(saved)
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert disabled
    assert bench.plan.model.rowCount() == len(bench.plan.view.blocks) > 10
    assert bench.plan.state.text() == "Saved as plan.json."
    assert read_plan(saved).route == "iv"


def test_what_the_library_lacks_is_said_in_its_sentences(open_on: Open, qtbot: QtBot) -> None:
    few = library(3)
    bench = open_on(few)

    bench.plan.solve.click()
    qtbot.waitUntil(lambda: bool(bench.plan.refusal.text()), timeout=SOLVED_MS)

    for sentence in solved(few).proof.missing:
        assert sentence in bench.plan.refusal.text()
    assert bench.plan.refusal.isVisible()
    assert not bench.plan.save.isEnabled()


def test_a_failure_of_the_work_is_said_too(open_on: Open, qtbot: QtBot) -> None:
    bench = open_on([track("a")])
    bench.workshop.trouble = StoreError("The disk is full; free some space.")

    bench.plan.solve.click()
    qtbot.waitUntil(lambda: bool(bench.plan.refusal.text()), timeout=SOLVED_MS)

    assert bench.plan.refusal.text() == "The disk is full; free some space."
    assert bench.plan.solve.isEnabled()


def test_an_answer_to_an_earlier_request_is_not_shown(open_on: Open, qtbot: QtBot) -> None:
    bench = open_on(library(3))

    bench.plan.solve.click()
    bench.plan.form.arc.setCurrentIndex(bench.plan.form.arc.findData("steady"))
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert bench.workshop.asked[0].arc == "gentle"
    assert bench.plan.refusal.text() == ""
    assert bench.plan.solve.isEnabled()


def test_the_request_says_what_was_chosen(open_on: Open) -> None:
    plan = open_on([]).plan

    plan.form.preset.setCurrentIndex(plan.form.preset.findData("still-water"))
    plan.form.delivery.set_value(60)

    assert plan.form.wish() == Wish("iv", "steady", "still-water", Seconds(3600.0))


def test_a_route_with_one_length_asks_for_no_other(open_on: Open) -> None:
    plan = open_on([]).plan

    plan.form.route.setCurrentIndex(plan.form.route.findData("im"))

    assert plan.form.wish().delivery_s == 0.0
    assert not plan.form.delivery.isEnabled()


@pytest.mark.parametrize(
    ("size", "across"),
    [
        ((1280, 800), Qt.Orientation.Horizontal),
        ((1024, 768), Qt.Orientation.Horizontal),
        ((800, 1280), Qt.Orientation.Vertical),
    ],
)
def test_the_halves_reflow_and_nothing_is_too_small(
    open_on: Open, qtbot: QtBot, size: tuple[int, int], across: Qt.Orientation
) -> None:
    bench = open_on([track("a"), track("b")])

    bench.window.resize(*size)
    qtbot.waitUntil(lambda: bench.window.width() == size[0])

    small = [
        control.accessibleName()
        for control in controls(bench.window)
        if min(control.width(), control.height()) < TARGET_PX
        and control.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert bench.window.halves.orientation is across
    assert small == []


def test_everything_that_takes_the_focus_has_a_name(open_on: Open) -> None:
    bench = open_on([track("a")])

    assert nameless(bench.window) == []


def test_trouble_from_elsewhere_has_a_place(open_on: Open) -> None:
    bench = open_on([track("a")])

    bench.window.say_trouble("Something did not work.")

    assert bench.library.notice.text() == "Something did not work."


def test_closing_lets_the_sound_go(open_on: Open) -> None:
    bench = open_on([track("a")])

    bench.window.close()

    assert bench.player.is_closed


def test_the_map_shows_what_is_searched_and_a_lasso_lists_it(open_on: Open, qtbot: QtBot) -> None:
    bench = open_on([track("a", tempo_bpm=60.0, tempo_confidence=0.9), track("b"), track("low")])
    bench.library.map.click()
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)
    drawn = bench.library.findChild(MapView)
    assert drawn is not None
    all_of_them = drawn.count
    bench.library.search.setText("low")
    found = drawn.count
    bench.library.search.setText("")

    drawn.take(np.array([[55.0, 0.0], [65.0, 0.0], [65.0, 1.0], [55.0, 1.0]]))
    listed = bench.library.table.isVisible(), bench.library.model.rowCount()
    bench.library.chips.picked.click()

    assert (all_of_them, found) == (3, 1)
    assert listed == (True, 1)
    assert bench.library.model.rowCount() == 3


def test_a_device_for_trying_sounds_is_remembered(open_on: Open, tmp_path: Path) -> None:
    bench = open_on([track("a")])

    bench.library.player.device_chosen.emit("usb")

    assert bench.player.device == "usb"
    assert read_settings(tmp_path / "settings.toml")["preview_device"] == "usb"


def test_a_track_is_scrubbed(open_on: Open) -> None:
    bench = open_on([track("a")])
    bench.select(0)
    bench.library.listen.click()

    bench.library.player.strip.sought.emit(200)

    assert bench.player.played[-1].start_s == 200.0


@pytest.mark.parametrize("files", [0, 1])
def test_looking_through_watched_folders_is_seen_to_end_where_nothing_is_new(
    open_on: Open, qtbot: QtBot, files: int
) -> None:
    bench = open_on([track("a")])
    bench.workshop.watched = WatchReport(AddReport(0, 0, 1, 0, (), 0.1), ())
    bench.workshop.progress = [Progress(done=0, total=files, done_bytes=0, total_bytes=files)]

    bench.window.music.begin()
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert bench.library.notice.text() == ""
    assert bench.library.bar.isHidden()
    assert bench.library.add_folder.isEnabled()


def test_what_watched_folders_hold_by_now_is_told(
    open_on: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    bench = open_on([track("a")])
    new = AddReport(1, 0, 0, 2, (), 0.1)
    bench.workshop.watched = WatchReport(new, ())

    bench.window.music.begin()
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert tmp_path.is_dir()
    assert bench.library.notice.text() == (
        "The watched folders were looked through: 1 new track, 2 are missing."
    )


def test_an_arc_is_drawn_saved_and_chosen(open_on: Open, qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_on([track("a")])
    bench.plan.form.draw.click()
    drawn = bench.window.arc.isVisible()
    bench.window.arc.title.setText("Long Shore")
    bench.window.arc.line.setText("A long way.")

    bench.window.arc.keep.click()
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert drawn
    assert bench.plan.isVisible()
    assert bench.plan.form.chosen_arc().name == "long-shore"
    assert (tmp_path / "arcs" / "long-shore.toml").is_file()


def test_a_saved_search_becomes_a_chip(open_on: Open, qtbot: QtBot) -> None:
    bench = open_on([track("a")])
    bench.library.search.setText("bpm<60")
    bench.library.chips.keep.click()
    dialog = bench.window.findChild(SearchDialog)
    assert dialog is not None

    dialog.name.setText("Slow")
    dialog.keep.click()
    qtbot.waitUntil(lambda: not bench.window.is_busy, timeout=SOLVED_MS)

    assert list(bench.library.chips.saved) == ["Slow"]
    assert bench.library.chips.keep.text() == "Change search…"
