"""Where nothing is to move, the patient's glow stands still."""

from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.screens import themed
from fakes.session import FakeBridge, status
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from soundscape.folders import DataFolder
from soundscape.settings import Choice, write_settings
from ui.kiosk.comfort import BREATH_S
from ui.kiosk.window import KioskWindow

LIT_S = 60.0
"""Long enough for the glow to have come up."""


def pictures(qtbot: QtBot, folder: DataFolder, settings: dict[str, Choice]) -> list[QImage]:
    """Return the patient's screen at two moments, half a breath apart."""
    themed()
    write_settings(folder.settings, {"kiosk_glow": "ember", **settings})
    clock, bridge = FakeClock(1000.0), FakeBridge()
    window = KioskWindow(folder, bridge=bridge, clock=clock)
    qtbot.addWidget(window)
    window.resize(320, 200)
    window.show()
    bridge.status_changed.emit(status(phase="deepen", screen=0.0))
    for _second in range(round(LIT_S)):
        clock.advance(1.0)
        window.follow()
    taken = []
    for _moment in range(2):
        taken.append(window.screen_.grab().toImage())
        clock.advance(BREATH_S / 2)
        window.follow()
    window.leave()
    return taken


@pytest.mark.parametrize(("still", "same"), [(True, True), (False, False)])
def test_the_glow_breathes_only_where_things_may_move(
    qtbot: QtBot, tmp_path: Path, *, still: bool, same: bool
) -> None:
    one, other = pictures(qtbot, DataFolder(tmp_path), {"reduced_motion": still})

    assert (one == other) is same
