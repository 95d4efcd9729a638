"""A page of the patient's over a landscape that darkens where its words begin."""

from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from ui.theme import Color, Role
from ui.widgets.labels import Label
from ui.widgets.landscape import landscape

REST_COLORS = ("#3a3731", "#b8a68c")
REST_SEED = 11
SHADE_PX = 150
"""Above the words, in which the picture darkens."""


class Pictured(QWidget):
    """Fills the window with a picture; its words stand below, from ``heading`` on."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = (REST_SEED, REST_COLORS)
        self._art = QImage()
        self.heading = Label("", Role.HEADING, wraps=True)

    def show_picture(self, seed: int = REST_SEED, colors: tuple[str, str] = REST_COLORS) -> None:
        """Show another landscape, the one of rest where none is given."""
        self._picture = (seed, colors)
        self._art = QImage()
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the landscape, darkened below so that the words can be read."""
        painter = QPainter(self)
        painter.drawImage(QPointF(0, 0), self._landscape())
        shade = QLinearGradient(0, self.heading.y() - SHADE_PX, 0, self.heading.y())
        for place, alpha in ((0.0, 0.0), (1.0, 0.86)):
            dark = QColor(Color.INK)
            dark.setAlphaF(alpha)
            shade.setColorAt(place, dark)
        painter.fillRect(self.rect(), shade)

    def _landscape(self) -> QImage:
        """Return the picture for the size of now, painted anew only if that is another."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._art.size() != size:
            self._art = landscape(*self._picture, size)
            self._art.setDevicePixelRatio(ratio)
        return self._art
