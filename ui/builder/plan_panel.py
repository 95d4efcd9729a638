"""The plan's side of the builder: what is asked for, the arc with its tracks, and the playlist."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.builder.delegates import PlaylistDelegate
from ui.builder.halves import slim
from ui.builder.place_bar import PlaceBar
from ui.builder.plan_view import Block, PlanView, blocks_of
from ui.builder.playlist_model import BLOCK_ROLE, PlaylistModel
from ui.builder.request_form import RequestForm
from ui.builder.wishes import Place
from ui.sentences import translated
from ui.theme import GAP_PX, PRIMARY_TARGET_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _, counted, decimal

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from playlists.compiler import Solution
    from playlists.solver.layout import Joins


class PlanPanel(QWidget):
    """Asks for a plan and shows what came of it.

    ``changed`` says that the request is another; ``chosen`` carries the chosen ``Block``, or None.
    """

    changed = pyqtSignal()
    chosen = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.form = RequestForm()
        self.view = PlanView()
        self.view.setMinimumHeight(110)
        self.model = PlaylistModel(self)
        self.playlist = QListView()
        self.place = PlaceBar()
        self.state = Label("", Role.MUTED, wraps=True)
        self.undo = Button("", icon_name="undo-2", name=_("Undo"))
        self.redo = Button("", icon_name="redo-2", name=_("Do again"))
        self.solve = Button(_("Find the music"), Kind.PRIMARY, icon_name="wand-sparkles")
        self.save = Button("", icon_name="save", name=_("Save the plan"))
        self.keep = Button("", icon_name="leaf", name=_("Save as preset"))
        self.refusal = Label("", Role.BODY, wraps=True)
        self.unlock = Button(_("Unlock all"), icon_name="lock-open")
        self._pages = QStackedWidget()
        self._summary = ""
        self._set_up_playlist()
        self._lay_out()
        self.form.changed.connect(self.forget)
        self.forget()
        self.show_steps(undo=False, redo=False)

    @property
    def needed_px(self) -> int:
        """The width in which no word is cut."""
        beside = self.solve.sizeHint().width() + 2 * (PRIMARY_TARGET_PX + GAP_PX)
        return max(beside, self.form.needed_px, self.place.minimumSizeHint().width())

    def show_working(self) -> None:
        """Show that the music is being looked for."""
        self.solve.setEnabled(False)
        self.save.setEnabled(False)
        self.state.setText(_("Looking for the music that fits…"))

    def show_solution(
        self,
        solution: "Solution",
        locks: Mapping[Place, str] | None = None,
        joins: "Joins | None" = None,
    ) -> None:
        """Show the plan that was found, or what the library lacks for one.

        Parameters
        ----------
        solution : Solution
            What was found.
        locks : Mapping[Place, str] | None
            Which tracks are locked where.
        joins : Joins | None
            Joins that are not the usual ones.
        """
        self.solve.setEnabled(True)
        if solution.plan is None:
            self.show_refusal([translated(each) for each in solution.proof.missing])
            return
        chosen = self.playlist.currentIndex().row()
        blocks = blocks_of(solution, locks, joins)
        self.view.show_blocks(blocks)
        self.model.show_blocks(blocks)
        self._pages.setCurrentWidget(self.playlist)
        self.save.setEnabled(True)
        error = solution.proof.mean_energy_error
        reserve_min = solution.proof.reserve_s / 60.0
        words = _("The plan holds: energy within {error} of the arc, {reserve} min spare.")
        quiet = _("The plan holds: no music is asked for.")
        if error is None:
            self._summary = quiet
        else:
            self._summary = words.format(error=decimal(error, 2), reserve=decimal(reserve_min))
        self.state.setText(self._summary)
        self._choose_block(QModelIndex())
        if 0 <= chosen < len(blocks):
            self.playlist.setCurrentIndex(self.model.index(chosen, 0))

    def show_refusal(self, sentences: list[str]) -> None:
        """Show why there is no plan, one sentence a paragraph."""
        self.solve.setEnabled(True)
        self._clear()
        self.state.setText(_("There is no plan yet, because:"))
        self.refusal.setText("\n\n".join(sentences))

    def show_locks(self, count: int) -> None:
        """Show how many tracks stay where they are when the music is looked for again."""
        self.unlock.setVisible(count > 0)
        self.unlock.say(
            counted("Unlock {count} track", "Unlock {count} tracks", count), "lock-open"
        )

    def show_steps(self, *, undo: bool, redo: bool) -> None:
        """Offer to undo what was changed, and to do it again."""
        is_worked_on = undo or redo or self.model.rowCount() > 0
        for button, is_due in ((self.undo, undo), (self.redo, redo)):
            button.setEnabled(is_due)
            button.setVisible(is_worked_on)
        self.place.setVisible(is_worked_on)

    def forget(self) -> None:
        """Show the arc that is asked for now; what was found was for another."""
        self.view.show_picture(self.form.picture())
        self._clear()
        self.state.setText(_("The line is the energy that the music should have."))
        self.changed.emit()

    def _set_up_playlist(self) -> None:
        playlist = self.playlist
        playlist.setModel(self.model)
        playlist.setItemDelegate(PlaylistDelegate(playlist))
        playlist.setAccessibleName(_("Playlist"))
        playlist.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        playlist.setUniformItemSizes(True)
        playlist.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(playlist.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        selection = playlist.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._choose_block)
        keys = (
            ("L", self.place.lock),
            ("S", self.place.swap),
            ("J", self.place.join),
            ("F", self.place.shape),
        )
        for key, button in keys:
            shortcut = QShortcut(QKeySequence(key), playlist)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)

    def _lay_out(self) -> None:
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.unlock.hide()
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.refusal)
        column.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        sentences = QScrollArea()
        sentences.setWidget(told)
        sentences.setWidgetResizable(True)
        sentences.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(sentences)
        self._pages.addWidget(self.playlist)
        self._pages.setMinimumHeight(64)
        actions = QHBoxLayout()
        actions.setSpacing(GAP_PX)
        actions.addWidget(self.solve, 1)
        for button in (self.save, self.keep):
            button.setToolTip(button.accessibleName())
            button.setMinimumWidth(PRIMARY_TARGET_PX)
            actions.addWidget(slim(button))
        said = QHBoxLayout()
        said.setSpacing(GAP_PX)
        said.addWidget(self.state, 1)
        for button, tip in (
            (self.undo, _("Undo (Ctrl+Z)")),
            (self.redo, _("Do again (Ctrl+Shift+Z)")),
        ):
            button.setToolTip(tip)
            said.addWidget(slim(button))
        everything = QVBoxLayout(self)
        everything.setContentsMargins(0, 0, 0, 0)
        everything.setSpacing(GAP_PX)
        for part in (self.form, self.place):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        everything.addWidget(self.form)
        everything.addWidget(self.view, 4)
        everything.addLayout(said)
        everything.addWidget(self._pages, 4)
        everything.addWidget(self.place)
        everything.addLayout(actions)

    def choose(self, block: Block) -> None:
        """Choose a place of the playlist."""
        self.playlist.setCurrentIndex(self.model.index(self.view.blocks.index(block), 0))

    def _clear(self) -> None:
        self.save.setEnabled(False)
        self.view.show_blocks(())
        self.model.show_blocks(())
        self.refusal.setText("")
        self._pages.setCurrentIndex(0)
        self.place.hide()

    def _choose_block(self, current: QModelIndex) -> None:
        """Speak for a place, and say in whole why its track stands there."""
        block: Block | None = current.data(BLOCK_ROLE) if current.isValid() else None
        self.view.choose(current.row())
        self.place.setVisible(self.model.rowCount() > 0)
        self.place.show_block(block)
        self.chosen.emit(block)
        if block is not None:
            self.state.setText(f"{block.title}: {block.why}")
        elif self._summary and self.model.rowCount():
            self.state.setText(self._summary)
