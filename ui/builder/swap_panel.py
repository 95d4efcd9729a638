"""What else could stand in a place of the plan: a list at its side, the best first."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from playlists.models import Track
from ui.builder.delegates import SwapDelegate
from ui.builder.plan_view import Block
from ui.builder.track_model import clock_text
from ui.sentences import translated
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from collections.abc import Sequence

    from playlists.solver.alternatives import Alternative
    from ui.builder.wishes import Place

SWAP_ROLE = int(Qt.ItemDataRole.UserRole)


class SwapModel(QAbstractListModel):
    """One row an alternative."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: Sequence[Alternative] = ()

    def show_found(self, found: "Sequence[Alternative]") -> None:
        """Show other alternatives."""
        self.beginResetModel()
        self._found = [replace(one, why=translated(one.why)) for one in found]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a row's words, or all of it for the painter."""
        one = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.track.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{one.track.title}. {one.why}"
            case Qt.ItemDataRole.ToolTipRole:
                return one.why
            case _ if role == SWAP_ROLE:
                return one
        return None


class SwapPanel(QWidget):
    """Shows the alternatives for a place; ``taken`` carries the place and the content."""

    taken = pyqtSignal(object, str)
    listen_asked = pyqtSignal(Track)
    left = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._place: Place = (0, 0)
        self.model = SwapModel(self)
        self.list = QListView()
        self.heading = Label("", Role.TITLE, wraps=True)
        self.state = Label("", Role.MUTED, wraps=True)
        self.listen = Button(_("Listen"), icon_name="play")
        self.take = Button(_("Take it"), Kind.PRIMARY, icon_name="check")
        self.back = Button(_("Back"), icon_name="arrow-left")
        self._set_up()
        self._lay_out()

    def show_looking(self, block: Block) -> None:
        """Show for which place something else is looked for."""
        self._place = block.place
        words = _("In place of {title}, {phase} at {time}")
        self.heading.setText(
            words.format(title=block.title, phase=block.phase, time=clock_text(block.start_s))
        )
        self.state.setText(_("Looking for what else could stand there…"))
        self.model.show_found(())
        self._follow()

    def show_found(self, found: "Sequence[Alternative]", *, has_own: bool = False) -> None:
        """Show what could stand there; first of all what was chosen in the library, if it was."""
        self.model.show_found(found)
        best = _("The best comes first; all other tracks stay where they are.")
        own = _("Your choice in the library comes first, then the best; all others stay.")
        none = _("Nothing else can stand there while all other tracks stay.")
        self.state.setText((own if has_own else best) if found else none)
        if found:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._follow()

    def say(self, sentence: str) -> None:
        """Show a sentence above the list."""
        self.state.setText(sentence)

    def chosen(self) -> "Alternative | None":
        """Return the one that is chosen."""
        index = self.list.currentIndex()
        return index.data(SWAP_ROLE) if index.isValid() else None

    def _set_up(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(SwapDelegate(self.list))
        self.list.setAccessibleName(_("What else could stand there"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMinimumHeight(160)
        QScroller.grabGesture(self.list.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        selection = self.list.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._follow)
        self.list.activated.connect(self._take)
        self.take.clicked.connect(self._take)
        self.back.clicked.connect(self.left)
        self.listen.clicked.connect(self._listen)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_PX)
        buttons.addWidget(self.back)
        buttons.addWidget(self.listen)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.heading)
        column.addWidget(self.state)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        column.addWidget(self.take)

    def _follow(self) -> None:
        has_one = self.chosen() is not None
        self.take.setEnabled(has_one)
        self.listen.setEnabled(has_one)

    def _take(self) -> None:
        one = self.chosen()
        if one is not None:
            self.taken.emit(self._place, one.track.content_hash)

    def _listen(self) -> None:
        one = self.chosen()
        if one is not None:
            self.listen_asked.emit(one.track)
