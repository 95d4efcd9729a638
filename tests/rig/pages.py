"""Every page that no window shows at its start, all at once, for a screen reader.

Run as ``pages.py FOLDER``: it prints how many there are and shows them until it is ended.
"""

import sys
from itertools import count
from pathlib import Path
from types import TracebackType

from fakes.clock import FakeClock
from fakes.gallery import builder, care, desk, dialogs, first_run, room, settings
from fakes.gallery.stage import Screen, Stage
from fakes.screens import themed
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder

CHOSEN = {
    desk: {"live, typical"},
    care: {"sign-in", "new visit", "checklist, ready", "recovery, early", "care list"},
    first_run: {"music", "headphones", "people, PINs differ"},
    settings: {"clinic", "privacy", "staff, everybody", "about"},
    room: {"calibration, measured", "lights, one"},
    dialogs: {"search", "preset", "versions"},
    builder: {"builder, a swap", "builder, an arc"},
}
"""Those in which there is most; all others differ from these in what they say."""


def screens() -> list[tuple[str, Screen]]:
    """Return each page with a name that no other has."""
    found = [s for gallery, names in CHOSEN.items() for s in gallery.SCREENS if s.name in names]
    return [(f"{number}: {screen}", screen) for number, screen in zip(count(), found)]


def shown(name: str, screen: Screen, root: Path) -> QWidget:
    """Return a page that is shown as a window of its own."""
    folder = DataFolder(root / name.partition(":")[0])
    folder.root.mkdir(parents=True)
    waiting = QtBot(None)  # type: ignore[arg-type]  # it asks nothing of the test
    made = screen.make(Stage(waiting, folder, FakeClock(1000.0)))
    made.setWindowTitle(name)
    made.show()
    return made


def tell(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Say what went wrong in a job whose page is a picture only, and go on."""
    sys.__excepthook__(kind, error, where)


def main() -> int:
    """Show the pages."""
    sys.excepthook = tell  # with its own hook Qt would end the program
    qt_api.set_qt_api("pyqt6")  # type: ignore[no-untyped-call]  # as before a test
    app = QApplication(sys.argv[:1])
    themed()
    _kept = [shown(name, screen, Path(sys.argv[1])) for name, screen in screens()]
    sys.stdout.write(f"{len(_kept)}\n")
    sys.stdout.flush()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
