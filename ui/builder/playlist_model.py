"""The solved playlist as a list for Qt."""

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ui.builder.plan_view import Block, Fit
from ui.builder.track_model import clock_text
from ui.words import _, later

BLOCK_ROLE = int(Qt.ItemDataRole.UserRole)

_FIT_WORDS = {
    Fit.GOOD: later("fits"),
    Fit.NEAR: later("is near"),
    Fit.OFF: later("is far from the arc"),
}


class PlaylistModel(QAbstractListModel):
    """One row a track, in order of sounding."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blocks: Sequence[Block] = ()

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show other tracks."""
        self.beginResetModel()
        self._blocks = blocks
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many tracks there are."""
        return 0 if parent.isValid() else len(self._blocks)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a row's words, or its block for the painter."""
        block = self._blocks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{clock_text(block.start_s)}  {block.title}"
            case Qt.ItemDataRole.AccessibleTextRole:
                fit = _(_FIT_WORDS[block.fit])
                return (
                    f"{clock_text(block.start_s)}, {block.phase}: {block.title} {fit}. {block.why}"
                )
            case Qt.ItemDataRole.ToolTipRole:
                return block.why
            case _ if role == BLOCK_ROLE:
                return block
        return None
