"""A layout of parts of equal width: in one row where their words fit, else in as few as needed."""

import math
import sys

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class EvenFlow(QLayout):
    """Parts of equal width and height, in rows.

    Parameters
    ----------
    gap_px : int
        Between two parts, and between two rows.
    fills : bool
        The parts share the whole width; else each is as wide as the widest needs.
    columns : int
        Beside each other at the most.
    """

    def __init__(
        self,
        gap_px: int,
        parent: QWidget | None = None,
        *,
        fills: bool = True,
        columns: int = sys.maxsize,
    ) -> None:
        super().__init__(parent)
        self._fills = fills
        self._most_columns = columns
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap_px)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem | None) -> None:
        """Take a part, after the others."""
        if item is not None:
            self._items.append(item)

    def count(self) -> int:
        """Return how many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part; None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give a part away; None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes the width it is given, and no more height than it needs."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that a smaller width needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of its rows at a width, in pixels."""
        rows = math.ceil(len(self._shown()) / self._columns(width))
        return rows * self._row_px() + max(rows - 1, 0) * self.spacing()

    def sizeHint(self) -> QSize:
        """Return the size of one row in which every word fits."""
        parts = len(self._shown())
        width = parts * self._widest_px() + max(parts - 1, 0) * self.spacing()
        return QSize(width, self._row_px())

    def minimumSize(self) -> QSize:
        """Return the size of one part: the fewest columns are one."""
        return QSize(self._widest_px(), self._row_px())

    def setGeometry(self, rect: QRect) -> None:
        """Lay the parts out in a place; the rows share a height that is left over."""
        super().setGeometry(rect)
        shown = self._shown()
        if not shown:
            return
        columns = self._columns(rect.width())
        rows = math.ceil(len(shown) / columns)
        columns = math.ceil(len(shown) / rows)  # no part stands alone where two rows can share
        gap = self.spacing()
        width = (rect.width() - (columns - 1) * gap) / columns
        if not self._fills:
            width = min(width, self._widest_px())
        height = (rect.height() - (rows - 1) * gap) / rows
        for index, item in enumerate(shown):
            row, column = divmod(index, columns)
            left = round(rect.x() + column * (width + gap))
            right = round(rect.x() + column * (width + gap) + width)
            top = round(rect.y() + row * (height + gap))
            bottom = round(rect.y() + row * (height + gap) + height)
            place = QRect(left, top, right - left, bottom - top)
            item.setGeometry(QStyle.visualRect(self._direction(), rect, place))

    def _direction(self) -> Qt.LayoutDirection:
        """Return from where the parts are read."""
        widget = self.parentWidget()
        return Qt.LayoutDirection.LeftToRight if widget is None else widget.layoutDirection()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _widest_px(self) -> int:
        return max((item.sizeHint().width() for item in self._shown()), default=0)

    def _row_px(self) -> int:
        return max((item.minimumSize().height() for item in self._shown()), default=0)

    def _columns(self, width: int) -> int:
        """Return in how many columns every word fits; at least one."""
        each = self._widest_px() + self.spacing()
        fitting = (width + self.spacing()) // each if each > 0 else 1
        return max(1, min(fitting, self._most_columns, len(self._shown())))
