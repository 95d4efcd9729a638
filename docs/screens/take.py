"""Take the pictures beside this file: real windows, a real session on the null output.

Run it from the project's folder, ``PYTHONPATH=.:tests .venv/bin/python docs/screens/take.py``.
The data folder (``--data-dir``) keeps the starter library; making that takes some minutes, once.
The start, and the pages of a visit, of the settings and of the first steps, are as the tests
show them.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from fakes.clock import FakeClock
from fakes.gallery import care, desk, first_run, kiosk, presets, room, settings
from fakes.gallery.stage import Stage
from fakes.matrix import fit
from PyQt6.QtCore import QEventLoop, QPointF, QTimer
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication, QDialog, QWidget

from playlists.compiler import PlanRequest, make_plan
from playlists.library.repository import Library
from soundscape.clock import MachineClock
from soundscape.errors import LibraryError, SessionError
from soundscape.folders import DataFolder, data_folder
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms
from soundscape.session.plan_file import write_plan
from soundscape.units import Seconds
from ui.builder.rating_dialog import RatingDialog
from ui.builder.window import BuilderWindow
from ui.commands import starter
from ui.desk.window import DeskWindow
from ui.kiosk.window import KioskWindow
from ui.presets.window import PresetsWindow
from ui.theme import Look, apply_theme

SCALE = 60.0
SIZE_PX = (1280, 800)
LOOK_MS = 100
SMALLEST = 0
"""Qt's quality of a PNG whose compression takes its time; nothing is lost."""
HEARD_MS = 4000
PATIENCE_LOOKS = 600
PRESET = "forest-light"
PAGES = (
    ("first-steps", first_run.SCREENS, "welcome"),
    ("sign-in", care.SCREENS, "sign-in"),
    ("checklist", care.SCREENS, "checklist, open"),
    ("recovery", care.SCREENS, "recovery, early"),
    ("care-list", care.SCREENS, "care list"),
    ("settings", settings.SCREENS, "settings, look"),
    ("calibration", room.SCREENS, "calibration, measured"),
    ("lights", room.SCREENS, "lights, one"),
    ("intention", presets.SCREENS, "asked, with a visit"),
    ("answer", presets.SCREENS, "chosen"),
    ("welcome-back", kiosk.SCREENS, "ground"),
    ("desk-visit", care.SCREENS, "start with a visit"),
    ("desk-live", care.SCREENS, "live with a visit"),
    ("desk-start", desk.SCREENS, "start, typical"),
    ("desk-call", desk.SCREENS, "live, full"),
)
"""Names of pictures, and which screen of the tests each shows."""
SHOWN_PLACE = (2, 1)
"""Whose pictures are taken: the second track of the deepest phase."""

DOSE_S = Seconds(600.0)
MOMENT_S = Seconds(2200.0)
"""When the picture of the desk is taken: the deepest part, with most of the session to come."""
STAND_IN = """#!/bin/sh
while case $1 in --*) true ;; *) false ;; esac; do shift; done
exec "$@"
"""
"""For ``systemd-inhibit``, which works where a login service runs, as it does in a clinic."""


class Camera:
    """Shows windows, one after another, and keeps their pictures.

    Parameters
    ----------
    folder : Path
        Where the pictures go.
    size_px : tuple[int, int]
        Width and height of each window.
    look : Look
        How large the text is.
    """

    def __init__(self, folder: Path, size_px: tuple[int, int], look: Look) -> None:
        self._folder = folder
        self._size_px = size_px
        self.look = look

    def show(self, window: QWidget) -> None:
        """Show a window at its size; a dialog has its own."""
        window.show()
        if not isinstance(window, QDialog):
            window.resize(*self._size_px)
            fit(window, self._size_px)

    def take(self, window: QWidget, name: str) -> None:
        """Keep a window's picture."""
        QApplication.processEvents()
        picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        picture.save(str(self._folder / f"{name}.png"), "PNG", SMALLEST)


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--size", type=int, nargs=2, default=SIZE_PX, metavar=("W", "H"))
    parser.add_argument("--text", type=int, default=100, help="percent")
    parser.add_argument("--pages", action="store_true", help="only what needs no library")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    look = Look(text_percent=options.text)
    apply_theme(app, look)
    options.out.mkdir(parents=True, exist_ok=True)
    folder = data_folder(options.data_dir)
    camera = Camera(options.out, tuple(options.size), look)
    take_pages(camera)
    if options.pages:
        return
    starter.fill(folder)
    take_builder(camera, folder)
    take_presets(camera, folder)
    take_session(camera, folder)


def take_pages(camera: Camera) -> None:
    """Take the pages whose state a test makes."""
    for name, screens, title in PAGES:
        screen = next(screen for screen in screens if screen.name == title)
        with tempfile.TemporaryDirectory() as made:
            clock = FakeClock(MOMENT_S)
            page = screen.make(Stage(Patience(), DataFolder(Path(made)), clock))  # type: ignore[arg-type]
            camera.show(page)
            page.setFocus()
            camera.take(page, name)
            screen.end(page)
            page.deleteLater()


