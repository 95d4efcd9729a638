"""The arc's points as a table: the same model as the picture, for keys and screen readers."""

from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ui.builder.arc_draft import Knot
from ui.builder.arc_edit import ArcEdit
from ui.words import _, decimal

PHASE, SHARE, ENERGY = range(3)
COLUMNS = 3
EDITABLE = Qt.ItemFlag.ItemIsEditable


class ArcTable(QAbstractTableModel):
    """One row a point; its share of the phase and its energy can be typed.

    Parameters
    ----------
    edit : ArcEdit
        What is drawn.
    titles : tuple[str, ...]
        The phases' names.
    parent : QObject
        Keeps it.
    """

    def __init__(self, edit: ArcEdit, titles: tuple[str, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._edit, self._titles = edit, titles
        self._count = len(edit.knots)
        edit.changed.connect(self._follow)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many points there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what a cell shows, or the number to be changed."""
        knot = self._edit.knots[index.row()]
        phase = min(int(knot.place), len(self._titles) - 1)
        share = 100.0 * (knot.place - phase)
        if role == Qt.ItemDataRole.DisplayRole:
            return (self._titles[phase], f"{share:.0f}", decimal(knot.energy, 2))[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return (self._titles[phase], share, knot.energy)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != PHASE:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def setData(
        self,
        index: QModelIndex,
        value: Any,  # noqa: ANN401 - Qt's variant
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Move a point to what was typed, as far as its neighbors let it."""
        if role != Qt.ItemDataRole.EditRole or index.column() == PHASE:
            return False
        try:
            typed = float(str(value).replace(",", "."))
        except (TypeError, ValueError):
            return False
        self._edit.choose(index.row())
        knot = self._edit.knot
        if index.column() == ENERGY:
            self._edit.move(Knot(knot.place, typed))
        else:
            self._edit.move(Knot(int(knot.place) + typed / 100.0, knot.energy))
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return that numbers can be changed; a phase's boundary not in time."""
        usual = super().flags(index)
        fixed = self._edit.knots[index.row()].is_boundary and index.column() == SHARE
        return usual if fixed or index.column() == PHASE else usual | EDITABLE

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Phase"), _("Through it, %"), _("Energy"))[section]
        return None

    def _follow(self) -> None:
        if len(self._edit.knots) != self._count:
            self.beginResetModel()
            self._count = len(self._edit.knots)
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, COLUMNS - 1))
