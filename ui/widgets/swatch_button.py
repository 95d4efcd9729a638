"""A choice among a few, with its colors beside its name."""

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
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import PRIMARY_TARGET_PX, Color, icon_pixmap
from ui.widgets.mirror import seen

_SWATCH_PX = 52.0
_HEIGHT_PX = PRIMARY_TARGET_PX
_TALLEST_PX = 120
_AROUND_PX = 48.0
"""Beside the title: a gap on its left, a tick on its right."""


class SwatchButton(QAbstractButton):
    """A checkable card: a strip of two colors, a title, a tick when it is chosen.

    Parameters
    ----------
    title : str
        What is chosen.
    colors : tuple[str, str]
        ``#rrggbb``, from top to bottom.
    """

    def __init__(self, title: str, colors: tuple[str, str]) -> None:
        super().__init__()
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(_TALLEST_PX)
        self._colors = colors
        self._is_patients = False

    def mark(self, *, patients: bool) -> None:
        """Show, or no longer show, that the patient chose this one."""
        self._is_patients = patients
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that the title fits in."""
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        return QSize(int(_SWATCH_PX + width + _AROUND_PX), _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a title is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, 18.0, 18.0)
        painter.fillPath(shape, QColor(Color.PRESSED if self.isDown() else Color.RAISED))
        painter.setClipPath(shape)
        self._paint_swatch(painter, frame)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._edge())
        painter.drawPath(shape)
        painter.setFont(self._font())
        painter.setPen(QColor(Color.TEXT if self.isEnabled() else Color.FAINT))
        room = frame.adjusted(_SWATCH_PX + 12.0, 0.0, -34.0, 0.0)
        painter.drawText(seen(self, room), Qt.AlignmentFlag.AlignVCenter, self.text())
        self._paint_mark(painter, frame)

    def _paint_swatch(self, painter: QPainter, frame: QRectF) -> None:
        strip = seen(self, QRectF(frame.left(), frame.top(), _SWATCH_PX, frame.height()))
        shade = QLinearGradient(strip.topLeft(), strip.bottomLeft())
        shade.setColorAt(0.0, QColor(self._colors[0]))
        shade.setColorAt(1.0, QColor(self._colors[0]).lighter(135))
        painter.fillRect(strip, shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colors[1]))
        painter.drawEllipse(
            QPointF(strip.center().x(), strip.top() + strip.height() * 0.4), 11.0, 11.0
        )
        hill = QPainterPath(QPointF(strip.left(), strip.bottom()))
        hill.lineTo(strip.left(), strip.bottom() - 0.26 * strip.height())
        hill.cubicTo(
            strip.left() + 20.0, strip.bottom() - 0.62 * strip.height(),
            strip.left() + 38.0, strip.bottom() - 0.14 * strip.height(),
            strip.right(), strip.bottom() - 0.42 * strip.height(),
        )  # fmt: skip
        hill.lineTo(strip.right(), strip.bottom())
        painter.setBrush(QColor(self._colors[0]).darker(160))
        painter.drawPath(hill)

    def _paint_mark(self, painter: QPainter, frame: QRectF) -> None:
        at = seen(
            self, QRectF(frame.right() - 32.0, frame.center().y() - 11.0, 22.0, 22.0)
        ).topLeft()
        if self.isChecked():
            painter.drawPixmap(at, icon_pixmap("check", Color.AMBER, 22))
        elif self._is_patients:
            painter.drawPixmap(at, icon_pixmap("hand-heart", Color.SAGE, 22))

    def _edge(self) -> QPen:
        if self.hasFocus():
            return QPen(QColor(Color.TEXT), 2.5)
        if self.isChecked():
            return QPen(QColor(Color.AMBER), 2.5)
        return QPen(QColor(Color.EDGE), 1.5)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium)
        return font
