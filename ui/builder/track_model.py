"""The library as a table for Qt, searched and sorted, read a page at a time."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from playlists.library.query import BY_TITLE, Query, Sort, SortKey, parse
from playlists.models import Track
from soundscape.errors import InvalidQueryError
from ui.builder import measures
from ui.builder.verdict import verdict_of, verdict_text
from ui.sentences import translated
from ui.tasks import Task
from ui.theme import Color
from ui.words import _, decimal, later

if TYPE_CHECKING:  # to load it takes a second, which the first sight of the window would wait for
    from numpy.typing import NDArray

    from playlists.library.search import Search

PAGE_ROWS = 64
PAGES_KEPT = 32
CURVES_ROWS, CURVES_KEPT = 16, 512

TRACK_ROLE = int(Qt.ItemDataRole.UserRole)
MARK_ROLE = TRACK_ROLE + 1
"""An icon's name and its color, beside the text that says the same."""

CURVE_ROLE = TRACK_ROLE + 2
"""A track's loudness over its length; it is read when somebody looks."""

Mark = tuple[str, Color]


class Column(IntEnum):
    """The table's columns, in order."""

    TITLE = 0
    SOUND = 1
    LENGTH = 2
    ENERGY = 3
    TEMPO = 4
    LOUDNESS = 5
    FIT = 6


LEFT_COLUMNS = (Column.TITLE, Column.FIT)


@dataclass(frozen=True, slots=True)
class _Cell:
    """How a column shows a track, and what it sorts by."""

    heading: str
    text: Callable[[Track], str]
    key: SortKey


def clock_text(duration_s: float) -> str:
    """Return a length as minutes and seconds: ``4:05``."""
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes}:{seconds:02d}"


def _mark(track: Track) -> Mark:
    """Return the icon that stands beside the verdict."""
    verdict = verdict_of(track)
    return verdict.icon, verdict.color


def _tempo_text(track: Track) -> str:
    tempo_bpm = track.analysis.tempo_bpm
    return _("free") if tempo_bpm is None else f"{tempo_bpm:.0f}"


_CELLS = {
    Column.TITLE: _Cell(later("Title"), lambda t: t.title, SortKey.TITLE),
    Column.SOUND: _Cell(
        later("Sound"), lambda t: f"{t.analysis.loudness_range_lu:.0f} LU", SortKey.RANGE
    ),
    Column.LENGTH: _Cell(
        later("Length"), lambda t: clock_text(t.analysis.duration_s), SortKey.LENGTH
    ),
    Column.ENERGY: _Cell(later("Energy"), lambda t: decimal(t.energy, 2), SortKey.ENERGY),
    Column.TEMPO: _Cell(later("BPM"), _tempo_text, SortKey.TEMPO),
    Column.LOUDNESS: _Cell(
        later("LUFS"),
        lambda t: decimal(t.analysis.integrated_lufs, 1).replace("-", "\N{MINUS SIGN}"),
        SortKey.LOUDNESS,
    ),
    Column.FIT: _Cell(later("Fits"), verdict_text, SortKey.FIT),
}


_MEASURES = {
    Column.SOUND: measures.RANGE,
    Column.LENGTH: measures.LENGTH,
    Column.ENERGY: measures.ENERGY,
    Column.TEMPO: measures.TEMPO,
    Column.LOUDNESS: measures.LOUDNESS,
    Column.FIT: measures.FIT,
}


def _alignment(column: Column) -> Qt.AlignmentFlag:
    flags = Qt.AlignmentFlag
    across = flags.AlignLeft if column in LEFT_COLUMNS else flags.AlignHCenter
    return across | flags.AlignVCenter


def _spoken(column: Column, track: Track) -> str:
    if column is Column.TITLE and track.artist:
        return _("{title} by {artist}").format(title=track.title, artist=track.artist)
    if column is Column.SOUND:
        range_lu = track.analysis.loudness_range_lu
        return _("Loudness range: {range_lu:.0f} LU").format(range_lu=range_lu)
    return f"{_(_CELLS[column].heading)}: {_CELLS[column].text(track)}"


def _told(track: Track) -> str:
    """Return all columns in one text, for where some of them have no room, and where it sings."""
    spans = (f"{clock_text(a)}-{clock_text(b)}" for a, b, _peak in track.analysis.voice_spans)
    lines = [_spoken(column, track) for column in Column if column is not Column.SOUND]
    lines.append(_(verdict_of(track).reason))
    where = ", ".join(spans)
    if where:
        lines.append(_("A voice may be at {where}").format(where=where))
    return "\n".join(lines)