class Patience:
    """What a stage needs of a test's bot."""

    def waitUntil(self, is_so: Callable[[], bool], **_how: object) -> None:  # noqa: N802 - the bot's
        """Wait until something is so."""
        wait_until(is_so)


def take_builder(camera: Camera, folder: DataFolder) -> None:
    """Take the builder with a plan that it found."""
    builder = BuilderWindow(folder)
    camera.show(builder)
    wait_until(lambda: not builder.is_busy)
    builder.plan.form.preset.setCurrentIndex(builder.plan.form.preset.findData(PRESET))
    builder.plan.solve.click()
    wait_until(lambda: not builder.is_busy)
    camera.take(builder, "builder")
    take_places(camera, builder)
    take_library(camera, builder)
    builder.plan.form.draw.click()
    camera.take(builder, "builder-arc")
    builder.close()


def take_places(camera: Camera, builder: BuilderWindow) -> None:
    """Take what can be done with one place of a plan: another track, and another join."""
    plan, join = builder.plan, builder.join
    row = next(n for n, block in enumerate(plan.view.blocks) if block.place == SHOWN_PLACE)
    plan.playlist.setCurrentIndex(plan.model.index(row, 0))
    plan.place.swap.click()
    wait_until(lambda: not builder.is_busy)
    camera.take(builder, "builder-swap")
    builder.swaps.back.click()
    plan.place.shape.click()
    join.ways.buttons["breath"].click()
    wait_until(lambda: not builder.is_busy)
    camera.take(builder, "builder-join")
    join.back.click()


def take_library(camera: Camera, builder: BuilderWindow) -> None:
    """Take the map of the library, and what asks for a word on one of its tracks."""
    library = builder.library
    library.map.click()
    wait_until(lambda: not builder.is_busy)
    camera.take(builder, "builder-map")
    library.map.click()
    library.table.selectRow(0)
    dialog = RatingDialog(library.selected(), 1, builder)
    camera.show(dialog)
    camera.take(dialog, "builder-word")
    dialog.close()


def take_presets(camera: Camera, folder: DataFolder) -> None:
    """Take the patient's window with a card that was touched."""
    presets = PresetsWindow(folder)
    presets.chooser.look_changed.emit(camera.look)
    camera.show(presets)
    wait_until(lambda: presets.chooser.cards[1].is_audible)
    presets.chooser.cards[1].click()
    pause(HEARD_MS)
    camera.take(presets, "presets")
    presets.close()


def take_session(camera: Camera, folder: DataFolder) -> None:
    """Take a session's windows, on a machine whose sleep is held off as in a clinic."""
    with tempfile.TemporaryDirectory() as made:
        program = Path(made) / "systemd-inhibit"
        program.write_text(STAND_IN, "utf-8")
        program.chmod(0o755)
        os.environ["PATH"] = os.pathsep.join((made, os.environ["PATH"]))
        take_desk_and_kiosk(camera, folder, begun(folder))


def take_desk_and_kiosk(camera: Camera, folder: DataFolder, client: SessionClient) -> None:
    """Take both windows of a session that has begun, then end it."""
    desk, kiosk = DeskWindow(folder), KioskWindow(folder)
    for window in (desk, kiosk):
        camera.show(window)
    wait_until(lambda: client.status()["t_s"] >= DOSE_S)
    client.send("dose_start")
    client.send("note", text="Spoke")
    wait_until(lambda: client.status()["t_s"] >= MOMENT_S - 90.0)
    client.send("note", text="BP taken")
    wait_until(lambda: client.status()["t_s"] >= MOMENT_S)
    camera.take(desk, "desk")
    kiosk.screen_.pressed.emit(QPointF(kiosk.rect().center()))
    wait_until(lambda: kiosk.screen_.answer() != "")
    camera.take(kiosk, "kiosk")
    client.send("stop_fast")
    desk.close()
    kiosk.leave()
    client.close()


def begun(folder: DataFolder) -> SessionClient:
    """Begin a session on the null output, faster than time.

    Raises
    ------
    LibraryError
        If the library cannot fill the plan.
    """
    request = PlanRequest(route="iv", delivery_s=Seconds(2400.0), preset=PRESET, seed=1)
    with Library.open(folder.library) as library:
        solution = make_plan(request, library.stock(), folder)
    if solution.plan is None:
        raise LibraryError(" ".join(solution.proof.missing))
    path = folder.plans / "pictures.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_plan(path, solution.plan, solution.proof.to_json())
    clock = MachineClock()
    terms = Terms(device="null", scale=SCALE, attended=True)
    launch(folder, arm_free_chair(folder, path, (), terms, clock), clock)
    return SessionClient(folder.runtime, "command")


def pause(length_ms: int) -> None:
    """Let the windows work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(length_ms, loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let the windows work until something is so.

    Raises
    ------
    SessionError
        If it takes a minute.
    """
    for _look in range(PATIENCE_LOOKS):
        if is_so():
            return
        pause(LOOK_MS)
    raise SessionError("The pictures cannot be taken: a window waits for too long.")


if __name__ == "__main__":
    main()
