"""The arc as a picture whose points a finger drags or keys move."""

from itertools import pairwise

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from soundscape.units import Seconds
from ui.builder.arc_draft import Knot
from ui.builder.arc_edit import ArcEdit
from ui.theme import TARGET_PX, Color
from ui.widgets.arc_view import ArcPicture, ArcView, PhaseSpan
from ui.words import _, decimal

HANDLE_PX, CHOSEN_PX = 9.0, 13.0
FULL_ENERGY = 0.8
"""What the picture is high for, unless the arc goes beyond."""

SIDE_PX = 14.0
STEP, LARGE_STEP, STEP_IN_PHASE = 0.01, 0.05, 0.05


class ArcHandles(ArcView):
    """Draws the points of an ``ArcEdit`` on their line.

    Left and right choose a point, up and down move it (with Shift in large steps), Ctrl with
    left and right moves it in time, Insert adds one and Delete removes it.
    """

    def __init__(self, edit: ArcEdit, spans: tuple[PhaseSpan, ...]) -> None:
        super().__init__()
        self._edit, self._spans = edit, spans
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(160)
        edit.changed.connect(self._follow)
        edit.chosen.connect(self._follow)

    def moment_of(self, place: float) -> Seconds:
        """Return when a place comes, in seconds from the session's start."""
        number = min(int(place), len(self._spans) - 1)
        span = self._spans[number]
        return Seconds(span.start_s + (place - number) * (span.end_s - span.start_s))

    def place_of(self, moment_s: float) -> float:
        """Return which place a moment is."""
        inside = [n for n, span in enumerate(self._spans) if span.start_s <= moment_s] or [0]
        span = self._spans[inside[-1]]
        share = (moment_s - span.start_s) / max(span.end_s - span.start_s, 1.0)
        return inside[-1] + min(max(share, 0.0), 1.0)

    def point_of(self, number: int) -> QPointF:
        """Return where a point is drawn."""
        knot = self._edit.knots[number]
        return self._point(self.moment_of(knot.place), knot.energy)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the line, then its points; the chosen one is larger and has a ring."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._edit.knots)):
            is_chosen = number == self._edit.number
            painter.setPen(QPen(QColor(Color.INK), 3.0))
            painter.setBrush(QColor(Color.AMBER if is_chosen else Color.TEXT))
            size = CHOSEN_PX if is_chosen else HANDLE_PX
            painter.drawEllipse(self.point_of(number), size, size)
            if is_chosen and self.hasFocus():
                painter.setPen(QPen(QColor(Color.TEXT), 2.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(self.point_of(number), size + 5.0, size + 5.0)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Take the point that is near."""
        if event is None:
            return
        at = event.position()
        near = [
            ((self.point_of(n) - at).manhattanLength(), n) for n in range(len(self._edit.knots))
        ]
        distance_px, number = min(near)
        if distance_px <= TARGET_PX:
            self._edit.choose(number)
            self._edit.keep()
            self._dragged = True

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Let the point follow."""
        if event is not None and self._dragged:
            self._edit.move(self._knot_at(event.position()), keep=False)

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        """Leave the point there."""
        self._dragged = False

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Choose and move points; all other keys go on to the window."""
        if event is None:
            return
        key = Qt.Key(event.key())
        timed = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        upward = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        knot = self._edit.knot
        if key in sideways and timed:
            place = knot.place + sideways[key] * STEP_IN_PHASE
            self._edit.move(Knot(place, knot.energy))
        elif key in sideways:
            self._edit.choose(self._edit.number + sideways[key])
        elif key in upward:
            step = LARGE_STEP if large else STEP
            self._edit.move(Knot(knot.place, knot.energy + upward[key] * step))
        elif key is Qt.Key.Key_Insert:
            self._edit.add()
        elif key is Qt.Key.Key_Delete:
            self._edit.remove()
        else:
            super().keyPressEvent(event)

    def _knot_at(self, at: QPointF) -> Knot:
        plot = self._plot()
        moment_s = (at.x() - plot.left()) / plot.width() * float(self.picture().end_s)
        energy = self._full() * (plot.bottom() - at.y()) / (plot.height() * 0.92)
        return Knot(self.place_of(moment_s), energy)

    def _point(self, moment_s: float, energy: float) -> QPointF:
        plot = self._plot()
        height = plot.height() * 0.92 * energy / self._full()
        return QPointF(self.x_of(moment_s), plot.bottom() - height)

    def _plot(self) -> QRectF:
        return super()._plot().adjusted(SIDE_PX, 0.0, -SIDE_PX, 0.0)

    def _full(self) -> float:
        return max(FULL_ENERGY, *(knot.energy for knot in self._edit.knots))

    def _follow(self) -> None:
        knots = self._edit.knots
        if all(before.place <= after.place for before, after in pairwise(knots)):
            self.show_picture(
                ArcPicture(
                    phases=self._spans,
                    energy=tuple((self.moment_of(one.place), one.energy) for one in knots),
                    end_s=self._spans[-1].end_s,
                )
            )
        words = _("Arc: point {number} of {count}, energy {energy}")
        self.setAccessibleName(
            words.format(
                number=self._edit.number + 1,
                count=len(knots),
                energy=decimal(self._edit.knot.energy, 2),
            )
        )
        self.update()
