"""Routes and the clinic's numbers: lengthened where they restrict, each with its source."""

from functools import partial
from typing import Any

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from playlists.routes import clinic_routes, load_routes, usual_delivery_setting
from soundscape.errors import InvalidPlanError
from soundscape.settings import read_settings, write_settings
from soundscape.visit.clinic_file import change_clinic, read_clinic
from soundscape.visit.rules import FREE, RANGES, load_rules, sources
from soundscape.visit.words import CHANGEABLE, languages, load_words
from ui.sentences import translated
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import captioned, line
from ui.widgets.labels import Label
from ui.widgets.page import empty
from ui.widgets.stepper import Stepper
from ui.words import _, localized

FIRST_ROUTE = "iv"
HALVES_IN_HOUR = 2
STEP_MIN = 5
DELIVERY_STEP_MIN = 5


class ClinicPage(SettingsPage):
    """Numbers of each route, and what the papers call the clinic.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(
            _("Routes and clinic"),
            _("Kept at once. A visit that is open keeps the numbers that it was opened with."),
        )
        self._given = given
        self._path = given.folder.visit
        self.name = line(_("Name"), CHANGEABLE["clinic"])
        self.phone = line(_("Phone"), CHANGEABLE["phone"])
        self.keep = Button(_("Keep"), icon_name="check")
        self.route = Choices(_("Route"), _route_titles())
        self.numbers: dict[str, Stepper] = {}
        self._place = QVBoxLayout()
        self._lay_out()
        self._wire()
        self.route.choose(FIRST_ROUTE)
        try:
            self._show_clinic()
            self._show_route(FIRST_ROUTE)
        except InvalidPlanError as error:  # somebody wrote it by hand, and has to mend it there
            self.refuse(translated(f"{error}."))

    def _lay_out(self) -> None:
        said = _("On the sheet that a patient takes home.")
        fields = (captioned(self.name), captioned(self.phone))
        about = Label(said, Role.MUTED, wraps=True)
        self.add_card(_("The clinic"), about, *fields).add_acts(self.keep)
        text = _("“The text” is What to Do During a Ketamine Treatment Session.")
        card = self.add_card(_("Routes"), self.route, Label(text, Role.MUTED, wraps=True))
        self._place.setSpacing(GAP_PX)
        card.body.addLayout(self._place)

    def _wire(self) -> None:
        self.keep.clicked.connect(self._keep_clinic)
        self.route.chosen.connect(self._show_route)

    def _show_clinic(self) -> None:
        said = read_clinic(self._path, "sheet")
        for field, name in ((self.name, "clinic"), (self.phone, "phone")):
            texts = (str(table[name]) for table in said.values() if table.get(name))
            field.setText(next(texts, ""))

    def _keep_clinic(self) -> None:
        """Keep name and phone for the sheet in every language."""
        texts = {"clinic": self.name.text().strip(), "phone": self.phone.text().strip()}
        choices = {name: text or None for name, text in texts.items()}
        try:
            for language in languages():
                check = partial(load_words, language)
                change_clinic(self._path, "sheet", language, choices, check)
        except InvalidPlanError as error:
            self.refuse(translated(f"{error}."))
        else:
            self.say(_("Kept."))

    def _show_route(self, route: str) -> None:
        """Show the numbers of a route, each from what it may be at least."""
        empty(self._place)
        self.numbers = {}
        self._show_delivery(route)
        shipped, now, told = load_rules()[route], load_rules(self._path)[route], sources()[route]
        for name in RANGES:
            least, most = RANGES[name]
            least = least if name in FREE else getattr(shipped, name)
            per = HALVES_IN_HOUR if name.endswith("_h") else 1
            step = 1 if name.endswith("_h") else STEP_MIN
            allowed = range(round(least * per), round(most * per) + 1, step)
            stepper = Stepper(_titles()[name], allowed, partial(_number_text, name))
            stepper.set_value(round(getattr(now, name) * per))
            stepper.changed.connect(partial(self._keep, route, name))
            self.numbers[name] = stepper
            self._place.addWidget(_Row(stepper, _titles()[name], _(told[name])))
        widest_px = max(stepper.sizeHint().width() for stepper in self.numbers.values())
        for stepper in self.numbers.values():
            stepper.setFixedWidth(widest_px)

    def _show_delivery(self, route: str) -> None:
        known = clinic_routes(read_settings(self._given.folder.settings))[route]
        low, high = (round(edge_s / 60.0) for edge_s in known.delivery_range_s)
        if low == high:
            return
        step = DELIVERY_STEP_MIN if high - low > 2 * DELIVERY_STEP_MIN else 1
        title = _("Delivery, as offered first")
        stepper = Stepper(title, range(low, high + 1, step), partial(_number_text, "_min"))
        stepper.set_value(round(known.delivery_s / 60.0))
        stepper.changed.connect(partial(self._keep_delivery, route))
        self.numbers["delivery"] = stepper
        self._place.addWidget(_Row(stepper, title, ""))

    def _keep_delivery(self, route: str, minutes: int) -> None:
        write_settings(self._given.folder.settings, {usual_delivery_setting(route): minutes})
        self.say(_("Kept; the desk offers it when it is opened next."))

    def _keep(self, route: str, name: str, steps: int) -> None:
        value: Any = steps / HALVES_IN_HOUR if name.endswith("_h") else steps
        shipped = getattr(load_rules()[route], name)
        try:
            choices = {name: None if value == shipped else value}
            change_clinic(self._path, "rules", route, choices, load_rules)
        except InvalidPlanError as error:
            self.refuse(translated(f"{error}."))
        else:
            self.say(_("Kept."))


class _Row(QWidget):
    """A number beside what it is for and where it comes from; below that where it is narrow."""

    def __init__(self, stepper: Stepper, title: str, source: str) -> None:
        super().__init__()
        self._stepper = stepper
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(2 * GAP_PX)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Label(title, Role.BODY, wraps=True))
        if source:
            words.addWidget(Label(source, Role.CAPTION, wraps=True))
        words.addStretch(1)
        self._line.addLayout(words, 1)
        self._line.addWidget(stepper)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the number below the words where it would take as much room as they have."""
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        narrow = self.width() < 2 * self._stepper.width()
        if self._line.direction() != (down if narrow else across):
            self._line.setDirection(down if narrow else across)
            self._line.setSpacing(GAP_PX if narrow else 2 * GAP_PX)


