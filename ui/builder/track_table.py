"""The library's table: its columns, its rows under a finger, and what is selected in it."""

from collections.abc import Sequence
from itertools import islice

from PyQt6.QtCore import QItemSelectionModel, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QScroller, QTableView

from playlists.models import Track
from ui.builder.delegates import (
    EnergyDelegate,
    MarkDelegate,
    NumberDelegate,
    StripDelegate,
    TitleDelegate,
)
from ui.builder.track_model import Column, TrackModel
from ui.theme import TARGET_PX, Look
from ui.words import _

FEW = 200
"""So many of the selected tracks are asked when a button's state depends on them, and so many at
most stay selected when the rows change."""
ROW_PX = 58
SCROLL_BAR_PX = 16
TITLE_AT_LEAST_PX = 132
COLUMN_PX = {
    Column.SOUND: 96,
    Column.LENGTH: 76,
    Column.ENERGY: 76,
    Column.TEMPO: 62,
    Column.LOUDNESS: 74,
    Column.FIT: 100,
}
GIVING_WAY = (Column.LOUDNESS, Column.SOUND, Column.TEMPO, Column.LENGTH)
"""Columns that are left out where titles would be cut; a tooltip still tells them."""


class TrackTable(QTableView):
    """Shows a ``TrackModel``; ``followed`` says that another selection, or other rows, are shown.

    Parameters
    ----------
    model : TrackModel
        What it shows.
    """

    followed = pyqtSignal()

    def __init__(self, model: TrackModel) -> None:
        super().__init__()
        self._tracks = model
        self._kept: list[int] = []
        self.setModel(model)
        self._set_up()
        self._set_up_headings()
        selection = self.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(self.followed)
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._select_again)

    def selected(self) -> list[Track]:
        """Return the first of the selected tracks, in the table's order."""
        rows = (row for first, last in self._selected_rows() for row in range(first, last + 1))
        return [self._tracks.track(row) for row in islice(rows, FEW)]

    def selected_ids(self) -> list[int]:
        """Return the ids of all selected tracks, in the table's order."""
        spans = self._selected_rows()
        return [one for first, last in spans for one in self._tracks.ids(first, last)]

    def sizeHint(self) -> QSize:
        """Return a size in which the columns stand side by side."""
        return QSize(sum(COLUMN_PX.values()) + TITLE_AT_LEAST_PX, 400)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave out columns where titles would be cut."""
        super().resizeEvent(event)
        scale = self.font().pixelSize() / Look().px(18)
        widths = {column: round(px * scale) for column, px in COLUMN_PX.items()}
        left = self.width() - sum(widths.values()) - SCROLL_BAR_PX
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        for column in GIVING_WAY:
            hidden = left < TITLE_AT_LEAST_PX * scale
            self.setColumnHidden(column, hidden)
            left += widths[column] if hidden else 0
        down = self.verticalHeader()
        if down is not None:
            down.setDefaultSectionSize(round(ROW_PX * scale))

    def _set_up(self) -> None:
        self.setAccessibleName(_("Library"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegate(NumberDelegate(self))
        self.setItemDelegateForColumn(Column.TITLE, TitleDelegate(self))
        self.setItemDelegateForColumn(Column.SOUND, StripDelegate(self))
        self.setItemDelegateForColumn(Column.ENERGY, EnergyDelegate(self))
        self.setItemDelegateForColumn(Column.FIT, MarkDelegate(self))
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def _set_up_headings(self) -> None:
        down, across = self.verticalHeader(), self.horizontalHeader()
        if down is not None and across is not None:
            down.hide()
            across.setMinimumHeight(TARGET_PX)
            across.setHighlightSections(False)
            across.setMinimumSectionSize(60)
            across.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.TITLE, Qt.SortOrder.AscendingOrder)

    def _selected_rows(self) -> Sequence[tuple[int, int]]:
        """Return the first and last row of each stretch that is selected, in order."""
        selection = self.selectionModel()
        if selection is None:
            return []
        chosen = selection.selection()
        stretches = (chosen[number] for number in range(chosen.count()))
        return sorted({(stretch.top(), stretch.bottom()) for stretch in stretches})

    def _keep_selection(self) -> None:
        chosen = self.selected_ids()
        self._kept = chosen if len(chosen) <= FEW else []

    def _select_again(self) -> None:
        """Select what was selected before the rows changed, as far as it is still shown."""
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row in self._tracks.rows_of(self._kept):
            if selection is not None:
                selection.select(self._tracks.index(row, 0), flags.Select | flags.Rows)
        self.followed.emit()
