"""The therapist's window: the library on one side, the plan made from it on the other."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PyQt6.QtCore import Qt, QTimer, pyqtBoundSignal
from PyQt6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QFileDialog, QMainWindow, QWidget

from soundscape.folders import DataFolder
from ui.builder.arc_panel import ArcPanel
from ui.builder.halves import Halves
from ui.builder.join_panel import JoinPanel
from ui.builder.keeping import keeping
from ui.builder.library_panel import LibraryPanel
from ui.builder.library_work import LibraryWork
from ui.builder.plan_panel import PlanPanel
from ui.builder.plan_work import PlanWork
from ui.builder.preset_dialog import Music, PresetDialog
from ui.builder.swap_panel import SwapPanel
from ui.builder.versions_dialog import VersionsDialog
from ui.preview import Excerpt, Preview
from ui.tasks import AFTER_SIGHT_MS, Jobs
from ui.widgets.buttons import Kind
from ui.words import _

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from ui.builder.shelves import Shelves
    from ui.builder.workshop import Workshop


class Player(Protocol):
    """What the builder needs of ``ui.preview.Preview``."""

    @property
    def playing(self) -> pyqtBoundSignal:
        """Sound is heard."""

    @property
    def ended(self) -> pyqtBoundSignal:
        """The sound has faded out."""

    @property
    def failed(self) -> pyqtBoundSignal:
        """There will be no sound; carries a sentence."""

    def use(self, device: str) -> None:
        """Play on another device; empty is the system's own."""

    def play(self, excerpt: Excerpt) -> None:
        """Fade an excerpt in."""

    def stop(self) -> None:
        """Fade out."""

    def close(self) -> None:
        """Let go of the sound device."""


