"""What the patient sees once nothing is left to choose: a picture and a few words."""

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout

from ui.presets.pictured import Pictured
from ui.theme import PATIENT_TARGET_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _


class Answer(Pictured):
    """A calm page that fills the window: a heading, a line and, where it helps, a way back."""

    back = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.line = Label("", Role.BODY, wraps=True)
        self.line.setProperty("patient", "true")
        self.change = Button(_("Change my mind"), Kind.QUIET)
        self.change.setMinimumSize(QSize(260, PATIENT_TARGET_PX))
        self.change.clicked.connect(self.back)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.heading)
        column.addWidget(self.line)
        column.addSpacing(20)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Use the width where it is narrow."""
        side = self.side_px()
        self._column.setContentsMargins(side, side, side, 48)
        super().resizeEvent(event)

    def say(self, heading: str, line: str, *, may_change: bool) -> None:
        """Show other words."""
        self.heading.setText(heading)
        self.line.setText(line)
        self.change.setVisible(may_change)