_READERS: dict[int, Callable[[Column, Track], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, track: _CELLS[column].text(track),
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.TextAlignmentRole: lambda column, _track: _alignment(column),
    TRACK_ROLE: lambda _column, track: track,
    MARK_ROLE: lambda column, track: _mark(track) if column is Column.FIT else None,
}


class TrackModel(QAbstractTableModel):
    """One row a track that a search of the library leaves, sorted by a column.

    It holds their ids, and of the tracks themselves only the pages that are looked at: a library
    of any size is shown at once.
    """

    refused = pyqtSignal(str)
    """Says after each search why it is not understood; empty where it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search: Search | None = None
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._pages: dict[int, list[Track]] = {}
        self._curves: dict[str, tuple[float, ...]] = {}
        self._reading: Task | None = None
        self._only: NDArray[np.int64] | None = None
        self._query = Query()
        self._sort = BY_TITLE

    def show_library(self, search: "Search | None") -> None:
        """Show what a library holds by now."""
        self._search = search
        self._arrange()

    @property
    def query(self) -> Query:
        """What is searched."""
        return self._query

    @property
    def picked(self) -> list[int]:
        """The ids of the tracks that were picked out by hand, to which all is held."""
        return [] if self._only is None else self._only.tolist()

    def show_only(self, ids: "NDArray[np.int64] | None") -> None:
        """Leave only tracks with these ids, of shape (tracks,); None takes that back."""
        self._only = ids
        self._arrange()

    def search(self, text: str) -> None:
        """Leave what fulfils a search; one that is not understood changes nothing."""
        try:
            query = parse(text)
        except InvalidQueryError as error:
            self.refused.emit(translated(str(error)))
            return
        self.refused.emit("")
        if query != self._query:
            self._query = query
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's value; tracks of equal value stand by title."""
        descending = order is Qt.SortOrder.DescendingOrder
        self._sort = Sort(_CELLS[Column(column)].key, descending=descending)
        self._arrange()

    @property
    def is_searched(self) -> bool:
        """Whether a search leaves tracks out."""
        return bool(self._query.terms) or self._only is not None

    def track(self, row: int) -> Track:
        """Return the track of a row, without its curves."""
        page, place = divmod(row, PAGE_ROWS)
        if page not in self._pages:
            assert self._search is not None, "there are rows only of a library"  # noqa: S101
            if len(self._pages) >= PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[page] = self._search.page(self._ids, page * PAGE_ROWS, PAGE_ROWS)
        return self._pages[page][place]

    def curve(self, row: int) -> tuple[float, ...]:
        """Return the loudness of a row's track over its length; empty until it was read.

        It is read behind the window with its neighbors', as a disk may take its time.
        """
        content = self.track(row).content_hash
        if content not in self._curves and self._reading is None and self._search is not None:
            first = row - row % CURVES_ROWS
            rows = range(first, min(first + CURVES_ROWS, len(self._ids)))
            search, wanted = self._search, [self.track(at).content_hash for at in rows]
            self._reading = Task(lambda _report: search.loudness(wanted))
            self._reading.succeeded.connect(self._take_curves)
            self._reading.failed.connect(lambda _sentence: self._take_curves({}))
            self._reading.start()
        return self._curves.get(content, ())

    @property
    def is_reading(self) -> bool:
        """Whether curves are read behind the window."""
        return self._reading is not None

    def _take_curves(self, curves: dict[str, tuple[float, ...]]) -> None:
        self._reading = None
        kept = {} if len(self._curves) >= CURVES_KEPT else self._curves
        self._curves = kept | curves
        if curves and len(self._ids):
            last = self.index(len(self._ids) - 1, Column.SOUND)
            self.dataChanged.emit(self.index(0, Column.SOUND), last, [CURVE_ROLE])

    def ids(self, first: int, last: int) -> list[int]:
        """Return the tracks' ids in the library, of some rows."""
        found: list[int] = self._ids[first : last + 1].tolist()
        return found

    def rows_of(self, ids: Collection[int]) -> list[int]:
        """Return the rows of the tracks with these ids that are shown."""
        if not ids:
            return []
        rows: list[int] = np.flatnonzero(np.isin(self._ids, list(ids))).tolist()
        return rows

    def _arrange(self) -> None:
        self.beginResetModel()
        self._pages = {}
        if self._search is not None:
            found = self._search.find(self._query, self._sort)
            self._ids = found if self._only is None else found[np.isin(found, self._only)]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many tracks there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what a cell shows, or says to a screen reader."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(self.track(index.row()))
        if role == CURVE_ROLE:
            return self.curve(index.row())
        reader = _READERS.get(role)
        return None if reader is None else reader(Column(index.column()), self.track(index.row()))

    def _told(self, track: Track) -> str:
        """Return all of a track in one text; its curves are read for this alone."""
        whole = self._search.track(track.content_hash) if self._search is not None else None
        return _told(whole or track)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a column's heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(_CELLS[Column(section)].heading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) in _MEASURES:
            return _(_MEASURES[Column(section)].means)
        return None
