"""The line into which a search is written; its hint is as long as there is room for."""

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLineEdit

from ui.words import _

_INSIDE_PX = 52
"""What a style's padding and frame take of a line's width."""


def hints() -> tuple[str, ...]:
    """Return hints to what can be searched, the longest first."""
    return (
        _("Search words, or as energy<0.4 bpm:60..80 tag:harp"),
        _("Search words, or energy<0.4"),
        _("Search"),
    )


class SearchLine(QLineEdit):
    """Says in its hint how to search, and never in half a word."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Search the library"))
        self.setToolTip(hints()[0])
        self.setClearButtonEnabled(True)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Take the longest hint that there is room for."""
        super().resizeEvent(event)
        room_px = self.width() - _INSIDE_PX
        advance = self.fontMetrics().horizontalAdvance
        fitting = (hint for hint in hints() if advance(hint) <= room_px)
        self.setPlaceholderText(next(fitting, ""))
