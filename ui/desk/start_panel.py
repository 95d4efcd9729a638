"""The desk before a session: how the chair stands, what to play, and one button to hold."""

from collections.abc import Mapping

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from playlists.arcs import load_arcs
from playlists.presets import Preset
from playlists.routes import Route, with_delivery
from soundscape.clock import Clock
from soundscape.engine.sinks import Sink
from soundscape.session.phases import nominal_spans
from soundscape.units import Seconds
from ui.desk.both_sides import BothSides
from ui.desk.chair_facts import ChairFacts
from ui.desk.headphones import Headphones
from ui.desk.interrupted import InterruptedCard
from ui.desk.wishes import ChairState, Wish
from ui.theme import GAP_PX, Role, text_scale
from ui.widgets.buttons import Button, Kind
from ui.widgets.card import Card
from ui.widgets.even_flow import EvenFlow
from ui.widgets.hold_button import HoldButton
from ui.widgets.labels import Label
from ui.widgets.page import Page, empty
from ui.widgets.stepper import Stepper
from ui.widgets.swatch_button import SwatchButton
from ui.words import _

BEGIN_HOLD_S = Seconds(1.0)
DELIVERY_STEP_MIN = 5
NARROW_PX = 900
SNUG_PX = 1200
FIRST_ROUTE = "iv"
_SIDE_PX = 32
_SHARES = {False: (5, 3), True: (4, 3)}
"""Of the width, for what is chosen and for the chair; by whether room is short."""

_ICONS = {
    "presets": "hand-heart", "kiosk": "moon", "builder": "music", "settings": "settings",
}  # fmt: skip


