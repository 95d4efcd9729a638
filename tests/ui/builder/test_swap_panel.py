"""What else could stand in a place is listed so that every reason can be read."""

from fakes.screens import themed
from fakes.tracks import library
from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from playlists.solver.alternatives import Alternative
from ui.builder.delegates import LINE, LINE_LEFT_TOP, PAD_PX
from ui.builder.swap_panel import SwapPanel

WHY = (
    "As good as the one that is there. Energy 0.36, near the deepen's 0.36 there, off by 0.02 a"
    " minute; 68 BPM, within the 40 to 70 liked there; it takes over smoothly."
)


def test_each_row_is_as_high_as_its_sentence_when_a_scroll_bar_takes_its_room(
    qtbot: QtBot,
) -> None:
    themed()
    panel = SwapPanel()
    qtbot.addWidget(panel)
    panel.resize(564, 500)
    panel.show()
    words = [WHY[number:] for number in range(40)]

    panel.show_found(
        [Alternative(one, 0.0, why) for one, why in zip(library(40), words, strict=True)]
    )
    qtbot.waitUntil(lambda: panel.list.verticalScrollBar().isVisible())  # type: ignore[union-attr]

    font = panel.list.font()
    title_px = round(font.pixelSize() * LINE)
    font.setPixelSize(round(font.pixelSize() * 15 / 18))
    areas = [panel.list.visualRect(panel.model.index(row, 0)) for row in range(len(words))]
    for why, area, following in zip(words, areas, areas[1:], strict=False):
        room = QRect(0, 0, area.width() - 2 * PAD_PX, 10_000)
        flags = int(LINE_LEFT_TOP | Qt.TextFlag.TextWordWrap)
        needed_px = QFontMetrics(font).boundingRect(room, flags, why).height()
        assert following.top() - area.top() >= title_px + needed_px
