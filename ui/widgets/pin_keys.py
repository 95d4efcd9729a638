"""Large keys for a PIN."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.words import _

LONGEST_PIN_CHARS = 12


class PinKeys(QWidget):
    """Takes a PIN and shows how many digits it has, never which.

    Parameters
    ----------
    title : str
        What stands above the keys.

    Attributes
    ----------
    keys : dict[str, Button]
        By digit; ``<`` leaves, ``>`` enters.
    """

    entered = pyqtSignal(str)
    left = pyqtSignal()
    touched = pyqtSignal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as digits lie everywhere
        self._pin = ""
        self.title = Label(title, Role.TITLE, wraps=True)
        self._dots = Label("", Role.TITLE)
        self.keys: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for label in (self.title, self._dots):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addLayout(self._key_grid())

    def forget(self, title: str) -> None:
        """Forget what was typed, under another title."""
        self._pin = ""
        self._dots.setText("")
        self.title.setText(title)

    def press(self, key: str) -> None:
        """Take a key."""
        self.touched.emit()
        if key == "<":
            self.left.emit()
        elif key == ">":
            self.entered.emit(self._pin)
        elif len(self._pin) < LONGEST_PIN_CHARS:
            self._pin += key
            self._dots.setText("\u2022 " * len(self._pin))

    def _key_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GAP_PX)
        for place, key in enumerate("123456789<0>"):
            names = {"<": _("Leave"), ">": _("Enter")}
            icons = {"<": "x", ">": "check"}
            icon_name = icons.get(key, "")
            text = "" if icon_name else key
            button = Button(text, icon_name=icon_name, name=names.get(key, key))
            button.setProperty("key", "true")
            button.clicked.connect(lambda _on=False, key=key: self.press(key))
            grid.addWidget(button, place // 3, place % 3)
            self.keys[key] = button
        return grid
