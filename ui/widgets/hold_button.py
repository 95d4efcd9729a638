"""A button that acts only when it is held, and fills while it is."""

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from soundscape.clock import Clock
from soundscape.units import Seconds
from ui.theme import PRIMARY_TARGET_PX, Color
from ui.widgets.buttons import Kind
from ui.widgets.mirror import seen

_FRAME_MS = 30


class HoldButton(QAbstractButton):
    """A button to hold: a slip of the hand does nothing, and nothing asks "are you sure".

    ``held`` comes the moment ``hold_s`` is over, without waiting for the finger to lift; who
    holds on to ``longer_s`` also gets ``held_longer``. Space can be held like a finger.

    Parameters
    ----------
    text : str
        What it does.
    clock : Clock
        Measures the hold.
    hold_s, longer_s : Seconds
        How long to hold; ``longer_s`` may be None.
    kind : Kind
        ``PRIMARY``, ``QUIET`` or ``STOP``.
    """

    held = pyqtSignal()
    held_longer = pyqtSignal()

    def __init__(
        self,
        text: str,
        clock: Clock,
        hold_s: Seconds,
        *,
        longer_s: Seconds | None = None,
        kind: Kind = Kind.STOP,
    ) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(PRIMARY_TARGET_PX)  # its width is that of its words
        self._clock = clock
        self._hold_s = hold_s
        self._longer_s = longer_s
        self.setProperty("kind", kind)
        self._pressed_at: Seconds | None = None
        self._acted = False
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.follow)
        self.pressed.connect(self._begin)
        self.released.connect(self._reset)

    def say(self, text: str) -> None:
        """Say that it does something else; a hold goes on."""
        if self.text() != text:
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def set_kind(self, kind: Kind) -> None:
        """Make it speak louder or lower."""
        self.setProperty("kind", kind)
        self.update()

    def fraction(self) -> float:
        """Return how much of the hold is done, 0-1."""
        return min(1.0, self._held_for_s() / self._hold_s)

    def follow(self) -> None:
        """Look at the clock, fill further, and act where the time is over."""
        if self._pressed_at is None:
            return
        if not self.isDown():
            self._reset()
            return
        self.update()
        if not self._acted and self._held_for_s() >= self._hold_s:
            self._acted = True
            if self._longer_s is None:
                self._reset()
            self.held.emit()
        if self._longer_s is not None and self._held_for_s() >= self._longer_s:
            self._reset()
            self.held_longer.emit()

    def sizeHint(self) -> QSize:
        """Return a size that the text fits in."""
        width = self._text_metrics_width() + 56
        return QSize(max(140, width), PRIMARY_TARGET_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same: what it does is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent | None) -> None:
        """Forget a hold when the button is disabled under the finger."""
        if event is not None and event.type() == QEvent.Type.EnabledChange:
            self._reset()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the button and how much of the hold is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, text, fill = self._colors()
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        radius = min(frame.height() / 2, 32.0)
        shape = QPainterPath()
        shape.addRoundedRect(frame, radius, radius)
        painter.fillPath(shape, ground)
        if self._pressed_at is not None:
            self._paint_fill(painter, shape, fill)
        ring = QColor(Color.TEXT) if self.hasFocus() else edge
        painter.setPen(QPen(ring, 2.5 if self.hasFocus() else 2.0))
        painter.drawPath(shape)
        painter.setFont(self._font())
        painter.setPen(text)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.text())

    def _paint_fill(self, painter: QPainter, shape: QPainterPath, fill: QColor) -> None:
        painter.save()
        painter.setClipPath(shape)
        area = QRectF(self.rect())
        area.setWidth(area.width() * self.fraction())
        painter.fillRect(seen(self, area), fill)
        if self._longer_s is not None and self.fraction() >= 1.0:
            second = QRectF(self.rect())
            span_s = self._longer_s - self._hold_s
            share = (self._held_for_s() - self._hold_s) / span_s
            second.setTop(second.bottom() - 6.0)
            second.setWidth(second.width() * min(1.0, share))
            painter.fillRect(seen(self, second), QColor(Color.STOP_TEXT))
        painter.restore()

    def _colors(self) -> tuple[QColor, QColor, QColor, QColor]:
        """Return the colors of ground, edge, text and filling."""
        if not self.isEnabled():
            off = QColor(Color.HAIRLINE)
            return QColor(Color.PANEL), off, QColor(Color.FAINT), off
        kind = self.property("kind")
        if kind == Kind.PRIMARY:
            amber = QColor(Color.AMBER)
            return amber, amber, QColor(Color.ON_AMBER), QColor(Color.AMBER_HOT)
        if kind == Kind.QUIET:
            ground, edge, text = QColor(Color.RAISED), QColor(Color.EDGE), QColor(Color.TEXT)
            return ground, edge, text, QColor(Color.HAIRLINE)
        fill = QColor(Color.STOP)
        fill.setAlphaF(0.35)
        return QColor(Color.RAISED), QColor(Color.STOP), QColor(Color.STOP_TEXT), fill

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        share = 4 / 3 if self.minimumHeight() > PRIMARY_TARGET_PX else 10 / 9
        font.setPixelSize(round(self.font().pixelSize() * share))
        return font

    def _text_metrics_width(self) -> int:
        return QFontMetrics(self._font()).horizontalAdvance(self.text())

    def _held_for_s(self) -> float:
        return 0.0 if self._pressed_at is None else self._clock.now() - self._pressed_at

    def _begin(self) -> None:
        self._acted = False
        self._pressed_at = self._clock.now()
        self._timer.start()

    def _reset(self) -> None:
        self._pressed_at = None
        self._timer.stop()
        self.update()
