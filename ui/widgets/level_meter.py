"""A bar that shows how loud the session is, on a scale that ends at the ceiling."""

from PyQt6.QtCore import QPointF, QRectF, QSize
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from soundscape.units import Decibels
from ui.theme import Color

FLOOR_DBFS = Decibels(-60.0)
CEILING_DBFS = Decibels(-2.0)


class LevelMeter(QWidget):
    """A quiet meter of the output's peak; a mark at its end is the ceiling.

    Parameters
    ----------
    name : str
        What a screen reader calls it.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._peak_dbfs: Decibels | None = None

    def show_peak(self, peak_dbfs: Decibels | None) -> None:
        """Show a peak; None is silence."""
        if peak_dbfs != self._peak_dbfs:
            self._peak_dbfs = peak_dbfs
            self.update()

    def fraction(self) -> float:
        """Return how full the bar is, 0-1."""
        if self._peak_dbfs is None:
            return 0.0
        share = (self._peak_dbfs - FLOOR_DBFS) / (CEILING_DBFS - FLOOR_DBFS)
        return min(1.0, max(0.0, share))

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(60, 12)

    def sizeHint(self) -> QSize:
        """Return a slim bar."""
        return QSize(160, 12)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the groove, what is full of it, and the ceiling."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        groove = QRectF(0.0, middle - 4.0, self.width() - 6.0, 8.0)
        painter.setPen(QColor(Color.RAISED))
        painter.setBrush(QColor(Color.RAISED))
        painter.drawRoundedRect(groove, 4.0, 4.0)
        full = QRectF(groove)
        full.setWidth(groove.width() * self.fraction())
        painter.setBrush(QColor(Color.SAGE))
        painter.drawRoundedRect(full, 4.0, 4.0)
        painter.setPen(QColor(Color.MUTED))
        end = self.width() - 2.0
        painter.drawLine(QPointF(end, middle - 6.0), QPointF(end, middle + 6.0))
