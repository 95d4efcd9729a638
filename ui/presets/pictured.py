"""A page of the patient's over a landscape that darkens where its words begin."""

from PyQt6.QtCore import QPointF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from ui.theme import Color, Role
from ui.widgets.labels import Label
from ui.widgets.landscape import landscape

REST_COLORS = ("#3a3731", "#b8a68c")
REST_SEED = 11
SHADE_PX = 150
"""Above the words, in which the picture darkens."""

UNDER_PX = 60
"""Of the picture, under the first of the words: its moon and hills are seen above them."""

SIDE_MARGINS_PX = {900: 64, 0: 40}
"""Margin by the least width that affords it."""


class Pictured(QWidget):
    """Fills the window with a picture, or with night; words stand below, from ``heading`` on."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = (REST_SEED, REST_COLORS)
        self._art = QImage()
        self._is_night = False
        self.heading = Label("", Role.HEADING, wraps=True)

    def show_picture(self, seed: int = REST_SEED, colors: tuple[str, str] = REST_COLORS) -> None:
        """Show another landscape, the one of rest where none is given."""
        self._picture = (seed, colors)
        self._art = QImage()
        self._turn(is_night=False)

    def show_night(self) -> None:
        """Show no picture, and words as dim as on the patient's screen: a session goes on."""
        self._turn(is_night=True)

    def side_px(self) -> int:
        """Return the margin at the sides of the words."""
        return next(px for least, px in SIDE_MARGINS_PX.items() if self.width() >= least)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the landscape, darkened below so that the words can be read."""
        painter = QPainter(self)
        if self._is_night:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
            return
        painter.fillRect(self.rect(), QColor(Color.INK))
        painter.drawImage(QPointF(0, 0), self._landscape())
        words, ends = self.heading.y(), self.heading.y() + UNDER_PX
        shade = QLinearGradient(0, words - SHADE_PX, 0, ends)
        for place, alpha in ((0.0, 0.0), (SHADE_PX / (SHADE_PX + UNDER_PX), 0.86), (1.0, 1.0)):
            dark = QColor(Color.INK)
            dark.setAlphaF(alpha)
            shade.setColorAt(place, dark)
        painter.fillRect(self.rect(), shade)

    def _turn(self, *, is_night: bool) -> None:
        if is_night != self._is_night:
            self._is_night = is_night
            self.setStyleSheet(f"QLabel {{ color: {Color.NIGHT_TEXT}; }}" if is_night else "")
        self.update()

    def _landscape(self) -> QImage:
        """Return the picture for the room of now, painted anew only if that is another."""
        ratio = self.devicePixelRatioF()
        size = QSize(self.width(), self.heading.y() + UNDER_PX) * ratio
        if self._art.size() != size:
            self._art = landscape(*self._picture, size)
            self._art.setDevicePixelRatio(ratio)
        return self._art
