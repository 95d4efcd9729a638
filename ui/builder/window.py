"""The therapist's window: the library on one side, the plan made from it on the other."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PyQt6.QtCore import Qt, pyqtBoundSignal
from PyQt6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PyQt6.QtWidgets import QFileDialog, QMainWindow, QSplitter

from playlists.library.ratings import Said
from playlists.models import Track
from playlists.presets import load_presets
from soundscape.folders import DataFolder
from soundscape.units import Seconds
from ui.builder.library_panel import LibraryPanel
from ui.builder.plan_panel import PlanPanel
from ui.builder.preset_dialog import PresetDialog
from ui.builder.wishes import PresetWish
from ui.preview import Excerpt, Preview, excerpt_of
from ui.tasks import Task
from ui.widgets.card import Card
from ui.words import _, counted, time_left

if TYPE_CHECKING:  # to load them takes seconds, which the first sight of the window would wait for
    from playlists.compiler import Solution
    from playlists.library.scanner import Progress
    from playlists.library.search import Search
    from ui.builder.workshop import Workshop

PREVIEW_S = Seconds(60.0)
NARROW_PX = 960
MARGIN_PX = 20


class Player(Protocol):
    """What the builder needs of ``ui.preview.Preview``."""

    @property
    def ended(self) -> pyqtBoundSignal:
        """The sound has faded out."""

    @property
    def failed(self) -> pyqtBoundSignal:
        """There will be no sound; carries a sentence."""

    def play(self, excerpt: Excerpt) -> None:
        """Fade an excerpt in."""

    def stop(self) -> None:
        """Fade out."""

    def close(self) -> None:
        """Let go of the sound device."""


class BuilderWindow(QMainWindow):
    """Shows library and plan, and runs what takes long behind them.

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
        self._solution: Solution | None = None
        self._asked = 0
        self._tasks: set[Task] = set()
        self.library = LibraryPanel()
        self.plan = PlanPanel()
        self.plan.show_presets(load_presets(folder))
        self._split = QSplitter()
        self._lay_out()
        self._wire()
        self.library.show_job(_("Reading the library…"))
        self._run(lambda _report: self._workshop().search(), self._show_library)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Let the preview go; what runs behind keeps what it has done."""
        self.hide()
        self._stop()
        self._player.close()
        if self._made is not None:
            self._made.close()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the plan below the library where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_PX
        self._split.setOrientation(
            Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        )

    @property
    def is_busy(self) -> bool:
        """Whether anything goes on behind the window."""
        return bool(self._tasks)

    @property
    def orientation(self) -> Qt.Orientation:
        """How library and plan lie: side by side, or the plan below."""
        return self._split.orientation()

    def say_trouble(self, sentence: str) -> None:
        """Show a sentence about what went wrong."""
        self.library.show_notice(sentence)

    def add_folder(self, path: Path) -> None:
        """Measure a folder's music and add it, with progress."""

        def done(report: Any) -> None:  # noqa: ANN401 - a task returns what its work did
            added = counted("{count} track added.", "{count} tracks added.", report.added)
            left_out = counted(
                "{count} file was left out.", "{count} files were left out.", len(report.rejected)
            )
            self._show_measured(f"{added} {left_out}" if report.rejected else added)

        self.library.show_job(_("Looking through the folder…"))
        self._run(
            lambda report: self._workshop().add(path, report),
            done,
            self._show_progress,
            failed=self._show_measured,
        )

    def save(self, path: Path) -> None:
        """Write the plan that is shown."""
        solution = self._solution
        if solution is not None:
            said = _("Saved as {name}.").format(name=path.name)
            self._run(
                lambda _report: self._workshop().save(path, solution),
                lambda _none: self.plan.state.setText(said),
                failed=self.plan.state.setText,
            )

    def _workshop(self) -> "Workshop":
        """Return the workshop; called in the background, as to import it takes a while."""
        if self._made is None:
            made: Workshop = import_module("ui.builder.workshop").Workshop(self._folder)
            self._made = made
        return self._made

    def _lay_out(self) -> None:
        for panel in (self.library, self.plan):
            card = Card()
            card.body.addWidget(panel)
            self._split.addWidget(card)
        self._split.setHandleWidth(MARGIN_PX)
        self._split.setChildrenCollapsible(False)
        self._split.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        self._split.setSizes([1000, 1000])
        self.setCentralWidget(self._split)
        self.setObjectName("window")
        self.setWindowTitle(_("Builder"))
        self.setMinimumSize(640, 600)  # of both orientations the smaller
        self.resize(1280, 800)
        self.setFocus()  # no field has the focus until somebody asks for one

    def _wire(self) -> None:
        library, plan = self.library, self.plan
        library.add_folder.clicked.connect(self._ask_folder)
        library.empty.add_folder.clicked.connect(self._ask_folder)
        library.empty.make_starter.clicked.connect(self._make_starter)
        library.cancel.clicked.connect(self._cancel)
        library.undo.clicked.connect(self._undo)
        library.redo.clicked.connect(self._redo)
        for keys, act in (("Ctrl+Z", self._undo), ("Ctrl+Shift+Z", self._redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        library.approve.clicked.connect(self._approve)
        library.avoid.clicked.connect(self._avoid)
        library.listen_asked.connect(self._listen)
        library.stop_asked.connect(self._player.stop)
        self._player.ended.connect(lambda: library.show_playing(None))
        self._player.failed.connect(self._silent)
        plan.solve.clicked.connect(self._solve)
        plan.save.clicked.connect(self._ask_file)
        plan.keep.clicked.connect(self._ask_preset)
        plan.changed.connect(self._forget)

    def _run(
        self,
        work: Callable[[Callable[[object], None]], object],
        succeeded: Callable[[Any], None],
        progress: Callable[[Any], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Do something behind the window; its failure is a sentence under the library."""
        task = Task(work)
        self._tasks.add(task)
        task.succeeded.connect(succeeded)
        task.failed.connect(failed or self.library.show_notice)
        if progress is not None:
            task.progress.connect(progress)
        for end in (task.succeeded, task.failed):
            end.connect(lambda _result: self._tasks.discard(task))
        task.start()

    def _show_library(self, search: "Search") -> None:
        self.library.show_notice("")
        self.library.show_library(search)
        self._renew()

    def _renew(self) -> None:
        """Measure behind the window what an older version has measured, if there is such."""

        def done(report: Any) -> None:  # noqa: ANN401 - a task returns what its work did
            if report is not None:
                self._show_measured(
                    counted(
                        "{count} track measured anew.",
                        "{count} tracks measured anew.",
                        report.changed + report.unchanged,
                    )
                )

        self._run(
            lambda report: self._workshop().renew(report),
            done,
            self._show_progress,
            failed=self._show_measured,
        )

    def _show_measured(self, sentence: str) -> None:
        """Show how the measuring ended, and what the library holds by now."""
        self.library.show_notice(sentence)
        self._run(lambda _report: self._workshop().search(), self.library.show_library)

    def _cancel(self) -> None:
        self.library.cancel.setEnabled(False)
        self._stop()

    def _stop(self) -> None:
        """Stop measuring; what is done stays done."""
        if self._made is not None:
            self._made.stop()

    def _show_progress(self, progress: "Progress") -> None:
        words = _("Measured {done} of {count} files.")
        parts = (
            words.format(done=progress.done, count=progress.total),
            time_left(progress.left_s),
        )
        self.library.show_job(
            " ".join(part for part in parts if part),
            progress.done_bytes / max(progress.total_bytes, 1),
            can_cancel=True,
        )

    def _make_starter(self) -> None:
        words = _("Making the starter sounds. This takes a few minutes; you can go on working.")
        self.library.show_job(words)
        self._run(lambda _report: self._workshop().make_starter(), self._show_library)

    def _approve(self) -> None:
        self._say(Said(instrumental=True))

    def _avoid(self) -> None:
        self._say(Said(avoid=not all(track.rating.avoid for track in self.library.selected())))

    def _say(self, said: Said) -> None:
        """Note the therapist's word on the selected tracks."""
        chosen = self.library.selected_ids()
        self._run(lambda _report: self._workshop().say(chosen, said), self.library.show_library)

    def _undo(self) -> None:
        self._step(
            lambda: self._workshop().undo(), _("Undone: {act}"), _("There is nothing to undo.")
        )

    def _redo(self) -> None:
        self._step(
            lambda: self._workshop().redo(),
            _("Done again: {act}"),
            _("There is nothing to do again."),
        )

    def _step(self, work: Callable[[], str], said: str, nothing: str) -> None:
        """Undo or do again behind the window, say what it was, and show how things are now."""

        def done(act: Any) -> None:  # noqa: ANN401 - a task returns what its work did
            self._show_measured(said.format(act=act) if act else nothing)
            self.plan.show_presets(load_presets(self._folder))

        self._run(lambda _report: work(), done)

    def _ask_preset(self) -> None:
        """Ask what the preset shall be called, and where its music comes from."""
        dialog = PresetDialog(
            self._folder,
            self.plan.request().arc,
            self.library.search.text(),
            has_plan=self._solution is not None and self._solution.plan is not None,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wished.connect(self.save_preset)
        dialog.open()

    def save_preset(self, wish: PresetWish) -> None:
        """Keep a preset of the clinic's own, and offer it."""
        solution = self._solution

        def done(preset: Any) -> None:  # noqa: ANN401 - a task returns what its work did
            self.plan.show_presets(load_presets(self._folder))
            self.library.show_notice(_("Saved as the preset {name}.").format(name=preset.title))

        self._run(lambda _report: self._workshop().save_preset(wish, solution), done)

    def _listen(self, track: Track) -> None:
        self.library.show_playing(track)
        self._player.play(excerpt_of(track, PREVIEW_S))

    def _silent(self, sentence: str) -> None:
        self.library.show_playing(None)
        self.library.show_notice(sentence)

    def _solve(self) -> None:
        request = self.plan.request()
        self._asked += 1
        asked = self._asked

        def answer(show: Callable[[Any], None]) -> Callable[[Any], None]:
            # an answer to what is no longer asked must not be shown as if it were
            return lambda result: show(result) if asked == self._asked else None

        self.plan.show_working()
        self._run(
            lambda _report: self._workshop().solve(request),
            answer(self._show_solution),
            failed=answer(lambda sentence: self.plan.show_refusal([sentence])),
        )

    def _show_solution(self, solution: "Solution") -> None:
        self._solution = solution
        self.plan.show_solution(solution)
        if solution.plan is None and self.library.is_empty:
            self.plan.show_refusal(
                [_("The library is empty. Make the starter sounds, or add a folder of music.")]
            )

    def _forget(self) -> None:
        """Let no answer to an earlier request arrive, and let a new one be asked."""
        self._asked += 1
        self._solution = None
        self.plan.solve.setEnabled(True)

    def _ask_folder(self) -> None:
        self._dialog(QFileDialog.FileMode.Directory, _("Add a folder of music"), self.add_folder)

    def _ask_file(self) -> None:
        self._dialog(QFileDialog.FileMode.AnyFile, _("Save the plan"), self.save)

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
