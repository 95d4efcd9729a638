"""The library's side of the builder: search, table, and what can be done with a track."""

from itertools import islice
from typing import TYPE_CHECKING

from PyQt6.QtCore import QItemSelectionModel, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QScroller,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from playlists.models import Track
from ui.builder.delegates import EnergyDelegate, MarkDelegate, NumberDelegate, TitleDelegate
from ui.builder.measures import MeasuresDialog
from ui.builder.track_model import Column, TrackModel
from ui.theme import GAP_PX, TARGET_PX, Look, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _, counted

if TYPE_CHECKING:  # to load it takes a second, which the first sight of the window would wait for
    from playlists.library.search import Search

FEW = 200
"""So many of the selected tracks are asked when a button's state depends on them, and so many at
most stay selected when the rows change."""
ROW_PX = 58
SCROLL_BAR_PX = 16
TITLE_AT_LEAST_PX = 132
COLUMN_PX = {
    Column.LENGTH: 76,
    Column.ENERGY: 76,
    Column.TEMPO: 62,
    Column.LOUDNESS: 74,
    Column.VOICE: 100,
}
GIVING_WAY = (Column.LOUDNESS, Column.TEMPO, Column.LENGTH)
"""Columns that are left out where titles would be cut; a tooltip still tells them."""


class EmptyLibrary(QWidget):
    """What stands in place of the table while there is no music at all."""

    def __init__(self) -> None:
        super().__init__()
        self.make_starter = Button(
            _("Make the starter sounds"), Kind.PRIMARY, icon_name="sparkles"
        )
        self.add_folder = Button(_("Add a folder"), icon_name="folder-plus")
        words = Label(
            _("There is no music yet. Make the calm starter sounds, or add a folder of your own."),
            Role.MUTED,
            wraps=True,
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(GAP_PX)
        column.addStretch(1)
        column.addWidget(words)
        column.addSpacing(GAP_PX)
        for button in (self.make_starter, self.add_folder):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)


