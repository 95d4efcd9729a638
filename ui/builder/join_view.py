"""A join as a picture: how loud the one that goes and the one that comes are, moment by moment."""

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF

from playlists.solver.layout import FADE_RANGE_S, GAP_FADE_RANGE_S, GAP_RANGE_S, USUAL_JOIN
from soundscape.dsp.fades import equal_power, linear
from soundscape.session.cues import Shape
from soundscape.session.plan import Join
from ui.builder.join_words import join_text, seconds_text
from ui.theme import TARGET_PX, Color
from ui.widgets.drawn_slider import DrawnSlider
from ui.words import _

SHOWN_S = 2.0 * FADE_RANGE_S[1] + GAP_RANGE_S[1] + 3.0
"""The longest join there may be, and something of each track beside it."""

HANDLE_PX = 11.0
SIDE_PX = 16.0
PAGE_S = 4
_POINTS = 49


class JoinView(DrawnSlider):
    """Draws a join; its value is the length of the fade in seconds, moved by a finger or keys.

    ``asked`` carries the length that a finger or a key left it at.
    """

    asked = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._join = USUAL_JOIN
        self._titles = ("", "")
        self.setMinimumHeight(2 * TARGET_PX)
        self.setMaximumHeight(6 * TARGET_PX)
        self.setPageStep(PAGE_S)
        self.left_at.connect(self._ask)

    def show_join(self, join: Join, titles: tuple[str, str]) -> None:
        """Show another join, and the titles of the track that goes and the one that comes."""
        self._join, self._titles = join, titles
        low_s, high_s = GAP_FADE_RANGE_S if join.gap_s else FADE_RANGE_S
        length_s = round(join.fade_s)
        self.setRange(round(min(low_s, length_s)), round(max(high_s, length_s)))
        self.setValue(length_s)
        name = _("How long the crossfade is: {join}")
        self.setAccessibleName(name.format(join=join_text(join)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a wide picture."""
        return QSize(320, 4 * TARGET_PX)

    def handles(self) -> tuple[QPointF, QPointF]:
        """Return where the fades begin and end, in pixels."""
        begins_s, ends_s = self._edges_s()
        top = self._plot().top()
        return QPointF(self._x_of(begins_s), top), QPointF(self._x_of(ends_s), top)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw both tracks, their titles, the handles and how long it takes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter, Color.MUTED, comes=False)
        self._paint_track(painter, Color.AMBER, comes=True)
        self._paint_words(painter)
        if self.isEnabled():
            for handle in self.handles():
                painter.setPen(QPen(QColor(Color.INK), 3.0))
                painter.setBrush(QColor(Color.TEXT))
                painter.drawEllipse(handle, HANDLE_PX, HANDLE_PX)
        self.paint_focus(painter)

    def value_at(self, place: QPointF) -> int:
        """Both handles move together: a crossfade is one length."""
        plot = self._plot()
        away_s = abs(place.x() - plot.center().x()) / plot.width() * SHOWN_S
        gap_s = self._join.gap_s
        return round(away_s - gap_s / 2.0 if gap_s else 2.0 * away_s)

    def _ask(self, length_s: int) -> None:
        if length_s != round(self._join.fade_s):
            self.asked.emit(length_s)

    def _edges_s(self) -> tuple[float, float]:
        """Return where the fades begin and end, in seconds from the middle."""
        length_s = float(self.value())
        half_s = length_s + self._join.gap_s / 2.0 if self._join.gap_s else length_s / 2.0
        return -half_s, half_s

    def _paint_track(self, painter: QPainter, color: Color, *, comes: bool) -> None:
        begins_s, ends_s = self._edges_s()
        share = np.linspace(0.0, 1.0, _POINTS)
        law = equal_power if self._join.shape is Shape.EQUAL_POWER else linear
        start_s = ends_s - self.value() if comes else begins_s
        moments_s = start_s + share * self.value()
        heights = law(share if comes else 1.0 - share)
        plot = self._plot()
        curve = [
            QPointF(self._x_of(moment_s), plot.bottom() - height * plot.height())
            for moment_s, height in zip(moments_s.tolist(), heights.tolist(), strict=True)
        ]
        far = plot.topRight() if comes else plot.topLeft()
        line = [*curve, far] if comes else [far, *curve]
        floor = QPointF(far.x(), plot.bottom())
        fill = QColor(color)
        fill.setAlphaF(0.22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([*line, floor] if comes else [floor, *line]))
        painter.setPen(QPen(QColor(color), 2.5, cap=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(line))

    def _paint_words(self, painter: QPainter) -> None:
        """Write the titles below, and between them how long it takes."""
        plot, metrics = self._plot(), painter.fontMetrics()
        row = QRectF(plot.left(), plot.bottom() + 2.0, plot.width(), self.height() - plot.bottom())
        parts_s = [self.value(), *([self._join.gap_s, self.value()] if self._join.gap_s else [])]
        length = " + ".join(map(seconds_text, parts_s))
        middle_px = metrics.horizontalAdvance(length) + 2.0 * SIDE_PX
        side_px = (row.width() - middle_px) / 2.0
        painter.setPen(QColor(Color.TEXT))
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, length)
        end, flags = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag
        sides = (
            (row.adjusted(0.0, 0.0, side_px - row.width(), 0.0), Color.MUTED, "AlignLeft"),
            (row.adjusted(row.width() - side_px, 0.0, 0.0, 0.0), Color.AMBER, "AlignRight"),
        )
        for title, (place, color, side) in zip(self._titles, sides, strict=True):
            painter.setPen(QColor(color))
            # Time runs from left to right, for every reader.
            where = flags[side] | flags.AlignAbsolute | flags.AlignVCenter
            painter.drawText(place, int(where), metrics.elidedText(title, end, int(side_px)))

    def _x_of(self, moment_s: float) -> float:
        plot = self._plot()
        return plot.center().x() + moment_s / SHOWN_S * plot.width()

    def _plot(self) -> QRectF:
        words_px = self.fontMetrics().height() + 8.0
        return QRectF(self.rect()).adjusted(SIDE_PX, HANDLE_PX + 6.0, -SIDE_PX, -words_px)