class BuilderWindow(QMainWindow):
    """Shows library and plan; what can be done with each is in ``library_work`` and ``plan_work``.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    workshop : Workshop | None
        Does the work; None is the one on ``folder``.
    player : Player | None
        Plays previews; None is the preview's process.
    """

    def __init__(
        self,
        folder: DataFolder,
        *,
        workshop: "Workshop | None" = None,
        player: Player | None = None,
    ) -> None:
        super().__init__()
        self._made = workshop
        self._player = player or Preview(self)
        self._folder = folder
        self._jobs = Jobs(self.say_trouble)
        self._changed_plan = False
        self.library, self.plan = LibraryPanel(), PlanPanel()
        self.swaps, self.join, self.arc = SwapPanel(), JoinPanel(), ArcPanel()
        self.halves = Halves(self._needed_px)
        self.music = LibraryWork(folder, self._workshop, self._jobs, self.library)
        panels = (self.library, self.plan, self.swaps, self.join, self.arc)
        self.plans = PlanWork(folder, self._workshop, self._jobs, panels)
        self._lay_out()
        self._wire()
        self._player.use(self.music.device)
        self._is_reading = True
        self.library.show_job(_("Reading the library…"))
        QTimer.singleShot(AFTER_SIGHT_MS, self._begin)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Let the preview go; what runs behind keeps what it has done."""
        self.hide()
        self._stop()
        self._player.close()
        if self._made is not None:
            self._made.close()
        super().closeEvent(event)

    @property
    def is_busy(self) -> bool:
        """Whether anything goes on behind the window."""
        return self._jobs.is_busy or self._is_reading or self.library.model.is_reading

    def say_trouble(self, sentence: str) -> None:
        """Show a sentence about what went wrong."""
        self.library.show_notice(sentence)

    def _begin(self) -> None:
        """Read the library; what that loads would keep the window's first sight waiting."""
        self.music.begin()
        self._is_reading = False

    def _needed_px(self) -> tuple[int, int]:
        left_px = max(self.library.needed_px, self.join.needed_px)
        return left_px, max(self.plan.needed_px, self.arc.needed_px)

    def _workshop(self) -> "Workshop":
        """Return the workshop; called in the background, as to import it takes a while."""
        if self._made is None:
            with keeping():
                made: Workshop = import_module("ui.builder.workshop").Workshop(self._folder)
            self._made = made
        return self._made

    def _lay_out(self) -> None:
        self.halves.left.addWidget(self.library)
        self.halves.left.addWidget(self.swaps)
        self.halves.left.addWidget(self.join)
        self.halves.right.addWidget(self.plan)
        self.halves.right.addWidget(self.arc)
        self.setCentralWidget(self.halves)
        self.setObjectName("window")
        self.setWindowTitle(_("Builder"))
        self.setMinimumSize(640, 600)  # of all arrangements the smaller
        self.resize(1280, 800)
        self.setFocus()  # no field has the focus until somebody asks for one

    def _wire(self) -> None:
        library, plan, player = self.library, self.plan, self._player
        library.add_folder.clicked.connect(self._ask_folder)
        library.empty.add_folder.clicked.connect(self._ask_folder)
        library.cancel.clicked.connect(self._cancel)
        library.filled.connect(self._rank)
        library.stop_asked.connect(player.stop)
        library.player.play_asked.connect(self.plans.hearing.forget)
        library.player.play_asked.connect(player.play)
        library.player.device_chosen.connect(self._use)
        player.playing.connect(library.player.hears)
        for over in (self.music.hushed, self.plans.hearing.hushed):
            player.ended.connect(over)
        player.failed.connect(self.music.silent)
        player.failed.connect(self.plans.hearing.stop)
        self.swaps.listen_asked.connect(self.music.listen)
        self.music.stepped.connect(self.plans.renew)
        self.plans.said.connect(library.show_notice)
        self.plans.hearing.hear.connect(player.play)
        self.plans.hearing.hush.connect(player.stop)
        self.plans.swapping.connect(lambda seen: self._show_beside(self.swaps, seen=seen))
        self.plans.joining.connect(lambda seen: self._show_beside(self.join, seen=seen))
        self.plans.drawing.connect(self._show_arc)
        plan.save.clicked.connect(self._ask_file)
        plan.keep.clicked.connect(self._ask_preset)
        plan.form.versions.clicked.connect(self._ask_version)
        self.plans.stepped.connect(lambda: self._follow(plan=True))
        for kept in (self.music.acted, self.music.stepped, self.plans.said):
            kept.connect(lambda: self._follow(plan=False))
        for keys, act in (("Ctrl+Z", self._undo), ("Ctrl+Shift+Z", self._redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _show_beside(self, page: QWidget, *, seen: bool) -> None:
        """Show a page about one place of the plan instead of the library, or the library again."""
        was = self.halves.left.currentWidget() is page
        if seen or was:
            self.halves.left.setCurrentWidget(page if seen else self.library)
            self.halves.show_half(left=seen)
        self._rank()

    def _rank(self) -> None:
        """Let one button be the loudest: of what is to be done first."""
        page = self.halves.left.currentWidget()
        waits = page is self.swaps or (page is self.library and self.library.is_empty)
        self.plan.solve.set_kind(Kind.QUIET if waits else Kind.PRIMARY)

    def _show_arc(self, seen: bool) -> None:  # noqa: FBT001 - a slot
        """Show the arc that is drawn in place of the plan, or the plan."""
        self.halves.right.setCurrentWidget(self.arc if seen else self.plan)
        if seen:
            self.halves.show_half(left=False)

    def _follow(self, *, plan: bool) -> None:
        """Remember what was changed last: the plan, or the library and its lists."""
        self._changed_plan = plan

    def _undo(self) -> None:
        """Undo what was done last: to the arc that is drawn, to the plan, or to the library."""
        if self.arc.isVisible():
            self.arc.edit.undo()
        elif self.plans.can_undo and self._changed_plan:
            self.plans.undo()
        else:
            self.music.undo()

    def _redo(self) -> None:
        if self.arc.isVisible():
            self.arc.edit.redo()
        elif self.plans.can_redo and self._changed_plan:
            self.plans.redo()
        else:
            self.music.redo()

    def _cancel(self) -> None:
        self.library.cancel.setEnabled(False)
        self._stop()

    def _stop(self) -> None:
        """Stop measuring; what is done stays done."""
        if self._made is not None:
            self._made.stop()

    def _use(self, device: str) -> None:
        """Try sounds on another device from now on."""
        self._player.stop()
        self.music.hushed()
        self._player.use(device)
        self.music.keep_device(device)

    def _ask_preset(self) -> None:
        """Ask what the preset shall be called, and where its music comes from."""
        picked = self.library.model.picked
        music = Music(self.library.search.text(), self.plans.has_plan, tuple(picked))
        dialog = PresetDialog(self._folder, self.plan.form.chosen_arc().name, music, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wished.connect(self.plans.save_preset)
        dialog.open()

    def _ask_version(self) -> None:
        """Show the versions of the clinic's presets."""
        dialog = VersionsDialog(self)

        def run(work: "Callable[[Shelves], object]", done: Callable[[Any], None]) -> None:
            self._jobs.run(
                lambda _report: work(self._workshop().shelves), done, failed=dialog.state.setText
            )

        def show(name: str) -> None:
            run(lambda shelves: shelves.versions(name), dialog.show_versions)

        def done(_none: object) -> None:
            self.plans.renew()
            show(dialog.preset.currentData())

        dialog.asked.connect(show)
        dialog.wanted.connect(
            lambda name, number: run(lambda shelves: shelves.restore(name, number), done)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        run(lambda shelves: shelves.own_presets(), dialog.show_presets)

    def _ask_folder(self) -> None:
        self._dialog(
            QFileDialog.FileMode.Directory, _("Add a folder of music"), self.music.add_folder
        )

    def _ask_file(self) -> None:
        self._dialog(QFileDialog.FileMode.AnyFile, _("Save the plan"), self.plans.save)

    def _dialog(
        self, mode: QFileDialog.FileMode, title: str, accepted: Callable[[Path], None]
    ) -> None:
        """Ask for a path without a loop of its own, so that sessions and tasks are still seen."""
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.AnyFile:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("json")
            dialog.setDirectory(str(self._folder.plans))
        dialog.fileSelected.connect(lambda chosen: accepted(Path(chosen)))
        dialog.open()
