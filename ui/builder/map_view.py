"""The library as a map of tempo and energy: every dot is a track, and a lasso makes a list.

Imported only when the map is first asked for, as pyqtgraph takes a while to load. The table is
its twin for keys and screen readers: it always lists just what the map shows.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Color, Role
from ui.widgets.labels import Label
from ui.words import _

FREE_BPM = 30.0
"""Where tracks without a beat stand, left of all that have one."""

SPREAD_BPM = 4.0
TEMPI_BPM = (20.0, 220.0)
DOT_PX, LARGE_DOT_PX = 5, 9
FEW = 500
"""So few tracks are drawn as larger dots."""

MOST_CORNERS = 120
"""A lasso is taken in so many steps at most."""

TICKS = (60.0, 90.0, 120.0, 150.0, 180.0)


def inside(corners: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points lie in a polygon: a ray from them crosses its sides oddly often.

    Parameters
    ----------
    corners : NDArray[np.float64], shape (corners, 2)
        The polygon, closed by itself.
    points : NDArray[np.float64], shape (points, 2)
        Where they lie.

    Returns
    -------
    NDArray[np.bool_], shape (points,)
        True inside.
    """
    found = np.zeros(len(points), np.bool_)
    low, high = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    x, y = points[near].T
    crossed = np.zeros(near.size, np.bool_)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        spans = (y1 > y) != (y2 > y)
        if y1 != y2:
            crossed ^= spans & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    found[near] = crossed
    return found


class LassoBox(pg.ViewBox):  # type: ignore[misc]
    """A picture's ground on which a drag draws a lasso; the wheel and two fingers still zoom.

    Parameters
    ----------
    drawn : Callable[[list[QPointF], bool], None]
        Takes the lasso's corners so far, and whether it is closed.
    """

    def __init__(self, drawn: Callable[[list[QPointF], bool], None]) -> None:
        super().__init__(enableMenu=False)
        self._drawn = drawn
        self._corners: list[QPointF] = []

    def mouseDragEvent(self, event: Any) -> None:  # noqa: ANN401 - pyqtgraph has no types
        """Draw on, and close the lasso where the finger is lifted."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._corners = [self.mapToView(event.buttonDownPos())]
        self._corners.append(self.mapToView(event.pos()))
        self._drawn(self._corners, event.isFinish())

    def mouseDoubleClickEvent(self, _event: object) -> None:
        """Show all again."""
        self.autoRange()


class MapView(QWidget):
    """Draws tracks by tempo and energy; ``lassoed`` carries the ids that a lasso holds."""

    lassoed = pyqtSignal(list)

    def __init__(self) -> None:
        super().__init__()
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._points: NDArray[np.float64] = np.empty((0, 2))
        self._box = LassoBox(self._draw)
        axes = {side: pg.AxisItem(side) for side in ("left", "bottom")}
        self._plot = pg.PlotWidget(viewBox=self._box, axisItems=axes, background=Color.PANEL)
        self._dots = pg.ScatterPlotItem(size=DOT_PX, pen=None, pxMode=True)
        self._line = pg.PlotCurveItem(pen=pg.mkPen(QColor(Color.TEXT), width=2))
        self.words = Label(
            _("Draw around tracks to list them. The list beside it finds the same by keys."),
            Role.CAPTION,
            wraps=True,
        )
        self._lay_out(axes)

    @property
    def count(self) -> int:
        """How many dots there are."""
        return len(self._ids)

    def show_tracks(
        self,
        ids: NDArray[np.int64],
        tempi_bpm: NDArray[np.float64],
        energies: NDArray[np.float64],
    ) -> None:
        """Draw other tracks; all arrays are of shape (tracks,), no tempo is not a number.

        Where there is no beat, dots of one energy lie side by side, by their ids, so that they
        can be told apart.
        """
        aside = FREE_BPM + SPREAD_BPM * ((ids * 0.618) % 1.0 - 0.5)
        across = np.where(np.isnan(tempi_bpm), aside, np.clip(tempi_bpm, 40.0, TEMPI_BPM[1]))
        self._ids = ids
        self._points = np.column_stack([across, np.clip(energies, 0.0, 1.0)])
        brush = QColor(Color.AMBER)
        brush.setAlphaF(0.75 if len(ids) < 5_000 else 0.3)  # noqa: PLR2004 - they cover each other
        self._dots.setSize(LARGE_DOT_PX if len(ids) < FEW else DOT_PX)
        self._dots.setData(x=across, y=self._points[:, 1], brush=pg.mkBrush(brush))
        self._line.setData([], [])

    def take(self, corners: NDArray[np.float64]) -> None:
        """Emit what lies in a lasso, of shape (corners, 2) in beats a minute and energy."""
        chosen = self._ids[inside(corners, self._points)]
        if chosen.size:
            self.lassoed.emit(chosen.tolist())

    def _lay_out(self, axes: dict[str, pg.AxisItem]) -> None:
        item = self._plot.getPlotItem()
        item.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # tempo rises to the right
        self._plot.addItem(self._dots)
        self._plot.addItem(self._line)
        for part in (self._plot, *self._plot.findChildren(QWidget)):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAccessibleName(_("Map of tempo and energy; the list shows the same tracks"))
        self._box.setRange(xRange=TEMPI_BPM, yRange=(0.0, 1.0))
        self._box.setLimits(xMin=0.0, xMax=TEMPI_BPM[1] + 20.0, yMin=-0.05, yMax=1.05)
        marks = [(FREE_BPM, _("free")), *((tick, f"{tick:.0f}") for tick in TICKS)]
        axes["bottom"].setTicks([marks])
        for side, name in (("left", _("Energy")), ("bottom", _("BPM"))):
            axes[side].setLabel(name)
            axes[side].setPen(QColor(Color.EDGE))
            axes[side].setTextPen(QColor(Color.MUTED))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self._plot, 1)

    def _draw(self, corners: list[QPointF], is_closed: bool) -> None:  # noqa: FBT001 - a callback
        places = np.array([(one.x(), one.y()) for one in corners])
        self._line.setData(*np.vstack([places, places[:1]] if is_closed else [places]).T)
        if is_closed:
            step = -(-len(places) // MOST_CORNERS)
            self.take(places[::step])
