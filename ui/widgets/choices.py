"""A choice among a few, all of them seen, and a choice of yes or no: told by a tick as well."""

import sys
from collections.abc import Mapping

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QButtonGroup, QStyle, QStyleOptionButton, QWidget

from ui.theme import GAP_PX
from ui.widgets.buttons import Button
from ui.widgets.even_flow import EvenFlow

_CONTENTS = QStyle.SubElement.SE_PushButtonContents
_END = Qt.TextElideMode.ElideRight


class TickButton(Button):
    """A button that stays chosen; a tick says so, an empty ring that it could be.

    Parameters
    ----------
    text : str
        What is chosen by it.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setCheckable(True)
        self.setProperty("action", "true")
        self.toggled.connect(self._show_tick)
        self._show_tick(on=False)

    def sizeHint(self) -> QSize:
        """Return the room that the whole text needs."""
        metrics = self.fontMetrics()
        more = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text())
        return super().sizeHint() + QSize(more, 0)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave out the end of a text that is too long, never its beginning."""
        super().resizeEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        if style is not None:
            inside = style.subElementRect(_CONTENTS, option, self).width()
            room_px = inside - self.iconSize().width()
            self.setText(self.fontMetrics().elidedText(self._whole, _END, room_px))

    def _show_tick(self, on: bool) -> None:  # noqa: FBT001 -- Qt's signal hands it over so
        self.show_icon("check" if on else "circle")


class Choices(QWidget):
    """A row of ticks of which one is set, broken into as many rows as its words need.

    Parameters
    ----------
    name : str
        What is chosen, for screen readers.
    options : Mapping[str, str]
        Value to text, in the order shown.
    columns : int
        Beside each other at the most.
    """

    chosen = pyqtSignal(str)
    """A value, by a touch; not by ``choose``."""

    def __init__(
        self, name: str, options: Mapping[str, str], *, columns: int = sys.maxsize
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.buttons = {value: TickButton(text) for value, text in options.items()}
        together = QButtonGroup(self)
        row = EvenFlow(GAP_PX, self, columns=columns)
        for value, button in self.buttons.items():
            button.setAccessibleName(f"{name}: {button.text()}")
            button.clicked.connect(lambda _on=False, value=value: self.chosen.emit(value))
            together.addButton(button)
            row.addWidget(button)

    def choose(self, value: str) -> None:
        """Tick a value; one that is not offered ticks nothing."""
        button = self.buttons.get(value)
        if button is not None:
            button.setChecked(True)

    def value(self) -> str:
        """Return what is ticked; empty where nothing is."""
        return next((value for value, b in self.buttons.items() if b.isChecked()), "")
