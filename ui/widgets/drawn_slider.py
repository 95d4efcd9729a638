"""A slider that draws itself: a finger drags it, keys move it, and the focus has a frame."""

from abc import abstractmethod

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QAbstractSlider

from ui.theme import Color


class DrawnSlider(QAbstractSlider):
    """A horizontal slider; who inherits it paints it, and says what a place means.

    ``left_at`` carries the value that a finger or a key left it at.
    """

    left_at = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._dragged = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.actionTriggered.connect(lambda _action: self.left_at.emit(self.sliderPosition()))

    @property
    def is_dragged(self) -> bool:
        """Whether a finger is on it."""
        return self._dragged

    @abstractmethod
    def value_at(self, place: QPointF) -> int:
        """Return the value that a place stands for; one out of range is moved into it."""

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Go where the finger is."""
        self._dragged = True
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Follow the finger."""
        if self._dragged:
            self._drag(event)

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        """Leave it there."""
        self._dragged = False
        self.left_at.emit(self.value())

    def paint_focus(self, painter: QPainter) -> None:
        """Frame it where keys would move it."""
        if self.hasFocus():
            painter.setPen(QPen(QColor(Color.TEXT), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8.0, 8.0)

    def _drag(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.setValue(self.value_at(event.position()))
            self.update()
