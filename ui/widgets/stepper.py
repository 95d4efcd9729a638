"""A number changed by two large buttons: for gloves, and for those who do not type."""

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import GAP_PX, TARGET_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.words import _


class Stepper(QWidget):
    """A value between two buttons.

    Parameters
    ----------
    name : str
        What the number is, for screen readers.
    allowed : range
        The values it may take; its step is one press.
    shown : Callable[[int], str]
        Turns a value into text.
    """

    changed = pyqtSignal(int)

    def __init__(self, name: str, allowed: range, shown: Callable[[int], str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name = name
        self._allowed = allowed
        self._shown = shown
        self._value = allowed.start
        self._less = Button("", icon_name="minus", name=_("{name}: less").format(name=name))
        self._more = Button("", icon_name="plus", name=_("{name}: more").format(name=name))
        self._text = Label("", Role.DIGITS)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        for button, by in ((self._less, -allowed.step), (self._more, allowed.step)):
            button.setAutoRepeat(True)
            button.setMinimumWidth(TARGET_PX + 12)
            button.clicked.connect(lambda _checked=False, by=by: self.set_value(self._value + by))
        row.addWidget(self._less)
        row.addWidget(self._text, 1)
        row.addWidget(self._more)
        self.set_value(allowed.start)

    def keep_together(self) -> None:
        """Let the two buttons be no farther apart than is needed, however wide the page."""
        self.setProperty("together", "true")

    def value(self) -> int:
        """Return the number."""
        return self._value

    def set_value(self, value: int) -> None:
        """Set the number, held within what is allowed."""
        kept = min(max(value, self._allowed[0]), self._allowed[-1])
        moved = kept != self._value
        self._value = kept
        self._text.setText(self._shown(kept))
        self._text.setAccessibleName(f"{self._name}: {self._shown(kept)}")
        self._less.setEnabled(kept > self._allowed[0])
        self._more.setEnabled(kept < self._allowed[-1])
        if moved:
            self.changed.emit(kept)
