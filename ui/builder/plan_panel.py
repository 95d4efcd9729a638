"""The plan's side of the builder: what is asked for, the arc with its tracks, and the playlist."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListView,
    QScrollArea,
    QScroller,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from playlists.arcs import DEFAULT_ARC, load_arcs, scaled
from playlists.presets import Preset, load_presets
from playlists.routes import Route, load_routes, with_delivery
from soundscape.units import Seconds
from ui.builder.delegates import PlaylistDelegate
from ui.builder.plan_view import PlanView, blocks_of, picture_of
from ui.builder.playlist_model import PlaylistModel
from ui.builder.wishes import Wish
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper
from ui.words import _

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from playlists.compiler import Solution

LONGEST_MIN = 24 * 60
STEP_MIN = 5


class PlanPanel(QWidget):
    """Asks for a plan and shows what came of it; ``changed`` says that the request is another."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._routes = load_routes()
        self._arcs = load_arcs()
        self._presets = load_presets()
        self.route = ChoiceBox(_("Route"))
        self.arc = ChoiceBox(_("Arc"))
        self.preset = ChoiceBox(_("Preset"))
        self.delivery = Stepper(
            _("Delivery"),
            range(STEP_MIN, LONGEST_MIN + 1, STEP_MIN),
            lambda minutes: _("{count} min").format(count=minutes),
        )
        self.view = PlanView()
        self.view.setMinimumHeight(220)
        self.model = PlaylistModel(self)
        self.playlist = QListView()
        self.state = Label("", Role.MUTED, wraps=True)
        self.solve = Button(_("Find the music"), Kind.PRIMARY, icon_name="wand-sparkles")
        self.save = Button(_("Save plan…"), icon_name="save")
        self.keep = Button(_("Save as preset…"), icon_name="leaf")
        self.refusal = Label("", Role.BODY, wraps=True)
        self._pages = QStackedWidget()
        self._fill()
        self._set_up_playlist()
        self._lay_out()
        self._wire()
        self._follow_route()

    def request(self) -> Wish:
        """Return what is asked for."""
        return Wish(
            route=self._route().name,
            delivery_s=self._delivery_s(),
            arc=self.arc.currentData(),
            preset=self.preset.currentData(),
        )

    def show_presets(self, presets: Mapping[str, Preset]) -> None:
        """Offer other presets, and keep chosen what was."""
        chosen = self.preset.currentData()
        self._presets = dict(presets)
        with QSignalBlocker(self.preset):
            self.preset.clear()
            self.preset.addItem(_("No preset"), "")
            for preset in presets.values():
                self.preset.addItem(_(preset.title), preset.name)
            self.preset.setCurrentIndex(max(self.preset.findData(chosen), 0))
        if self.preset.currentData() != chosen and chosen is not None:
            self._forget()

    def show_working(self) -> None:
        """Show that the music is being looked for."""
        self.solve.setEnabled(False)
        self.save.setEnabled(False)
        self.state.setText(_("Looking for the music that fits…"))

    def show_solution(self, solution: "Solution") -> None:
        """Show the plan that was found, or what the library lacks for one."""
        self.solve.setEnabled(True)
        if solution.plan is None:
            self.show_refusal(list(solution.proof.missing))
            return
        blocks = blocks_of(solution)
        self.view.show_blocks(blocks)
        self.model.show_blocks(blocks)
        self._pages.setCurrentWidget(self.playlist)
        self.save.setEnabled(True)
        error = solution.proof.mean_energy_error
        reserve_min = solution.proof.reserve_s / 60.0
        words = _("The plan holds: energy within {error:.2f} of the arc, {reserve:.0f} min spare.")
        quiet = _("The plan holds: no music is asked for.")
        self.state.setText(
            quiet if error is None else words.format(error=error, reserve=reserve_min)
        )

    def show_refusal(self, sentences: list[str]) -> None:
        """Show why there is no plan, one sentence a paragraph."""
        self.solve.setEnabled(True)
        self._clear()
        self.state.setText(_("There is no plan yet, because:"))
        self.refusal.setText("\n\n".join(sentences))

    def _fill(self) -> None:
        for route in self._routes.values():
            self.route.addItem(_(route.title), route.name)
        for arc in self._arcs.values():
            self.arc.addItem(_(arc.title), arc.name)
        self.show_presets(self._presets)
        self.route.setCurrentIndex(max(self.route.findData("iv"), 0))
        self.arc.setCurrentIndex(max(self.arc.findData(DEFAULT_ARC), 0))

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

    def _lay_out(self) -> None:
        choices = QGridLayout()
        choices.setHorizontalSpacing(GAP_PX)
        choices.setVerticalSpacing(6)
        fields = (
            (_("Route"), self.route),
            (_("Delivery"), self.delivery),
            (_("Arc"), self.arc),
            (_("Preset"), self.preset),
        )
        for number, (name, field) in enumerate(fields):
            row, column = divmod(number, 2)
            caption = Label(name, Role.CAPTION)
            caption.setBuddy(field)
            field.setAccessibleName(name)
            choices.addWidget(caption, row * 2, column)
            choices.addWidget(field, row * 2 + 1, column)
            choices.setColumnStretch(column, 1)
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignTop)
        sentences = QScrollArea()
        sentences.setWidget(self.refusal)
        sentences.setWidgetResizable(True)
        sentences.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(sentences)
        self._pages.addWidget(self.playlist)
        actions = QGridLayout()
        actions.setSpacing(GAP_PX)
        actions.addWidget(self.solve, 0, 0, 1, 2)
        actions.addWidget(self.save, 1, 0)
        actions.addWidget(self.keep, 1, 1)
        everything = QVBoxLayout(self)
        everything.setContentsMargins(0, 0, 0, 0)
        everything.setSpacing(GAP_PX)
        everything.addLayout(choices)
        everything.addWidget(self.view, 4)
        everything.addWidget(self.state)
        everything.addWidget(self._pages, 3)
        everything.addLayout(actions)

    def _wire(self) -> None:
        self.route.currentIndexChanged.connect(self._follow_route)
        self.preset.currentIndexChanged.connect(self._follow_preset)
        self.arc.currentIndexChanged.connect(self._forget)
        self.delivery.changed.connect(self._forget)

    def _route(self) -> Route:
        return self._routes[self.route.currentData()]

    def _delivery_s(self) -> Seconds:
        """Return the delivery asked for, held within what the route allows."""
        low_s, high_s = self._route().delivery_range_s
        return Seconds(min(max(60.0 * self.delivery.value(), low_s), high_s))

    def _follow_route(self) -> None:
        low_s, high_s = self._route().delivery_range_s
        self.delivery.setEnabled(low_s < high_s)
        self.delivery.set_value(round(self._route().delivery_s / 60.0))
        self._forget()

    def _follow_preset(self) -> None:
        """Take a preset's own arc with it."""
        preset = self._presets.get(self.preset.currentData())
        if preset is not None:
            self.arc.setCurrentIndex(self.arc.findData(preset.arc))
        self._forget()

    def _forget(self) -> None:
        """Show the arc that is asked for now; what was found was for another."""
        route = with_delivery(self._route(), self._delivery_s())
        phases = scaled(route, self._arcs[self.arc.currentData()])
        self.view.show_picture(picture_of(phases, route.delivery_s))
        self._clear()
        self.state.setText(_("The line is the energy that the music should have."))
        self.changed.emit()

    def _clear(self) -> None:
        self.save.setEnabled(False)
        self.view.show_blocks(())
        self.model.show_blocks(())
        self.refusal.setText("")
        self._pages.setCurrentIndex(0)

    def _choose_block(self, current: QModelIndex) -> None:
        self.view.choose(current.row())
