"""The library's side of the builder: search, table, and what can be done with a track."""

from typing import TYPE_CHECKING

import numpy as np
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from playlists.library.query import Number
from playlists.models import Track
from ui.builder.chips import ChipRow
from ui.builder.halves import slim
from ui.builder.measures import MeasuresDialog
from ui.builder.player_strip import PlayerStrip
from ui.builder.search_line import SearchLine
from ui.builder.track_model import TrackModel
from ui.builder.track_table import TrackTable
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _, counted, decimal

if TYPE_CHECKING:  # to load it takes a second, which the first sight of the window would wait for
    from playlists.library.search import Search
    from ui.builder.map_view import MapView


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
    """Shows the library; its buttons speak for the tracks that are selected.

    ``filled`` says that there is other music than before, or none.
    """

    listen_asked = pyqtSignal(Track)
    stop_asked = pyqtSignal()
    map_asked = pyqtSignal()
    filled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.model = TrackModel(self)
        self.count = Label("", Role.MUTED)
        self.search = SearchLine()
        self.chips = ChipRow()
        self.table = TrackTable(self.model)
        self.empty = EmptyLibrary()
        self.add_folder = slim(Button("", icon_name="folder-plus", name=_("Add a folder")))
        self.rate = Button(_("Your word…"), icon_name="ear")
        self.approve = Button(_("Nobody sings"), icon_name="check")
        self.avoid = Button(_("Avoid"), icon_name="ban")
        self.listen = Button(_("Listen"), icon_name="play")
        self.undo = Button("", Kind.PLAIN, icon_name="undo-2", name=_("Undo"))
        self.redo = Button("", Kind.PLAIN, icon_name="redo-2", name=_("Do again"))
        self.map = Button("", Kind.PLAIN, icon_name="chart-scatter", name=_("Map"))
        self.explain = Button(
            "", Kind.PLAIN, icon_name="circle-question-mark", name=_("What is measured")
        )
        self.player = PlayerStrip()
        self.notice = Label("", Role.MUTED, wraps=True)
        self.refusal = Label("", Role.MUTED, wraps=True)
        self.bar = QProgressBar()
        self.cancel = Button(_("Cancel"), icon_name="x")
        self._buttons = (self.listen, self.rate, self.approve, self.avoid)
        self._actions = QGridLayout()
        self._pages = QStackedWidget()
        self._playing: Track | None = None
        self._search: Search | None = None
        self._map: MapView | None = None
        self._total, self._hours = 0, 0.0
        self._set_up_search()
        self.table.followed.connect(self._follow)
        self.map.setCheckable(True)
        self.map.clicked.connect(self._turn)
        self._lay_out()
        self.listen.clicked.connect(self._listen)
        self.explain.clicked.connect(lambda: MeasuresDialog(self).exec())
        self.show_library(None)

    def selected(self) -> list[Track]:
        """Return the first of the selected tracks, in the table's order."""
        return self.table.selected()

    def selected_ids(self) -> list[int]:
        """Return the ids of all selected tracks, in the table's order."""
        return self.table.selected_ids()

    @property
    def catalog(self) -> "Search | None":
        """What is shown; None before the library was read."""
        return self._search

    @property
    def needed_px(self) -> int:
        """The width in which no word is cut."""
        metrics = self.listen.fontMetrics()
        longest = max(map(metrics.horizontalAdvance, (_("Stop listening"), _("Allow again"))))
        shown = max(metrics.horizontalAdvance(one.text()) for one in self._buttons)
        beside = self.avoid.sizeHint().width() - metrics.horizontalAdvance(self.avoid.text())
        return 2 * (max(longest, shown) + beside) + GAP_PX

    @property
    def is_empty(self) -> bool:
        """Whether there is no music at all."""
        return self._total == 0

    def show_library(self, search: "Search | None") -> None:
        """Show what a library holds by now, and keep selected what was."""
        self._total = 0 if search is None else len(search)
        self._hours = 0.0 if search is None else search.hours()
        self._search = search
        self.model.show_library(search)
        has_music = self._total > 0
        self._turn()
        for widget in (self.search, self.chips, self.add_folder, *self._buttons):
            widget.setVisible(has_music)
        self.map.setVisible(has_music)
        self.filled.emit()

    def show_map(self, made: "MapView") -> None:
        """Take the map, which is made when it is first asked for."""
        self._map = made
        made.lassoed.connect(self._pick)
        self._pages.addWidget(made)
        self._turn()

    def pick(self, ids: list[int] | None) -> None:
        """Leave only some tracks in the table, by their ids; None is all."""
        self.model.show_only(None if ids is None else np.array(ids, np.int64))
        self.chips.show_picked(None if ids is None else len(ids))

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
        """Lay the buttons in one row where they have room, else in two."""
        super().resizeEvent(event)
        columns = len(self._buttons) if self.width() >= 2 * self.needed_px + GAP_PX else 2
        for number, button in enumerate(self._buttons):
            self._actions.addWidget(button, number // columns, number % columns)

    def _say(self, words: str) -> None:
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def _set_up_search(self) -> None:
        self.search.textChanged.connect(self.model.search)
        self.search.textChanged.connect(self.chips.show_text)
        self.chips.asked.connect(self.search.setText)
        self.chips.unpicked.connect(lambda: self.pick(None))
        self.model.refused.connect(self._refuse)

    def _lay_out(self) -> None:
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self.bar.setVisible(False)
        self.cancel.setVisible(False)
        self.refusal.setVisible(False)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self._actions.setSpacing(GAP_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        heading = QHBoxLayout()
        heading.setSpacing(GAP_PX)
        heading.addWidget(Label(_("Library"), Role.TITLE))
        heading.addStretch(1)
        heading.addWidget(self.count)
        self.add_folder.setToolTip(_("Add a folder"))
        heading.addWidget(self.add_folder)
        column.addLayout(heading)
        finding = QHBoxLayout()
        finding.addStretch()  # where there is nothing to search
        finding.addWidget(self.search, 1)
        finding.setSpacing(4)
        steps = (
            (self.map, _("Map of tempo and energy")),
            (self.undo, _("Undo (Ctrl+Z)")),
            (self.redo, _("Do again (Ctrl+Shift+Z)")),
            (self.explain, _("What is measured")),
        )
        for button, words in steps:
            button.setToolTip(words)
            finding.addWidget(button)
        column.addLayout(finding)
        column.addWidget(self.refusal)
        column.addWidget(self.chips)
        column.addWidget(self._pages, 1)
        column.addWidget(self.player)
        column.addWidget(self.notice)
        job = QHBoxLayout()
        job.setSpacing(GAP_PX)
        job.addWidget(self.bar, 1)
        job.addWidget(self.cancel)
        column.addLayout(job)
        column.addLayout(self._actions)

    def _turn(self) -> None:
        """Show map or table, as far as there is music."""
        wants_map = self.map.isChecked()
        if wants_map and self._map is None:
            self.map_asked.emit()
        page: QWidget = self._map if wants_map and self._map is not None else self.table
        self._pages.setCurrentWidget(page if self._total else self.empty)
        self._draw_map()

    def _pick(self, ids: list[int]) -> None:
        """List what a lasso holds."""
        self.map.setChecked(False)
        self.pick(ids)
        self._turn()

    def _draw_map(self) -> None:
        if self._map is not None and self._search is not None and self.map.isChecked():
            wanted = (Number.TEMPO, Number.ENERGY)
            self._map.show_tracks(*self._search.numbers(self.model.query, *wanted))

    def _follow(self) -> None:
        self._follow_selection()
        self._show_count()

    def _show_count(self) -> None:
        """Say how many tracks there are, and of how many the search leaves these."""
        words = counted("{count} track", "{count} tracks", self._total)
        whole = _("{tracks}, {hours} h").format(tracks=words, hours=decimal(self._hours, 1))
        if self.model.is_searched:
            whole = _("{found} of {tracks}").format(found=self.model.rowCount(), tracks=words)
        self.count.setText(whole if self._total else "")
        self._draw_map()

    def _refuse(self, sentence: str) -> None:
        """Say why a search is not understood, where a finger still types."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _follow_selection(self) -> None:
        chosen = self.selected()
        self.approve.setEnabled(any(track.rating.instrumental is not True for track in chosen))
        self.avoid.setEnabled(bool(chosen))
        self.rate.setEnabled(bool(chosen))
        allowed_again = bool(chosen) and all(track.rating.avoid for track in chosen)
        self.avoid.say(_("Allow again") if allowed_again else _("Avoid"), "ban")
        one_is_here = len(chosen) == 1 and chosen[0].present
        self.listen.setEnabled(one_is_here or self._playing is not None)

    def _listen(self) -> None:
        if self._playing is not None:
            self.stop_asked.emit()
        elif chosen := self.selected():
            self.listen_asked.emit(chosen[0])
