"""A line across the window that needs somebody: told by shape, text and place, not by color."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout

from ui.theme import GAP_PX, Color, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import IconLabel, Label


class Banner(QFrame):
    """An icon, a sentence and at most one button.

    Parameters
    ----------
    icon_name : str
        Its shape.
    action : str
        Text of its button; no button where it is empty.
    quiet : bool
        Only framed, not filled: it can wait.
    """

    acted = pyqtSignal()

    def __init__(self, icon_name: str, action: str = "", *, quiet: bool = False) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("quiet", "true" if quiet else "false")
        row = QHBoxLayout(self)
        start, end = (10, 22) if self.isRightToLeft() else (22, 10)
        row.setContentsMargins(start, 8, end, 8)
        row.setSpacing(GAP_PX + 4)
        color = Color.AMBER if quiet else Color.ON_AMBER
        row.addWidget(IconLabel(icon_name, color, size_px=26 if quiet else 34))
        self._text = Label("", Role.NOTICE if quiet else Role.ON_BANNER, wraps=True)
        row.addWidget(self._text, 1)
        self._button: Button | None = None
        if action:
            self._button = Button(action, Kind.BANNER)
            self._button.clicked.connect(self.acted)
            row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show a sentence, or hide where there is none."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def allow(self, *, action: bool) -> None:
        """Say whether its button may be pressed."""
        if self._button is not None:
            self._button.setEnabled(action)
