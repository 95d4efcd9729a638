"""The application: one window in a process of its own, and one sentence for what goes wrong."""

import argparse
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import TracebackType
from typing import Protocol, runtime_checkable

from PyQt6.QtCore import QFileSystemWatcher, QLocale, QTimer, pyqtBoundSignal
from PyQt6.QtWidgets import QApplication, QMainWindow

from soundscape.errors import SoundscapeError
from soundscape.faults import described
from soundscape.folders import DataFolder, data_folder
from soundscape.settings import read_settings, write_settings
from ui.clinic import has_records
from ui.theme import apply_theme, read_look
from ui.words import _, choose_language, language

WINDOWS = {
    "desk": ("ui.desk.window", "DeskWindow"),
    "presets": ("ui.presets.window", "PresetsWindow"),
    "kiosk": ("ui.kiosk.window", "KioskWindow"),
    "builder": ("ui.builder.window", "BuilderWindow"),
    "settings": ("ui.settings.window", "SettingsWindow"),
    "first-run": ("ui.first_run.window", "FirstRunWindow"),
    "door": ("ui.settings.door", "DoorWindow"),
}
"""Role to the module and class of its window; only the chosen one is imported."""

DESK, FIRST_RUN, BUILDER, DOOR = "desk", "first-run", "builder", "door"
_FIRST_STEPS = "first_steps"
"""A setting that is there from the first of them to the last."""
FULL_SCREEN = frozenset({"kiosk"})
_LISTEN_MS = 500
_BEAT_MS = 1000

_LOG = logging.getLogger(__name__)


@runtime_checkable
class Speaking(Protocol):
    """A window that has a place for a sentence to staff; the patient's screen has none."""

    def say_trouble(self, sentence: str) -> None:
        """Show a sentence."""


@runtime_checkable
class Leading(Protocol):
    """A window that makes way for another, or goes, when it has ``finished``."""

    @property
    def finished(self) -> pyqtBoundSignal:
        """Comes once, when nothing is left to do in it."""


@runtime_checkable
class Guarded(Protocol):
    """A window that ignores every wish to close it but one."""

    def leave(self) -> None:
        """Close, because staff asked for it."""


def main(options: argparse.Namespace) -> int:
    """Open the window of a role and run until it is closed; return the exit status.

    Parameters
    ----------
    options : argparse.Namespace
        ``role``: one of ``WINDOWS``. ``data_dir``: a folder's path, or None for the usual one.
        ``kept``: whether a keeper listens on standard output for a byte each second.
    """
    if not _has_display():
        sys.stderr.write("soundscape: There is no display here; see soundscape --help.\n")
        return 1
    folder = data_folder(options.data_dir)
    choose_language(read_settings(folder.settings))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("soundscape")
    app.setDesktopFileName("soundscape")
    QLocale.setDefault(QLocale(language()))  # how numbers are typed
    app.setLayoutDirection(QLocale().textDirection())
    apply_theme(app, read_look(folder.settings))
    try:
        kept = first_windows(options.role, folder)
    except SoundscapeError as error:
        sys.stderr.write(f"soundscape: {error}\n")
        return 1
    _end_on_interrupt(app, kept)
    if options.kept:
        _say_well(app)
    keep_look(app, folder)
    return app.exec()


def first_windows(role: str, folder: DataFolder) -> list[QMainWindow]:
    """Open a role's window, or what comes before it, and return it.

    The list is to be kept: a window that takes the place of the first one is added to it.
    """
    leading = _before(role, folder)
    first = _opened(leading or role, folder)
    windows = [first]
    if leading == FIRST_RUN:
        _keep_place(folder, "begun")

    def lead_on() -> None:
        if leading == FIRST_RUN:
            _keep_place(folder, None)
        if leading is not None:
            windows.append(_opened(role, folder))
        first.close()

    if isinstance(first, Leading):
        first.finished.connect(lead_on)
    return windows


def _before(role: str, folder: DataFolder) -> str | None:
    """Return what comes before a role's window: the first steps, or a door where there are people.

    None where nothing does.
    """
    if role == DESK and is_new(folder):
        return FIRST_RUN
    return DOOR if role == BUILDER and has_records(folder) else None


def is_new(folder: DataFolder) -> bool:
    """Return whether the first steps are to be taken: they were begun, or nothing ever was."""
    if _FIRST_STEPS in read_settings(folder.settings):
        return True
    return not folder.settings.exists() and not folder.sessions.exists()


def _keep_place(folder: DataFolder, place: str | None) -> None:
    """Keep that the first steps were begun, so that a closed window or a power cut ends none."""
    with contextlib.suppress(OSError):  # a disk that takes nothing is told by what needs it
        write_settings(folder.settings, {_FIRST_STEPS: place})


def _opened(role: str, folder: DataFolder) -> QMainWindow:
    """Open the window of a role, and let it tell what nobody foresees."""
    window = _make(role)(folder)
    sys.excepthook = _catcher(window)
    if role in FULL_SCREEN:
        window.showFullScreen()
    else:
        window.show()
    return window


def keep_look(app: QApplication, folder: DataFolder) -> None:
    """Give every window another look as soon as the settings ask for one."""
    known = [read_look(folder.settings)]

    def look_again() -> None:
        look = read_look(folder.settings)
        if look != known[0]:
            known[0] = look
            apply_theme(app, look)

    folder.root.mkdir(parents=True, exist_ok=True)
    watch = QFileSystemWatcher([str(folder.root)], app)
    watch.directoryChanged.connect(look_again)


def _make(role: str) -> Callable[[DataFolder], QMainWindow]:
    """Return what makes the window of a role."""
    module, name = WINDOWS[role]
    made: Callable[[DataFolder], QMainWindow] = getattr(import_module(module), name)
    return made


def _has_display() -> bool:
    """Return whether a window can be shown; Qt would end the process without a word."""
    if not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def _end_on_interrupt(app: QApplication, windows: Sequence[QMainWindow]) -> None:
    """Let Ctrl+C in a terminal, which is staff's, close the windows, also one that is guarded.

    Python hears signals only while its own code runs, so a timer has it run.
    """

    def end(_number: int, _frame: object) -> None:
        guarded = [window for window in windows if isinstance(window, Guarded)]
        for window in guarded:
            window.leave()
        if not guarded:
            app.quit()

    signal.signal(signal.SIGINT, end)
    listen = QTimer(app)
    listen.timeout.connect(lambda: None)
    listen.start(_LISTEN_MS)


def _say_well(app: QApplication) -> None:
    """Let the keeper hear that nothing hangs; the timer is the event loop's own."""

    def say() -> None:
        with contextlib.suppress(OSError):  # the keeper may be gone
            os.write(sys.stdout.fileno(), b".")

    beat = QTimer(app)
    beat.timeout.connect(say)
    beat.start(_BEAT_MS)
    QTimer.singleShot(0, say)  # from now on, not only after a second


def _catcher(window: QMainWindow) -> Callable[..., None]:
    """Return what meets an error that nobody foresaw: the log gets it all, staff a sentence.

    The window stays; a dialog would stand in the way of a session that is not affected.
    """

    def catch(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        _LOG.critical("unexpected: %s", described(error))
        if isinstance(window, Speaking):
            window.say_trouble(
                _("Something in this window went wrong. The session is not affected.")
            )

    return catch
