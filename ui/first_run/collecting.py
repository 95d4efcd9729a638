"""Music that is looked through behind the steps, and goes on when they are over."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from soundscape.errors import LibraryError
from soundscape.folders import DataFolder
from ui.program import run_command
from ui.sentences import translated
from ui.tasks import Jobs, Report
from ui.words import _, counted, time_left


class Collecting(QObject):
    """Adds folders, one after another, and makes the starter sounds.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    """

    told = pyqtSignal(str, float)
    """How it stands in words, and how much is done, 0-1; below 0 where that is not known."""

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self._folder = folder
        self._jobs = Jobs()
        self._workshop: Any = None
        self._say: Callable[[], str] = str
        self.share = 0.0

    @property
    def words(self) -> str:
        """How it stands, in the language of now."""
        return self._say()

    @property
    def is_busy(self) -> bool:
        """Whether music is looked through or made."""
        return self._jobs.is_busy

    def add(self, path: Path) -> None:
        """Look through a folder; it is looked through again by itself later on."""
        self._tell(lambda: _("Looking through the folder…"), -1.0)
        self._run(lambda report: self._added(path, report), _added_words)

    def make_starter(self) -> None:
        """Make the starter sounds, which need no file of anybody's."""
        self._tell(lambda: _("Making the starter sounds. This takes a few minutes."), -1.0)
        self._run(
            lambda _report: run_command(self._folder, "starter"),
            lambda _none: _("The starter sounds are made."),
        )

    def stop(self) -> None:
        """Stop looking through; what is done is kept, and the next time goes on."""
        if self._workshop is not None:
            self._workshop.stop()

    def _run(self, work: Callable[[Report], Any], words: Callable[[Any], str]) -> None:
        self._jobs.run(
            work,
            lambda result: self._tell(lambda: words(result), 1.0),
            lambda why: self._tell(lambda: why, 0.0),
            self._show,
        )

    def _added(self, path: Path, report: Report) -> Any:  # noqa: ANN401 -- imported here, as it takes a while
        repository = import_module("playlists.library.repository")
        with repository.Library.open(self._folder.library) as library:
            import_module("playlists.library.watch").watch(library, path)
        self._workshop = import_module("ui.builder.workshop").Workshop(self._folder)
        found = self._workshop.add(path, report)
        if not found.added + found.unchanged + found.changed:
            raise LibraryError(_("There is no music in this folder; choose another."))
        return found

    def _show(self, progress: Any) -> None:  # noqa: ANN401 -- a scan's Progress
        share = progress.done_bytes / max(progress.total_bytes, 1)
        self._tell(lambda: _measured_words(progress), share)

    def _tell(self, say: Callable[[], str], share: float) -> None:
        self._say, self.share = say, share
        self.told.emit(self.words, share)


def _measured_words(progress: Any) -> str:  # noqa: ANN401 -- a scan's Progress
    said = _("Measured {done} of {count} files.")
    said = said.format(done=progress.done, count=progress.total)
    return f"{said} {time_left(progress.left_s)}".strip()


def _added_words(report: Any) -> str:  # noqa: ANN401 -- a scan's AddReport
    added = counted("{count} track added.", "{count} tracks added.", report.added)
    if not report.rejected:
        return added
    if len(report.rejected) == 1:
        ((path, why),) = report.rejected
        left_out = _("{name} was left out: {why}").format(name=path.name, why=translated(why))
    else:
        refused = len(report.rejected)
        left_out = counted("{count} file was left out.", "{count} files were left out.", refused)
    return f"{added} {left_out}"
