"""A choice among a few, folded into one line."""

from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QComboBox, QStyledItemDelegate

LEAST_CHARS = 8


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

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Leave the wheel to the page: a choice is changed by a touch alone."""
        if event is not None:
            event.ignore()