def _route_titles() -> dict[str, str]:
    """Return what each route is called, in the order in which the desk shows them."""
    routes = sorted(load_routes().values(), key=lambda r: (r.name != FIRST_ROUTE, r.name))
    return {route.name: _(route.title) for route in routes}


def _number_text(name: str, steps: int) -> str:
    if name == "restrict_next_day_h":
        return f"{steps // HALVES_IN_HOUR:02d}:{30 * (steps % HALVES_IN_HOUR):02d}"
    if name.endswith("_h"):
        return _("{count} h").format(count=localized(f"{steps / HALVES_IN_HOUR:g}"))
    return _("{count} min").format(count=steps)


def _titles() -> dict[str, str]:
    return {
        "food_min_h": _("Since the last food, at least"),
        "food_met_h": _("Since the last food, without a warning"),
        "liquids_min_h": _("Since the last drink that counts, at least"),
        "bladder_warn_min": _("Since the bathroom, without a warning"),
        "recovery_min": _("From the end of delivery to discharge, at least"),
        "extended_min": _("More of that with a ride-share"),
        "effects_min": _("An after-effect is told again after"),
        "restrict_h": _("No driving after delivery, at least"),
        "restrict_next_day_h": _("No driving before this hour of the next day"),
        "follow_up_from_h": _("Follow-up from"),
        "follow_up_to_h": _("Follow-up until"),
    }
