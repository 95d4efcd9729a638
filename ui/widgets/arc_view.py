"""The session as a picture: target energy over time, phases, joins, and where it is now."""

import math
from dataclasses import dataclass
from itertools import pairwise

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from soundscape.units import Seconds
from ui.theme import Color, tabular, text_scale
from ui.words import _

_SHORTEST_S = Seconds(1.0)
_FULL_ENERGY = 0.6
_TICKS_MIN = (5, 10, 15, 20, 30, 60)
_TICKS_APART_PX = 8.0
_LEAST_TICK_PX = 90.0
_TITLE_PX = 16
_NOW_PX = 34
"""The phase that it is, as it is read from across the room; less where the picture is low."""

_NOW_SHARE = 0.12
_LINE = 1.6
LEAST_PX = 96
"""Of height, at the usual text size."""


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase as it is drawn.

    Attributes
    ----------
    title : str
        Its name in the reader's language.
    start_s, end_s : Seconds
        From the session's start; a phase that waits ends at the picture's end.
    """

    title: str
    start_s: Seconds
    end_s: Seconds


@dataclass(frozen=True, slots=True)
class ArcPicture:
    """All that is drawn.

    Attributes
    ----------
    phases : tuple[PhaseSpan, ...]
        In order.
    energy : tuple[tuple[float, float], ...]
        (seconds from the session's start, energy 0-1).
    joins_s : tuple[Seconds, ...]
        Where one track gives way to the next.
    now_s : Seconds | None
        None before a session.
    end_s : Seconds
        What the right edge is.
    """

    phases: tuple[PhaseSpan, ...] = ()
    energy: tuple[tuple[float, float], ...] = ()
    joins_s: tuple[Seconds, ...] = ()
    now_s: Seconds | None = None
    end_s: Seconds = _SHORTEST_S


class ArcView(QWidget):
    """Draws an arc. It shows nothing that is not said in words elsewhere on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Arc of the session"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture = ArcPicture()

    def show_picture(self, picture: ArcPicture) -> None:
        """Draw another picture."""
        if picture != self._picture:
            self._picture = picture
            self.update()

    def picture(self) -> ArcPicture:
        """Return what is drawn."""
        return self._picture

    def sizeHint(self) -> QSize:
        """Return a wide, low picture."""
        return QSize(640, 300)

    def minimumSizeHint(self) -> QSize:
        """Return a size in which the line still rises and falls between its words."""
        return QSize(
            0, LEAST_PX + round(2 * _LINE * (self._font(_TITLE_PX).pixelSize() - _TITLE_PX))
        )

    def x_of(self, moment: Seconds | float) -> float:
        """Return the horizontal place of a moment, in pixels."""
        plot = self._plot()
        return plot.left() + plot.width() * float(moment) / max(float(self._picture.end_s), 1.0)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw everything, back to front."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_phases(painter)
        self._paint_time(painter)
        if len(self._picture.energy) > 1:
            self._paint_energy(painter)
        self._paint_joins(painter)
        if self._picture.now_s is not None:
            self._paint_now(painter, self._picture.now_s)

    def _plot(self) -> QRectF:
        line = self._font(_TITLE_PX).pixelSize() * _LINE
        titles = QFontMetricsF(self._title_font(now=True)).height()
        return QRectF(self.rect()).adjusted(8.0, titles + 10.0, -8.0, -line - 8.0)

    def _font(self, size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return a font of the picture, scaled as the reader scaled the text."""
        font = tabular(self.font())
        font.setPixelSize(round(size_px * text_scale(self.font())))
        font.setWeight(weight)
        return font

    def _title_font(self, *, now: bool) -> QFont:
        """Return the font of a phase's name."""
        if not now:
            return self._font(_TITLE_PX)
        room_px = round(_NOW_SHARE * self.height() / text_scale(self.font()))
        return self._font(min(max(room_px, _TITLE_PX), _NOW_PX), QFont.Weight.DemiBold)

    def _point(self, moment_s: float, energy: float) -> QPointF:
        plot = self._plot()
        full = max([_FULL_ENERGY, *(value for _moment_s, value in self._picture.energy)])
        return QPointF(self.x_of(moment_s), plot.bottom() - plot.height() * 0.92 * energy / full)

    def _current(self) -> int | None:
        now_s = self._picture.now_s
        if now_s is None:
            return None
        inside = [i for i, span in enumerate(self._picture.phases) if span.start_s <= now_s]
        return inside[-1] if inside else None

    def _paint_phases(self, painter: QPainter) -> None:
        plot = self._plot()
        current = self._current()
        free_from = 0.0
        for index, span in enumerate(self._picture.phases):
            left, right = self.x_of(span.start_s), self.x_of(span.end_s)
            if index == current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(Color.RAISED))
                painter.drawRoundedRect(
                    QRectF(left, plot.top() - 4.0, right - left, plot.height() + 4.0), 12.0, 12.0
                )
            elif index:
                painter.setPen(QPen(QColor(Color.HAIRLINE), 1.0))
                painter.drawLine(QPointF(left, plot.top()), QPointF(left, plot.bottom()))
            free_from = self._paint_title(
                painter, span, (left, right), free_from, now=index == current
            )

    def _paint_title(
        self,
        painter: QPainter,
        span: PhaseSpan,
        sides: tuple[float, float],
        free_from: float,
        *,
        now: bool,
    ) -> float:
        """Write a phase's name above it where there is room; return where room begins again."""
        font = self._title_font(now=now)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(span.title)
        middle = (sides[0] + sides[1]) / 2
        left = min(max(middle - width / 2, free_from), self.width() - width)
        if left + width / 2 > sides[1] + 24.0 and not now:
            return free_from
        painter.setFont(font)
        painter.setPen(QColor(Color.TEXT if now else Color.MUTED))
        painter.drawText(QPointF(left, self._title_line()), span.title)
        return left + width + 14.0

    def _title_line(self) -> float:
        """Return on what height all names stand, in pixels."""
        return QFontMetricsF(self._title_font(now=True)).ascent() + 2.0

    def _paint_time(self, painter: QPainter) -> None:
        plot = self._plot()
        end_min = float(self._picture.end_s) / 60.0
        steps = [s for s in _TICKS_MIN if plot.width() * s / max(end_min, 1.0) >= _LEAST_TICK_PX]
        step = steps[0] if steps else _TICKS_MIN[-1]
        painter.setFont(self._font(15))
        painter.setPen(QColor(Color.MUTED))
        free_from = 0.0
        for minute in range(0, math.floor(end_min) + 1, step):
            text = _("{count} min").format(count=minute) if minute else "0"
            width = painter.fontMetrics().horizontalAdvance(text)
            left = min(max(self.x_of(minute * 60.0) - width / 2, 0.0), self.width() - width)
            if left >= free_from:  # the last one is kept within the picture
                painter.drawText(QPointF(left, self.height() - 6.0), text)
                free_from = left + width + _TICKS_APART_PX

    def _curve(self) -> QPainterPath:
        """Return the energy as a smooth line through its points, level at each of them."""
        points = [self._point(moment_s, energy) for moment_s, energy in self._picture.energy]
        path = QPainterPath(points[0])
        for before, after in pairwise(points):
            half = (after.x() - before.x()) / 2
            path.cubicTo(before + QPointF(half, 0.0), after - QPointF(half, 0.0), after)
        return path

    def _paint_energy(self, painter: QPainter) -> None:
        plot = self._plot()
        curve = self._curve()
        area = QPainterPath(curve)
        area.lineTo(area.currentPosition().x(), plot.bottom())
        area.lineTo(curve.elementAt(0).x, plot.bottom())
        shade = QLinearGradient(plot.topLeft(), plot.bottomLeft())
        for stop, alpha in ((0.0, 110), (1.0, 8)):
            color = QColor(Color.AMBER)
            color.setAlpha(alpha)
            shade.setColorAt(stop, color)
        painter.fillPath(area, shade)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        now = self._picture.now_s
        passed = QRectF(self.rect())
        passed.setRight(0.0 if now is None else self.x_of(now))
        ahead = QRectF(self.rect())
        ahead.setLeft(passed.right())
        dotted = QPen(QColor(Color.MUTED), 2.5, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
        solid = QPen(QColor(Color.AMBER), 4.0)
        for clip, pen in ((ahead, dotted), (passed, solid)):
            painter.save()
            painter.setClipRect(clip)
            painter.setPen(pen)
            painter.drawPath(curve)
            painter.restore()

    def _paint_joins(self, painter: QPainter) -> None:
        bottom = self._plot().bottom()
        painter.setPen(QPen(QColor(Color.EDGE), 2.0, cap=Qt.PenCapStyle.RoundCap))
        for join_s in self._picture.joins_s:
            x = self.x_of(join_s)
            painter.drawLine(QPointF(x, bottom - 8.0), QPointF(x, bottom))

    def _paint_now(self, painter: QPainter, now_s: Seconds) -> None:
        plot = self._plot()
        x = self.x_of(now_s)
        painter.setPen(QPen(QColor(Color.TEXT), 2.0))
        painter.drawLine(QPointF(x, plot.top() - 4.0), QPointF(x, plot.bottom()))
        if len(self._picture.energy) < 2:  # noqa: PLR2004
            return
        painter.setPen(QPen(QColor(Color.PANEL), 3.0))
        painter.setBrush(QColor(Color.TEXT))
        painter.drawEllipse(QPointF(x, self._height_at(x)), 9.0, 9.0)

    def _height_at(self, x: float) -> float:
        """Return where the curve is at a place, in pixels; found by halving, as x only grows."""
        curve = self._curve()
        low, high = 0.0, 1.0
        for _step in range(24):
            middle = (low + high) / 2
            if curve.pointAtPercent(middle).x() < x:
                low = middle
            else:
                high = middle
        return curve.pointAtPercent(low).y()