class LibraryPanel(QWidget):
    """Shows the library; its buttons speak for the tracks that are selected."""

    listen_asked = pyqtSignal(Track)
    stop_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.model = TrackModel(self)
        self.count = Label("", Role.MUTED)
        self.search = QLineEdit()
        self.table = QTableView()
        self.empty = EmptyLibrary()
        self.add_folder = Button(_("Add a folder"), icon_name="folder-plus")
        self.approve = Button(_("Nobody sings"), icon_name="check")
        self.avoid = Button(_("Avoid"), icon_name="ban")
        self.listen = Button(_("Listen"), icon_name="play")
        self.undo = Button("", Kind.PLAIN, icon_name="undo-2", name=_("Undo"))
        self.redo = Button("", Kind.PLAIN, icon_name="redo-2", name=_("Do again"))
        self.explain = Button(_("What is measured"), Kind.QUIET)
        self.notice = Label("", Role.MUTED, wraps=True)
        self.refusal = Label("", Role.MUTED, wraps=True)
        self.bar = QProgressBar()
        self.cancel = Button(_("Cancel"), icon_name="x")
        self._pages = QStackedWidget()
        self._playing: Track | None = None
        self._kept: list[int] = []
        self._total, self._hours = 0, 0.0
        self._set_up_search()
        self._set_up_table()
        self._lay_out()
        self.listen.clicked.connect(self._listen)
        self.explain.clicked.connect(lambda: MeasuresDialog(self).exec())
        self.show_library(None)

    def selected(self) -> list[Track]:
        """Return the first of the selected tracks, in the table's order."""
        rows = (row for first, last in self._selected_rows() for row in range(first, last + 1))
        return [self.model.track(row) for row in islice(rows, FEW)]

    def selected_ids(self) -> list[int]:
        """Return the ids of all selected tracks, in the table's order."""
        spans = self._selected_rows()
        return [one for first, last in spans for one in self.model.ids(first, last)]

    @property
    def is_empty(self) -> bool:
        """Whether there is no music at all."""
        return self._total == 0

    def show_library(self, search: "Search | None") -> None:
        """Show what a library holds by now, and keep selected what was."""
        self._total = 0 if search is None else len(search)
        self._hours = 0.0 if search is None else search.hours()
        self.model.show_library(search)
        has_music = self._total > 0
        self._pages.setCurrentWidget(self.table if has_music else self.empty)
        for widget in (self.search, self.add_folder, self.approve, self.avoid, self.listen):
            widget.setVisible(has_music)

    def show_playing(self, track: Track | None) -> None:
        """Show that a track is heard, or that none is."""
        self._playing = track
        if track is None:
            self.listen.say(_("Listen"), "play")
        else:
            self.listen.say(_("Stop listening"), "pause")
        self._follow_selection()

    def show_job(
        self, words: str, share: float | None = None, *, can_cancel: bool = False
    ) -> None:
        """Show that something goes on behind: how much is done (0-1), or that it is not known."""
        self._say(words)
        self.bar.setVisible(True)
        self.cancel.setVisible(can_cancel)
        self.cancel.setEnabled(True)
        self.bar.setRange(0, 0 if share is None else 1000)
        self.bar.setValue(0 if share is None else round(share * 1000))
        for button in (self.add_folder, self.empty.add_folder, self.empty.make_starter):
            button.setEnabled(False)

    def show_notice(self, words: str) -> None:
        """Show that nothing goes on any more, and a sentence on how it ended."""
        self._say(words)
        self.bar.setVisible(False)
        self.cancel.setVisible(False)
        for button in (self.add_folder, self.empty.add_folder, self.empty.make_starter):
            button.setEnabled(True)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave out columns where titles would be cut."""
        super().resizeEvent(event)
        scale = self.font().pixelSize() / Look().px(18)
        widths = {column: round(px * scale) for column, px in COLUMN_PX.items()}
        left = self.width() - sum(widths.values()) - SCROLL_BAR_PX
        for column, width in widths.items():
            self.table.setColumnWidth(column, width)
        for column in GIVING_WAY:
            hidden = left < TITLE_AT_LEAST_PX * scale
            self.table.setColumnHidden(column, hidden)
            left += widths[column] if hidden else 0
        down = self.table.verticalHeader()
        if down is not None:
            down.setDefaultSectionSize(round(ROW_PX * scale))

    def _say(self, words: str) -> None:
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def _set_up_search(self) -> None:
        self.search.setPlaceholderText(_("Search words, or as energy<0.4 bpm:60..80 tag:harp"))
        self.search.setAccessibleName(_("Search the library"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.model.search)
        self.model.refused.connect(self._refuse)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(_("Library"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setItemDelegate(NumberDelegate(table))
        table.setItemDelegateForColumn(Column.TITLE, TitleDelegate(table))
        table.setItemDelegateForColumn(Column.ENERGY, EnergyDelegate(table))
        table.setItemDelegateForColumn(Column.VOICE, MarkDelegate(table))
        QScroller.grabGesture(table.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        down, across = table.verticalHeader(), table.horizontalHeader()
        if down is not None and across is not None:
            down.hide()
            across.setMinimumHeight(TARGET_PX)
            across.setHighlightSections(False)
            across.setMinimumSectionSize(60)
            across.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        table.setSortingEnabled(True)
        table.sortByColumn(Column.TITLE, Qt.SortOrder.AscendingOrder)
        selection = table.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(self._follow_selection)
        self.model.modelAboutToBeReset.connect(self._keep_selection)
        self.model.modelReset.connect(self._select_again)

    def _lay_out(self) -> None:
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self.bar.setVisible(False)
        self.cancel.setVisible(False)
        self.refusal.setVisible(False)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        buttons = QGridLayout()
        buttons.setSpacing(GAP_PX)
        four = (self.listen, self.approve, self.avoid, self.add_folder)
        for number, button in enumerate(four):
            buttons.addWidget(button, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        heading = QHBoxLayout()
        heading.addWidget(Label(_("Library"), Role.TITLE))
        heading.addStretch(1)
        heading.addWidget(self.count)
        heading.addWidget(self.explain)
        column.addLayout(heading)
        finding = QHBoxLayout()
        finding.addWidget(self.search, 1)
        steps = ((self.undo, _("Undo (Ctrl+Z)")), (self.redo, _("Do again (Ctrl+Shift+Z)")))
        for button, words in steps:
            button.setToolTip(words)
            finding.addWidget(button)
        column.addLayout(finding)
        column.addWidget(self.refusal)
        column.addWidget(self._pages, 1)
        column.addWidget(self.notice)
        job = QHBoxLayout()
        job.setSpacing(GAP_PX)
        job.addWidget(self.bar, 1)
        job.addWidget(self.cancel)
        column.addLayout(job)
        column.addLayout(buttons)

    def sizeHint(self) -> QSize:
        """Return a size in which the table's columns stand side by side."""
        return QSize(sum(COLUMN_PX.values()) + 200, 700)

    def _selected_rows(self) -> list[tuple[int, int]]:
        """Return the first and last row of each stretch that is selected, in order."""
        selection = self.table.selectionModel()
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
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row in self.model.rows_of(self._kept):
            if selection is not None:
                selection.select(self.model.index(row, 0), flags.Select | flags.Rows)
        self._follow_selection()
        self._show_count()

    def _show_count(self) -> None:
        """Say how many tracks there are, and of how many the search leaves these."""
        words = counted("{count} track", "{count} tracks", self._total)
        whole = _("{tracks}, {hours:.1f} h").format(tracks=words, hours=self._hours)
        if self.model.is_searched:
            whole = _("{found} of {tracks}").format(found=self.model.rowCount(), tracks=words)
        self.count.setText(whole if self._total else "")

    def _refuse(self, sentence: str) -> None:
        """Say why a search is not understood, where a finger still types."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _follow_selection(self) -> None:
        chosen = self.selected()
        self.approve.setEnabled(any(track.rating.instrumental is not True for track in chosen))
        self.avoid.setEnabled(bool(chosen))
        allowed_again = bool(chosen) and all(track.rating.avoid for track in chosen)
        self.avoid.say(_("Allow again") if allowed_again else _("Avoid"), "ban")
        one_is_here = len(chosen) == 1 and chosen[0].present
        self.listen.setEnabled(one_is_here or self._playing is not None)

    def _listen(self) -> None:
        if self._playing is not None:
            self.stop_asked.emit()
        elif chosen := self.selected():
            self.listen_asked.emit(chosen[0])
