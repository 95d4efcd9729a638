"""What the builder does with the library: fill it, look it through, rate, search and hear it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal

from playlists.library.ratings import Said
from playlists.models import Track
from soundscape.folders import DataFolder
from soundscape.settings import read_settings, write_settings
from ui.builder.library_panel import LibraryPanel
from ui.builder.rating_dialog import RatingDialog
from ui.builder.search_dialog import SearchDialog
from ui.sentences import translated
from ui.tasks import Jobs
from ui.words import _, counted, time_left

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from playlists.library.scanner import AddReport, Progress
    from playlists.library.search import Search
    from playlists.library.watch import WatchReport
    from soundscape.engine.sinks import Sink
    from ui.builder.workshop import Workshop

DEVICE_SETTING = "preview_device"


@dataclass(frozen=True, slots=True)
class Opened:
    """What is read when the builder opens.

    Attributes
    ----------
    search : Search
        The library's catalog.
    saved : dict[str, str]
        Searches that have a name.
    sinks : tuple[Sink, ...]
        Where sounds can be tried.
    """

    search: "Search"
    saved: dict[str, str]
    sinks: "tuple[Sink, ...]"


class LibraryWork(QObject):
    """Stands between the library's panel and what works behind it.

    ``acted`` says that something was done that can be undone, ``stepped`` that it was undone or
    done again.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    workshop : Callable[[], Workshop]
        Returns what works; called in the background.
    jobs : Jobs
        What goes on.
    panel : LibraryPanel
        What is seen.
    """

    acted = pyqtSignal()
    stepped = pyqtSignal()

    def __init__(
        self,
        folder: DataFolder,
        workshop: "Callable[[], Workshop]",
        jobs: Jobs,
        panel: LibraryPanel,
    ) -> None:
        super().__init__()
        self._folder, self._workshop, self._jobs, self._panel = folder, workshop, jobs, panel
        self._wire()

    def begin(self) -> None:
        """Read the library, then look through what is watched."""

        def read() -> Opened:
            workshop = self._workshop()
            return Opened(workshop.search(), workshop.shelves.searches(), workshop.sinks())

        self._panel.show_job(_("Reading the library…"))
        self._jobs.run(lambda _report: read(), self._show_opened)

    def add_folder(self, path: Path) -> None:
        """Measure a folder's music and add it, with progress."""

        def done(report: "AddReport") -> None:
            added = counted("{count} track added.", "{count} tracks added.", report.added)
            left_out = counted(
                "{count} file was left out.", "{count} files were left out.", len(report.rejected)
            )
            self.show_measured(f"{added} {left_out}" if report.rejected else added)

        self._panel.show_job(_("Looking through the folder…"))
        self._measure(lambda report: self._workshop().add(path, report), done)

    def make_starter(self) -> None:
        """Make the starter sounds."""
        words = _("Making the starter sounds. This takes a few minutes; you can go on working.")
        self._panel.show_job(words)
        self._jobs.run(lambda _report: self._workshop().make_starter(), self._show_library)

    def show_measured(self, sentence: str) -> None:
        """Show how the measuring ended, and what the library holds by now."""
        self._panel.show_notice(sentence)
        self._jobs.run(lambda _report: self._workshop().search(), self._panel.show_library)

    def undo(self) -> None:
        """Take the last act back."""
        self._step(
            lambda: self._workshop().undo(), _("Undone: {act}"), _("There is nothing to undo.")
        )

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step(
            lambda: self._workshop().redo(),
            _("Done again: {act}"),
            _("There is nothing to do again."),
        )

    def listen(self, track: Track) -> None:
        """Let a track be heard, with its strip."""
        self._panel.show_playing(track)
        search = self._panel.catalog
        curves = search.loudness([track.content_hash]) if search is not None else {}
        self._panel.player.begin(track, curves.get(track.content_hash, ()))

    def silent(self, sentence: str) -> None:
        """Show why nothing is heard."""
        self._panel.show_playing(None)
        self._panel.player.end()
        self._panel.show_notice(sentence)

    def hushed(self) -> None:
        """Show that nothing is heard any more."""
        self._panel.show_playing(None)
        self._panel.player.end()

    @property
    def device(self) -> str:
        """The device on which sounds are tried; empty is the system's own."""
        said = read_settings(self._folder.settings).get(DEVICE_SETTING)
        return said if isinstance(said, str) else ""

    def keep_device(self, name: str) -> None:
        """Remember on which device sounds are tried."""
        write_settings(self._folder.settings, {DEVICE_SETTING: name or None})

    def _wire(self) -> None:
        panel = self._panel
        panel.empty.make_starter.clicked.connect(self.make_starter)
        panel.undo.clicked.connect(self.undo)
        panel.redo.clicked.connect(self.redo)
        panel.approve.clicked.connect(lambda: self._say(Said(instrumental=True)))
        panel.avoid.clicked.connect(
            lambda: self._say(Said(avoid=not all(one.rating.avoid for one in panel.selected())))
        )
        panel.rate.clicked.connect(self._ask_word)
        panel.listen_asked.connect(self.listen)
        panel.map_asked.connect(self._make_map)
        panel.chips.editing.connect(self._ask_name)

    def _show_opened(self, opened: Opened) -> None:
        self._panel.chips.show_saved(opened.saved)
        self._panel.player.show_devices(opened.sinks, self.device)
        self._show_library(opened.search)

    def _show_library(self, search: "Search") -> None:
        self._panel.show_notice("")
        self._panel.show_library(search)
        self._renew()

    def _renew(self) -> None:
        """Measure behind the window what an older version has measured, if there is such."""

        def done(report: "AddReport | None") -> None:
            if report is not None:
                self.show_measured(
                    counted(
                        "{count} track measured anew.",
                        "{count} tracks measured anew.",
                        report.changed + report.unchanged,
                    )
                )
            self._look_again()

        self._measure(lambda report: self._workshop().renew(report), done)

    def _look_again(self) -> None:
        """Look through the folders that are watched, behind the window."""

        def done(report: "WatchReport | None") -> None:
            if report is None:
                return
            found = report.found
            new = counted("{count} new track", "{count} new tracks", found.added)
            gone = counted("{count} is missing", "{count} are missing", found.gone)
            if found.added or found.changed or found.gone or report.absent:
                self.show_measured(
                    _("The watched folders were looked through: {new}, {gone}.").format(
                        new=new, gone=gone
                    )
                )
            elif not self._panel.bar.isHidden():  # it was seen, and has to be seen to end
                self._panel.show_notice("")

        self._measure(lambda report: self._workshop().look_again(report), done)

    def _measure(
        self,
        work: Callable[[Callable[[object], None]], object],
        done: Callable[[Any], None],
    ) -> None:
        """Measure behind the window, with progress and a way to stop."""
        self._jobs.run(work, done, progress=self._show_progress, failed=self.show_measured)

    def _show_progress(self, progress: "Progress") -> None:
        if not progress.total:
            return
        words = _("Measured {done} of {count} files.")
        parts = (
            words.format(done=progress.done, count=progress.total),
            time_left(progress.left_s),
        )
        self._panel.show_job(
            " ".join(part for part in parts if part),
            progress.done_bytes / max(progress.total_bytes, 1),
            can_cancel=True,
        )

    def _say(self, said: Said) -> None:
        """Note the therapist's word on the selected tracks."""
        chosen = self._panel.selected_ids()
        self.acted.emit()
        self._jobs.run(
            lambda _report: self._workshop().say(chosen, said), self._panel.show_library
        )

    def _ask_word(self) -> None:
        """Ask what the therapist hears in the selected tracks."""
        dialog = RatingDialog(self._panel.selected(), len(self._panel.selected_ids()), self._panel)
        dialog.said.connect(self._say)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _step(self, work: Callable[[], str], said: str, nothing: str) -> None:
        """Undo or do again behind the window, say what it was, and show how things are now."""

        def done(act: str) -> None:
            self.show_measured(said.format(act=translated(act)) if act else nothing)
            self._show_saved()
            self.stepped.emit()

        self._jobs.run(lambda _report: work(), done)

    def _show_saved(self) -> None:
        self._jobs.run(
            lambda _report: self._workshop().shelves.searches(), self._panel.chips.show_saved
        )

    def _make_map(self) -> None:
        """Load what draws the map, which takes a moment, and show it."""
        self._jobs.run(
            lambda _report: import_module("ui.builder.map_view"),
            lambda module: self._panel.show_map(module.MapView()),
        )

    def _ask_name(self, name: str) -> None:
        """Ask under which name a search is kept, or that it goes."""
        dialog = SearchDialog(name, self._panel.search.text(), self._panel)
        shelves = self._panel.chips.show_saved
        dialog.kept.connect(
            lambda new, query: self._jobs.run(
                lambda _report: self._workshop().shelves.keep_search(new, query, before=name),
                shelves,
            )
        )
        dialog.removed.connect(
            lambda gone: self._jobs.run(
                lambda _report: self._workshop().shelves.forget_search(gone), shelves
            )
        )
        for act in (dialog.kept, dialog.removed):
            act.connect(self.acted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
