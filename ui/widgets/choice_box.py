"""A choice among a few, folded into one line."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPaintEvent, QWheelEvent
from PyQt6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
)

LEAST_CHARS = 8
ARROW_PX = 80
"""Room that the arrow and the edges take; the theme says so."""


class ChoiceBox(QComboBox):
    """A combo box for fingers: its lines are as high as a button, and no wheel turns it.

    Parameters
    ----------
    name : str
        What a screen reader says.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(QStyledItemDelegate(self))  # the usual one knows no style sheet
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_CHARS)

    def shown_text(self, room_px: int) -> str:
        """Return what the folded line says in some room, cut with an ellipsis where it must."""
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room_px)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the folded line; the style itself would cut its text anywhere."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown_text(self.width() - ARROW_PX)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Leave the wheel to the page: a choice is changed by a touch alone."""
        if event is not None:
            event.ignore()
