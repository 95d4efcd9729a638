"""What a plan is asked for by: route, length of delivery, arc and preset."""

from collections.abc import Mapping

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playlists.arcs import DEFAULT_ARC, Arc, load_arcs, scaled
from playlists.presets import Preset, load_presets
from playlists.routes import Route, load_routes, with_delivery
from soundscape.units import Seconds
from ui.builder.halves import slim
from ui.builder.plan_view import picture_of
from ui.builder.wishes import Wish
from ui.theme import GAP_PX, Role
from ui.widgets.arc_view import ArcPicture
from ui.widgets.buttons import Button
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper
from ui.words import _

LONGEST_MIN = 24 * 60
STEP_MIN = 5
FEW_CHARS = 4


class RequestForm(QWidget):
    """Four choices; ``changed`` says that another plan is asked for."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._routes = load_routes()
        self._arcs: dict[str, Arc] = {}
        self._presets: dict[str, Preset] = {}
        self.route = ChoiceBox(_("Route"))
        self.arc = ChoiceBox(_("Arc"))
        self.preset = ChoiceBox(_("Preset"))
        self.draw = Button("", icon_name="spline", name=_("Draw an arc of your own"))
        self.versions = Button("", icon_name="history", name=_("Versions of presets"))
        self.delivery = Stepper(
            _("Delivery"),
            range(STEP_MIN, LONGEST_MIN + 1, STEP_MIN),
            lambda minutes: _("{count} min").format(count=minutes),
        )
        for route in self._routes.values():
            self.route.addItem(_(route.title), route.name)
        self.route.setCurrentIndex(max(self.route.findData("iv"), 0))
        self.show_arcs(load_arcs())
        self.show_presets(load_presets())
        self._lay_out()
        self.route.currentIndexChanged.connect(self._follow_route)
        self.preset.currentIndexChanged.connect(self._follow_preset)
        self.arc.currentIndexChanged.connect(self.changed)
        self.delivery.changed.connect(self.changed)
        with QSignalBlocker(self):
            self._follow_route()

    def wish(self) -> Wish:
        """Return what is asked for."""
        return Wish(
            route=self._route().name,
            delivery_s=self._delivery_s(),
            arc=self.arc.currentData(),
            preset=self.preset.currentData(),
        )

    def picture(self) -> ArcPicture:
        """Return the arc that is asked for, on its route."""
        route = with_delivery(self._route(), self._delivery_s())
        return picture_of(scaled(route, self.chosen_arc()), route.delivery_s)

    def chosen_arc(self) -> Arc:
        """Return the arc that is asked for."""
        return self._arcs[self.arc.currentData()]

    def show_arcs(self, arcs: Mapping[str, Arc], *, chosen: str | None = None) -> None:
        """Offer other arcs, and choose one; None keeps what is chosen."""
        wanted = chosen or self.arc.currentData() or DEFAULT_ARC
        before = self._arcs.get(self.arc.currentData())
        self._arcs = dict(arcs)
        with QSignalBlocker(self.arc):
            self.arc.clear()
            for arc in self._arcs.values():
                self.arc.addItem(_(arc.title), arc.name)
            self.arc.setCurrentIndex(max(self.arc.findData(wanted), 0))
        if before is not None and self.chosen_arc() != before:
            self.changed.emit()

    def show_presets(self, presets: Mapping[str, Preset]) -> None:
        """Offer other presets, and keep chosen what was."""
        wanted = self.preset.currentData()
        self._presets = dict(presets)
        with QSignalBlocker(self.preset):
            self.preset.clear()
            self.preset.addItem(_("No preset"), "")
            for preset in self._presets.values():
                self.preset.addItem(_(preset.title), preset.name)
            self.preset.setCurrentIndex(max(self.preset.findData(wanted), 0))
        if wanted is not None and self.preset.currentData() != wanted:
            self.changed.emit()

    @property
    def needed_px(self) -> int:
        """The width in which no word is cut."""
        beside = self.delivery.sizeHint().width() + GAP_PX + self.route.sizeHint().width()
        return max(beside, self.minimumSizeHint().width())

    def _lay_out(self) -> None:
        slim(self.draw, self.versions, *self.delivery.findChildren(Button))
        for box in (self.arc, self.preset):  # each has a button at its side
            box.setMinimumContentsLength(FEW_CHARS)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for (left, left_share), (right, right_share) in (
            ((_field(_("Route"), self.route), 1), (_field(_("Delivery"), self.delivery), 0)),
            (
                (_field(_("Arc"), self.arc, self.draw), 1),
                (_field(_("Preset"), self.preset, self.versions), 1),
            ),
        ):
            row = QHBoxLayout()
            row.setSpacing(GAP_PX)
            row.addLayout(left, left_share)
            row.addLayout(right, right_share)
            rows.addLayout(row)

    def _route(self) -> Route:
        return self._routes[self.route.currentData()]

    def _delivery_s(self) -> Seconds:
        """Return the delivery asked for, held within what the route allows."""
        low_s, high_s = self._route().delivery_range_s
        return Seconds(min(max(60.0 * self.delivery.value(), low_s), high_s))

    def _follow_route(self) -> None:
        low_s, high_s = self._route().delivery_range_s
        self.delivery.setEnabled(low_s < high_s)
        with QSignalBlocker(self.delivery):
            self.delivery.set_value(round(self._route().delivery_s / 60.0))
        self.changed.emit()

    def _follow_preset(self) -> None:
        """Take a preset's own arc with it."""
        preset = self._presets.get(self.preset.currentData())
        if preset is not None:
            with QSignalBlocker(self.arc):
                self.arc.setCurrentIndex(self.arc.findData(preset.arc))
        self.changed.emit()


def _field(name: str, field: QWidget, beside: Button | None = None) -> QVBoxLayout:
    """Return a field under its name, with a button at its side."""
    caption = Label(name, Role.CAPTION)
    caption.setBuddy(field)
    field.setAccessibleName(name)
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(field, 1)
    if beside is not None:
        beside.setToolTip(beside.accessibleName())
        row.addWidget(beside)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(caption)
    column.addLayout(row)
    return column
