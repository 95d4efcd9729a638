"""What the patient sees once nothing is left to choose: a picture and a few words."""

from PyQt6.QtCore import QPointF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import PATIENT_TARGET_PX, Color, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.widgets.landscape import landscape
from ui.words import _

REST_COLORS = ("#3a3731", "#b8a68c")
REST_SEED = 11
MARGIN_PX = 64
SHADE_PX = 150
"""Above the words, in which the picture darkens."""


class Answer(QWidget):
    """A calm page that fills the window: a heading, a line and, where it helps, a way back."""

    back = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._picture = (REST_SEED, REST_COLORS)
        self._art = QImage()
        self.heading = Label("", Role.HEADING, wraps=True)
        self.line = Label("", Role.BODY, wraps=True)
        self.line.setProperty("patient", "true")
        self.change = Button(_("Change my mind"), Kind.QUIET)
        self.change.setMinimumSize(QSize(260, PATIENT_TARGET_PX))
        self.change.clicked.connect(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, 48)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.heading)
        column.addWidget(self.line)
        column.addSpacing(20)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)

    def say(self, heading: str, line: str, *, may_change: bool) -> None:
        """Show other words."""
        self.heading.setText(heading)
        self.line.setText(line)
        self.change.setVisible(may_change)

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
