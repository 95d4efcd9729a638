"""The library as a table for Qt, searched and sorted."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from playlists.models import Track, Voice
from ui.builder import measures
from ui.theme import Color
from ui.words import _

TRACK_ROLE = int(Qt.ItemDataRole.UserRole)
MARK_ROLE = TRACK_ROLE + 1
"""An icon's name and its color, beside the text that says the same."""

NO_VALUE = -1.0
"""Sorts a number that does not exist before all that do."""

Mark = tuple[str, Color]


class Column(IntEnum):
    """The table's columns, in order."""

    TITLE = 0
    LENGTH = 1
    ENERGY = 2
    TEMPO = 3
    LOUDNESS = 4
    VOICE = 5


LEFT_COLUMNS = (Column.TITLE, Column.VOICE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """How a column shows and sorts a track."""

    heading: str
    text: Callable[[Track], str]
    rank: Callable[[Track], str | float]


def clock_text(duration_s: float) -> str:
    """Return a length as minutes and seconds: ``4:05``."""
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes}:{seconds:02d}"


def voice_text(track: Track) -> str:
    """Return in words whether somebody sings, or that the track is not to be used."""
    if track.rating.avoid:
        return _("Avoided")
    if not track.present:
        return _("Missing")
    return {
        Voice.INSTRUMENTAL: _("None"),
        Voice.CHECK_BY_EAR: _("Check"),
        Voice.VOICE: _("Sings"),
    }[track.voice]


def voice_mark(track: Track) -> Mark:
    """Return the icon that stands beside ``voice_text``; each says its own by shape."""
    if track.rating.avoid:
        return "ban", Color.MUTED
    if not track.present:
        return "unlink", Color.MUTED
    return {
        Voice.INSTRUMENTAL: ("check", Color.SAGE),
        Voice.CHECK_BY_EAR: ("ear", Color.AMBER),
        Voice.VOICE: ("x", Color.STOP_TEXT),
    }[track.voice]


def _tempo_text(track: Track) -> str:
    tempo_bpm = track.analysis.tempo_bpm
    return _("free") if tempo_bpm is None else f"{tempo_bpm:.0f}"


_CELLS = {
    Column.TITLE: _Cell(_("Title"), lambda t: t.title, lambda t: t.title.casefold()),
    Column.LENGTH: _Cell(
        _("Length"),
        lambda t: clock_text(t.analysis.duration_s),
        lambda t: t.analysis.duration_s,
    ),
    Column.ENERGY: _Cell(_("Energy"), lambda t: f"{t.energy:.2f}", lambda t: t.energy),
    Column.TEMPO: _Cell(
        _("BPM"),
        _tempo_text,
        lambda t: NO_VALUE if t.analysis.tempo_bpm is None else t.analysis.tempo_bpm,
    ),
    Column.LOUDNESS: _Cell(
        _("LUFS"),
        lambda t: f"{t.analysis.integrated_lufs:.1f}".replace("-", "\N{MINUS SIGN}"),
        lambda t: t.analysis.integrated_lufs,
    ),
    Column.VOICE: _Cell(_("Voice"), voice_text, voice_text),
}


_MEASURES = {
    Column.LENGTH: measures.LENGTH,
    Column.ENERGY: measures.ENERGY,
    Column.TEMPO: measures.TEMPO,
    Column.LOUDNESS: measures.LOUDNESS,
    Column.VOICE: measures.VOICE,
}


def _alignment(column: Column) -> Qt.AlignmentFlag:
    flags = Qt.AlignmentFlag
    across = flags.AlignLeft if column in LEFT_COLUMNS else flags.AlignHCenter
    return across | flags.AlignVCenter


def _spoken(column: Column, track: Track) -> str:
    if column is Column.TITLE and track.artist:
        return _("{title} by {artist}").format(title=track.title, artist=track.artist)
    return f"{_CELLS[column].heading}: {_CELLS[column].text(track)}"


def _searched_text(track: Track) -> str:
    parts = (track.title, track.artist, track.album, *track.rating.tags, voice_text(track))
    return "\n".join(parts).casefold()


def _told(track: Track) -> str:
    """Return all columns in one text, for where some of them have no room, and where it sings."""
    spans = (f"{clock_text(a)}-{clock_text(b)}" for a, b, _peak in track.analysis.voice_spans)
    lines = [_spoken(column, track) for column in Column]
    where = ", ".join(spans)
    if where:
        lines.append(_("A voice may be at {where}").format(where=where))
    return "\n".join(lines)


_READERS: dict[int, Callable[[Column, Track], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, track: _CELLS[column].text(track),
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.ToolTipRole: lambda _column, track: _told(track),
    Qt.ItemDataRole.TextAlignmentRole: lambda column, _track: _alignment(column),
    TRACK_ROLE: lambda _column, track: track,
    MARK_ROLE: lambda column, track: voice_mark(track) if column is Column.VOICE else None,
}


class TrackModel(QAbstractTableModel):
    """One row a track that the search leaves, sorted by a column.

    Searching and sorting are done here and not in a proxy, which would ask for every cell
    through Qt: 100,000 tracks are then a matter of seconds.

    A word of the search may stand in title, artist, album, a tag or the voice's verdict.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tracks: Sequence[Track] = ()
        self._texts: list[str] = []
        self._rows: list[int] = []
        self._words: list[str] = []
        self._sorting = (Column.TITLE, Qt.SortOrder.AscendingOrder)

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Show other tracks."""
        self.beginResetModel()
        self._tracks = tracks
        self._texts = [_searched_text(track) for track in tracks]
        self._arrange()
        self.endResetModel()

    def search(self, text: str) -> None:
        """Leave what holds every word of a text; all where there is none."""
        self.beginResetModel()
        self._words = text.casefold().split()
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's value; tracks of equal value keep the library's order."""
        self.beginResetModel()
        self._sorting = (Column(column), order)
        self._arrange()
        self.endResetModel()

    def rows_of(self, content_hashes: Collection[str]) -> list[int]:
        """Return the rows of the tracks with these hashes that are shown."""
        if not content_hashes:
            return []
        shown = enumerate(self._tracks[number] for number in self._rows)
        return [row for row, track in shown if track.content_hash in content_hashes]

    def _arrange(self) -> None:
        column, order = self._sorting
        rank = _CELLS[column].rank
        ranks = [rank(track) for track in self._tracks]
        self._rows = [
            number
            for number, text in enumerate(self._texts)
            if all(word in text for word in self._words)
        ]
        descending = order is Qt.SortOrder.DescendingOrder
        self._rows.sort(key=ranks.__getitem__, reverse=descending)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many tracks there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what a cell shows, sorts by, or says to a screen reader."""
        reader = _READERS.get(role)
        column, track = Column(index.column()), self._tracks[self._rows[index.row()]]
        return None if reader is None else reader(column, track)

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
            return _CELLS[Column(section)].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) in _MEASURES:
            return _MEASURES[Column(section)].means
        return None
