"""An arc of the clinic's own: drawn by a finger, by keys or in a table, and kept under a name."""

from collections.abc import Mapping

from PyQt6.QtCore import QModelIndex, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from playlists.arcs import Arc
from playlists.presets import LONGEST_LINE
from playlists.routes import load_routes
from soundscape.units import Seconds
from ui.builder.arc_draft import ArcDraft, knots_of
from ui.builder.arc_edit import ArcEdit
from ui.builder.arc_handles import ArcHandles
from ui.builder.arc_table import ArcTable
from ui.builder.halves import slim
from ui.builder.plan_view import picture_of
from ui.theme import GAP_PX, TARGET_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _, phase_title

SHOWN_ON = "iv"
"""The route on which an arc is drawn; it is scaled to every other."""


class ArcPanel(QWidget):
    """Lets an arc be drawn; ``wished`` carries the ``ArcDraft``, ``left`` says that it is over."""

    wished = pyqtSignal(ArcDraft)
    left = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._route = load_routes()[SHOWN_ON]
        spans = picture_of(self._route.phases, Seconds(self._route.delivery_s)).phases
        titles = tuple(phase_title(phase.name) for phase in self._route.phases)
        self.edit = ArcEdit(self)
        self.handles = ArcHandles(self.edit, spans)
        self.model = ArcTable(self.edit, titles, self)
        self.table = QTableView()
        self.title, self.line = QLineEdit(), QLineEdit()
        self.add = Button("", icon_name="plus", name=_("Add a point after this one"))
        self.remove = Button("", icon_name="minus", name=_("Remove this point"))
        self.only = Button(_("For therapists only"), icon_name="lock")
        self.keep = Button(_("Save the arc"), Kind.PRIMARY, icon_name="save")
        self.cancel = Button(_("Back"), icon_name="arrow-left")
        self.refusal = Label("", Role.MUTED, wraps=True)
        self._arc: Arc | None = None
        self._shipped: frozenset[str] = frozenset()
        self.only.setCheckable(True)
        self._set_up_table()
        self._lay_out()
        self._wire()

    @property
    def needed_px(self) -> int:
        """The width in which no word is cut."""
        return self.only.sizeHint().width() + 2 * (TARGET_PX + GAP_PX)

    def begin(self, arc: Arc, shipped: Mapping[str, Arc]) -> None:
        """Draw on from an arc; the names of those that are shipped are taken."""
        self._arc, self._shipped = arc, frozenset(shipped)
        is_own = arc.name not in shipped
        self.title.setText(arc.title if is_own else "")
        self.line.setText(arc.line if is_own else "")
        self.only.setChecked(arc.therapist_only)
        self.refuse("")
        self.edit.begin(knots_of(self._route, arc))
        self._follow()

    def draft(self) -> ArcDraft:
        """Return the arc as it is drawn now."""
        assert self._arc is not None, "it is drawn from another"  # noqa: S101
        return ArcDraft(
            title=self.title.text(),
            line=self.line.text(),
            knots=self.edit.knots,
            phases=tuple(phase.name for phase in self._route.phases),
            therapist_only=self.only.isChecked(),
            base=self._arc,
            shipped=self._shipped,
        )

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be kept; empty where it can."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the rows of the table as high as a finger needs."""
        super().resizeEvent(event)
        down = self.table.verticalHeader()
        if down is not None:
            down.setDefaultSectionSize(max(TARGET_PX, round(self.font().pixelSize() * 2.2)))

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(_("Points of the arc"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setMinimumHeight(2 * TARGET_PX)
        down, across = table.verticalHeader(), table.horizontalHeader()
        if down is not None and across is not None:
            down.hide()
            across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            across.setHighlightSections(False)

    def _lay_out(self) -> None:
        self.title.setPlaceholderText(_("as Long Shore"))
        self.title.setMaxLength(LONGEST_LINE // 3)
        self.title.setAccessibleName(_("Name of the arc"))
        self.line.setPlaceholderText(_("one plain sentence about it"))
        self.line.setMaxLength(LONGEST_LINE)
        self.line.setAccessibleName(_("Its line"))
        points = QHBoxLayout()
        points.setSpacing(GAP_PX)
        for button in (self.add, self.remove):
            button.setToolTip(button.accessibleName())
            points.addWidget(slim(button))
        points.addWidget(self.only, 1)
        ends = QHBoxLayout()
        ends.setSpacing(GAP_PX)
        ends.addWidget(self.cancel)
        ends.addWidget(self.keep, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(Label(_("An arc of your own"), Role.TITLE))
        column.addWidget(self.handles, 3)
        column.addWidget(self.table, 2)
        column.addLayout(points)
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addWidget(self.refusal)
        column.addLayout(ends)

    def _wire(self) -> None:
        self.add.clicked.connect(self.edit.add)
        self.remove.clicked.connect(self.edit.remove)
        self.edit.chosen.connect(self._choose_row)
        self.edit.changed.connect(self._follow)
        self.title.textChanged.connect(self._follow)
        self.line.textChanged.connect(self._follow)
        self.keep.clicked.connect(lambda: self.wished.emit(self.draft()))
        self.cancel.clicked.connect(self.left)
        selection = self.table.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._choose)

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.edit.choose(current.row())

    def _choose_row(self, number: int) -> None:
        if self.table.currentIndex().row() != number:
            self.table.selectRow(number)
        self._follow()

    def _follow(self) -> None:
        self.keep.setEnabled(bool(self.title.text().strip() and self.line.text().strip()))
        self.remove.setEnabled(not self.edit.knot.is_boundary)
        self.add.setEnabled(self.edit.number + 1 < len(self.edit.knots))