class StartPanel(Page):
    """Choices for a new session; nothing is typed.

    Parameters
    ----------
    routes, presets : Mapping
        What there is to choose, by name, in the order shown.
    clock : Clock
        Measures the hold of the beginning.
    """

    begun = pyqtSignal(object)
    starter_asked = pyqtSignal()
    sides_asked = pyqtSignal(object)
    """To hear whether both sides of a ``Sink`` sound."""

    window_asked = pyqtSignal(str)

    def __init__(
        self, routes: Mapping[str, Route], presets: Mapping[str, Preset], clock: Clock
    ) -> None:
        super().__init__(_("New session"))
        self._routes = routes
        self._presets = presets
        self._arcs = load_arcs()
        self.tiles = {p.name: SwatchButton(_(p.title), p.color) for p in presets.values()}
        ordered = sorted(
            routes.values(), key=lambda route: (route.name != FIRST_ROUTE, route.name)
        )
        self.route_buttons = {route.name: Button(_(route.title)) for route in ordered}
        self.delivery: Stepper | None = None
        self.headphones = Headphones()
        self.sides = BothSides()
        self.facts = ChairFacts()
        self.line = Label("", Role.MUTED, wraps=True)
        self.title = Label("", Role.TITLE, wraps=True)
        self.length = Label("", Role.MUTED, wraps=True)
        self.says = Label("", Role.BODY, wraps=True)
        self.starter = Button(_("Make the starter sounds"), icon_name="sparkles")
        self.begin = HoldButton(_("Hold to begin"), clock, BEGIN_HOLD_S, kind=Kind.PRIMARY)
        self.interrupted = InterruptedCard(clock)
        self.windows = {
            "presets": Button(_("Patient's choice")),
            "kiosk": Button(_("Patient's screen")),
            "builder": Button(_("Builder")),
            "settings": Button(_("Settings")),
        }
        self._tracks = 0
        self._choice = ""
        self._patient = ""
        self._is_ready = True
        self._busy = False
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._outer = QVBoxLayout()
        self.lay_out_in(self._outer)
        self._bars = QHBoxLayout()
        self._bar: tuple[QWidget, ...] = ()
        self._heading = Label(_("New session"), Role.HEADING)
        self._delivery_place = QVBoxLayout()
        self._lay_out()
        self._wire()
        self._choose_first()
        self.say("")

    def wish(self, headphones: Sink) -> Wish:
        """Return the session that is chosen."""
        return Wish(
            route=self._chosen_route().name,
            preset=self._chosen_preset(),
            delivery_s=self._chosen_delivery_s(),
            headphones=headphones,
        )

    def add_bar(self, bar: QWidget) -> None:
        """Put a line beside the heading."""
        self._bar = (bar,)
        self._bars.insertWidget(1, bar, 1)
        self._bars.setStretch(0, 0)

    def show_visit(self, alias: str, *, ready: bool) -> None:
        """Say for whom a hold of the button would begin, and lower while it would not yet.

        Parameters
        ----------
        alias : str
            What the patient is called; empty while nobody is prepared.
        ready : bool
            Nothing on the visit's list holds the session back.
        """
        if alias != self._patient:
            self._patient = alias
            self._sum_up()
        self._is_ready = ready
        self._show_loudness()

    def route_name(self) -> str:
        """Return the treatment that is chosen."""
        return self._chosen_route().name

    def show_chair(self, state: ChairState) -> None:
        """Show how the chair stands, and take up what the patient chose."""
        self._tracks = state.tracks
        chosen = self._presets[state.choice].title if state.choice else ""
        self.facts.show_state(state, _(chosen) if chosen else "")
        for name, tile in self.tiles.items():
            tile.mark(patients=name == state.choice)
        if state.choice and state.choice != self._choice:
            self.tiles[state.choice].setChecked(True)  # once: staff may then choose otherwise
        self._choice = state.choice
        self.headphones.show_sinks(state.sinks, state.headphones)
        self.interrupted.show_session(state.interrupted)
        self._show_loudness()
        self._show_heading()
        self.starter.setVisible(not state.tracks)
        self.length.setVisible(bool(state.tracks))
        if not state.tracks:
            self.say(
                _("There is no music yet. The starter sounds need no license and no network.")
            )
        self._allow()

    def show_busy(self, words: str) -> None:
        """Say what is being done, and offer nothing else meanwhile."""
        self._busy = True
        self.say(words)
        self._allow()

    def show_done(self, words: str = "") -> None:
        """Offer everything again, with a last word."""
        self._busy = False
        self.say(words)
        self._allow()

    def say(self, words: str) -> None:
        """Say something above the button."""
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the columns under each other where it is narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        scale = text_scale(self.font())
        narrow = self.width() < NARROW_PX * scale
        self._columns.setDirection(down if narrow else across)
        for place, share in enumerate(_SHARES[self.width() < SNUG_PX * scale]):
            self._columns.setStretch(place, share)
        for role, button in self.windows.items():  # their words stay, where room is short
            button.show_icon("" if self.width() < SNUG_PX * scale else _ICONS[role])
        self._show_heading()
        super().resizeEvent(event)
        self.settle()

    def _show_heading(self) -> None:
        """Leave the heading out where a visit, or a session that was cut off, says more."""
        parts = (self._heading, *self._bar)
        needed = sum(part.sizeHint().width() + GAP_PX for part in parts)
        fits = not self._bar or needed <= self.width() - 2 * _SIDE_PX
        self._heading.setVisible(fits and self.interrupted.isHidden())

    def _show_loudness(self) -> None:
        """Let the button that begins speak loudest only where nothing comes before it."""
        comes_next = self._is_ready and self.interrupted.isHidden()
        self.begin.set_kind(Kind.PRIMARY if comes_next else Kind.QUIET)

    def _chosen_route(self) -> Route:
        chosen = next(name for name, b in self.route_buttons.items() if b.isChecked())
        return self._routes[chosen]

    def _chosen_preset(self) -> str:
        return next(name for name, tile in self.tiles.items() if tile.isChecked())

    def _chosen_delivery_s(self) -> Seconds:
        if self.delivery is None:
            return self._chosen_route().delivery_s
        return Seconds(60.0 * self.delivery.value())

    def _allow(self) -> None:
        heard = self.headphones.ready() is not None
        has_sound = self._tracks > 0 or self._is_silent()
        self.begin.setEnabled(has_sound and heard and not self._busy)
        self.starter.setEnabled(not self._busy)
        self.sides.play.setEnabled(heard and not self._busy)
        self.interrupted.allow(allowed=not self._busy)

    def _is_silent(self) -> bool:
        """Return whether what is chosen needs no music: silence is a preset like any other."""
        shipped = self._arcs.get(self._presets[self._chosen_preset()].arc)
        return shipped is not None and shipped.is_silent

    def _choose_first(self) -> None:
        default = next(preset.name for preset in self._presets.values() if preset.default)
        self.tiles[default].setChecked(True)
        next(iter(self.route_buttons.values())).setChecked(True)

    def _wire(self) -> None:
        for group in (self.tiles.values(), self.route_buttons.values()):
            together = QButtonGroup(self)
            for button in group:
                together.addButton(button)
        for name, tile in self.tiles.items():
            tile.toggled.connect(lambda on, name=name: self._show_preset(name, on=on))
        for name, button in self.route_buttons.items():
            button.toggled.connect(lambda on, name=name: self._show_route(name, on=on))
        for role, button in self.windows.items():
            button.clicked.connect(lambda _on=False, role=role: self.window_asked.emit(role))
        self.begin.held.connect(self._begin)
        self.headphones.chosen.connect(lambda _sink: self._allow())
        self.headphones.chosen.connect(lambda _sink: self.sides.forget())
        self.sides.asked.connect(self._ask_for_sides)
        self.starter.clicked.connect(self.starter_asked)

    def _ask_for_sides(self) -> None:
        headphones = self.headphones.ready()
        if headphones is not None:
            self.sides_asked.emit(headphones)

    def _begin(self) -> None:
        headphones = self.headphones.ready()
        if headphones is not None:
            self.begun.emit(self.wish(headphones))

    def _show_preset(self, name: str, *, on: bool) -> None:
        if not on:
            return
        self.line.setText(_(self._presets[name].line))
        self._sum_up()
        self._allow()

    def _sum_up(self) -> None:
        """Say in words what a hold of the button would begin."""
        chosen = [button for button in self.route_buttons.values() if button.isChecked()]
        if not chosen or not any(tile.isChecked() for tile in self.tiles.values()):
            return
        if self._tracks and not self._busy:
            self.say("")  # what was said was said of another choice
        delivery_s = self._chosen_delivery_s()
        route = with_delivery(self._chosen_route(), delivery_s)
        end_min = round(nominal_spans(route.phases, delivery_s)[-1][1] / 60.0)
        preset = self._presets[self._chosen_preset()]
        parts = (self._patient, _(preset.title), _(route.title))
        self.title.setText(", ".join(filter(None, parts)))
        about = _("About {hours} h {minutes:02d} min in all, recovery included")
        self.length.setText(about.format(hours=end_min // 60, minutes=end_min % 60))

    def _show_route(self, name: str, *, on: bool) -> None:
        """Offer the lengths that the route allows."""
        if not on:
            return
        route = self._routes[name]
        low, high = (round(edge_s / 60.0) for edge_s in route.delivery_range_s)
        empty(self._delivery_place)
        self.delivery = None
        if low == high:
            self._sum_up()
            self._delivery_place.addWidget(Label(_(route.line), Role.MUTED, wraps=True))
            return
        step = DELIVERY_STEP_MIN if high - low > 2 * DELIVERY_STEP_MIN else 1
        self.delivery = Stepper(_("Delivery"), range(low, high + 1, step), _minutes_text)
        self.delivery.set_value(round(route.delivery_s / 60.0))
        self.delivery.changed.connect(self._sum_up)
        self._delivery_place.addWidget(self.delivery)
        self._sum_up()

    def _lay_out(self) -> None:
        self._outer.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 16)
        self._outer.setSpacing(8)
        self._bars.setSpacing(GAP_PX)
        self._bars.addWidget(self._heading, 1)
        self._outer.addLayout(self._bars)
        self._outer.addLayout(self._columns, 1)
        self._columns.setSpacing(GAP_PX + 8)
        left = QVBoxLayout()
        left.setSpacing(GAP_PX)
        left.addWidget(self.interrupted)
        left.addWidget(self._presets_card(), 1)
        left.addWidget(self._treatment_card())
        right = QVBoxLayout()
        right.setSpacing(GAP_PX)
        right.addWidget(self._chair_card())
        right.addStretch(1)
        right.addWidget(self.title)
        right.addWidget(self.length)
        right.addWidget(self.says)
        right.addWidget(self.starter)
        right.addWidget(self.begin)
        self.begin.setMinimumHeight(96)
        self._columns.addLayout(left)
        self._columns.addLayout(right)

    def _presets_card(self) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.setSpacing(GAP_PX)
        top.addWidget(Label(_("Sound"), Role.CAPTION))
        top.addWidget(self.line, 1)
        card.body.addLayout(top)
        tiles = EvenFlow(GAP_PX)
        for tile in self.tiles.values():
            tiles.addWidget(tile)
        card.body.addLayout(tiles, 1)
        return card

    def _treatment_card(self) -> Card:
        card = Card(_("Treatment"))
        grid = QGridLayout()
        grid.setSpacing(GAP_PX)
        for index, button in enumerate(self.route_buttons.values()):
            button.setCheckable(True)
            button.setProperty("action", "true")
            grid.addWidget(button, index // 2, index % 2)
        card.body.addLayout(grid)
        card.body.addLayout(self._delivery_place)
        return card

    def _chair_card(self) -> Card:
        card = Card(_("This chair"))
        self.headphones.add_beside(self.sides.play)
        card.body.addWidget(self.headphones)
        card.body.addWidget(self.sides)
        card.body.addWidget(self.facts)
        openers = EvenFlow(GAP_PX)
        for button in self.windows.values():
            button.setProperty("action", "true")  # narrow
            openers.addWidget(button)
        card.body.addLayout(openers)
        return card


def _minutes_text(minutes: int) -> str:
    return _("{count} min").format(count=minutes)
