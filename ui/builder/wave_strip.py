"""How loud a track is over its length, as a strip: to look at in a row, to be scrubbed below."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen

from soundscape.units import Seconds
from ui.builder.track_model import clock_text
from ui.theme import TARGET_PX, Color
from ui.widgets.drawn_slider import DrawnSlider
from ui.words import _

BAR_PX = 3
QUIETEST_LU = 24.0
"""So far below the loudest second nothing is drawn any more."""

KEY_STEP_S, PAGE_STEP_S = 5, 30


def heights_of(curve: Sequence[float], count: int) -> NDArray[np.float64]:
    """Return a curve of loudness in LUFS as the heights of bars, 0-1; shape (count,)."""
    if not curve or count < 1:
        return np.zeros(max(count, 0))
    levels = np.asarray(curve, np.float64)
    above = np.nan_to_num(levels - levels.max() + QUIETEST_LU, nan=0.0, neginf=0.0) / QUIETEST_LU
    places = (np.arange(count) * levels.size) // count
    return np.asarray(np.clip(np.maximum.reduceat(above, places), 0.0, 1.0))


def paint_strip(
    painter: QPainter, area: QRectF, curve: Sequence[float], passed: float = 0.0
) -> None:
    """Draw a strip; what has passed (0-1) is brighter, and ends at a line."""
    heights = heights_of(curve, int(area.width() // BAR_PX))
    painter.setPen(Qt.PenStyle.NoPen)
    for number, height in enumerate(heights.tolist()):
        x = area.left() + number * BAR_PX
        half = max(1.0, height * area.height() / 2.0)
        is_past = number < passed * heights.size
        painter.setBrush(QColor(Color.AMBER if is_past else Color.EDGE))
        painter.drawRect(QRectF(x, area.center().y() - half, BAR_PX - 1.0, 2.0 * half))


class WaveStrip(DrawnSlider):
    """A strip whose value is the second that sounds; a finger or the arrow keys move it.

    ``sought`` carries the second to go on from.
    """

    sought = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._curve: Sequence[float] = ()
        self.setAccessibleName(_("Where in the track"))
        self.setMinimumHeight(TARGET_PX)
        self.setSingleStep(KEY_STEP_S)
        self.setPageStep(PAGE_STEP_S)
        self.left_at.connect(self.sought)
        self.valueChanged.connect(lambda second: self.setToolTip(clock_text(second)))

    def show_track(self, length_s: Seconds, curve: Sequence[float]) -> None:
        """Show another track from its beginning."""
        self._curve = curve
        self.setRange(0, max(round(length_s), 1))
        self.setValue(0)
        self.update()

    def show_position(self, position_s: float) -> None:
        """Show what sounds; not while a finger is on it."""
        if not self.is_dragged:
            self.setValue(round(position_s))

    def sizeHint(self) -> QSize:
        """Return a wide, low strip."""
        return QSize(320, TARGET_PX)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the strip, and where it sounds."""
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(4.0, 6.0, -4.0, -6.0)
        share = self.value() / max(self.maximum(), 1)
        paint_strip(painter, area, self._curve, share)
        x = area.left() + share * area.width()
        painter.setPen(QPen(QColor(Color.TEXT), 2.0))
        painter.drawLine(int(x), int(area.top()) - 4, int(x), int(area.bottom()) + 4)
        self.paint_focus(painter)

    def value_at(self, place: QPointF) -> int:
        """Return the second at a place."""
        share = (place.x() - 4.0) / max(self.width() - 8.0, 1.0)
        return round(share * self.maximum())
