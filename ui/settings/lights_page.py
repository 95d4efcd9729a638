"""The room's lamps: which there are, which is which, and how they dim."""

from collections.abc import Callable

from soundscape.errors import InvalidPlanError, LightsLostError
from soundscape.sensory.fixture_file import add_fixture, remove_fixture
from soundscape.sensory.fixtures import LIGHTS_FILE, Fixture, Room, Via, read_room
from soundscape.sensory.mqtt_lamps import lamps_at
from soundscape.sensory.pulse import REST_LEVEL
from soundscape.session.lamps_shown import swell_lamp, try_level
from ui.sentences import translated
from ui.settings.given import Given
from ui.settings.lamp_form import LampForm
from ui.settings.page import SettingsPage
from ui.tasks import Report
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.fields import captioned
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper
from ui.words import _

LEVELS_PERCENT = range(0, 101, 10)


class LightsPage(SettingsPage):
    """Lamps are kept at once, and follow the sessions that begin from then on.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(
            _("Lights"),
            _("Lamps follow the phases of a session, slowly. None ever flashes."),
        )
        self._given = given
        self._room = Room()
        self._discovered: tuple[Fixture, ...] = ()
        self.lamp = ChoiceBox(_("Lamp"))
        self.place = Label("", Role.MUTED, wraps=True)
        self.swell = Button(_("Find this lamp"), icon_name="sparkles")
        self.level = Stepper(_("How bright"), LEVELS_PERCENT, lambda percent: f"{percent} %")
        self.show_it = Button(_("Show this level"))
        self.remove = Button(_("Remove this lamp"), icon_name="trash-2")
        self.form = LampForm()
        self.look = Button(_("Look for lamps"), icon_name="waves")
        self.found = ChoiceBox(_("Lamps at the broker"))
        self.take = Button(_("Add this lamp"), icon_name="plus")
        self._lay_out()
        self._wire()
        self.level.set_value(round(100 * REST_LEVEL))
        self._follow_file()

    def _lay_out(self) -> None:
        card = self.add_card(_("Lamps of this room"), self.lamp, self.place)
        slow = _("It swells slowly, twice, for half a minute; the others rest at 30 %.")
        card.add_acts(self.swell, self.remove)
        self.level.keep_together()
        for part in (Label(slow, Role.MUTED, wraps=True), captioned(self.level)):
            card.body.addWidget(part)
        card.add_acts(self.show_it)
        self.add_card(_("One more lamp"), self.form)
        broker = _(
            "Lamps that Home Assistant or Zigbee2MQTT have announced at the broker that "
            "lights.toml names under [mqtt]."
        )
        line = Label(broker, Role.MUTED, wraps=True)
        at_broker = self.add_card(_("Lamps at the broker"), line)
        at_broker.add_acts(self.look)
        at_broker.body.addWidget(self.found)
        at_broker.add_acts(self.take)
        self.found.hide()
        self.take.hide()

    def _wire(self) -> None:
        self.lamp.currentIndexChanged.connect(lambda _place: self._show_lamp())
        self.swell.clicked.connect(self._find)
        self.show_it.clicked.connect(self._try)
        self.remove.clicked.connect(self._remove)
        self.form.wished.connect(self._add)
        self.look.clicked.connect(self._look)
        self.take.clicked.connect(lambda: self._add(self.found.currentData()))

    def _follow_file(self, name: str = "") -> None:
        """Show the lamps as the file lists them, with one of them chosen."""
        try:
            self._room = read_room(self._given.folder.root)
        except InvalidPlanError as error:  # somebody wrote it by hand, and has to mend it there
            self.refuse(translated(f"{error}."))
        self.lamp.clear()
        for fixture in self._room.fixtures:
            self.lamp.addItem(fixture.name, fixture.name)
        self.lamp.setCurrentIndex(max(0, self.lamp.findData(name)))
        self.look.setEnabled(self._room.broker is not None)
        self._show_lamp()

    def _show_lamp(self) -> None:
        chosen = self._chosen()
        for part in (self.lamp, self.swell, self.show_it, self.remove, self.level):
            part.setEnabled(chosen is not None)
        self.place.setText(_("No lamp is listed.") if chosen is None else _place_of(chosen))

    def _chosen(self) -> Fixture | None:
        name = self.lamp.currentData()
        return next((each for each in self._room.fixtures if each.name == name), None)

    def _find(self) -> None:
        name = str(self.lamp.currentData())
        folder, clock = self._given.folder, self._given.clock
        self._show_slowly(
            lambda _report: swell_lamp(folder, name, clock),
            _("{lamp} swells, twice.").format(lamp=name),
        )

    def _try(self) -> None:
        name, level = str(self.lamp.currentData()), self.level.value() / 100.0
        folder, clock = self._given.folder, self._given.clock
        self._show_slowly(
            lambda _report: try_level(folder, name, level, clock),
            _("{lamp} goes to {percent} %.").format(lamp=name, percent=self.level.value()),
        )

    def _show_slowly(self, work: Callable[[Report], object], words: str) -> None:
        """Do what takes a while with a lamp, and nothing else with lamps meanwhile."""
        self._allow(on=False)
        self.say(words)
        self._given.jobs.run(work, lambda _done: self._shown(""), self._not_shown)

    def _shown(self, words: str) -> None:
        self._allow(on=True)
        self.say(words)

    def _not_shown(self, why: str) -> None:
        self._allow(on=True)
        self.refuse(why)

    def _allow(self, *, on: bool) -> None:
        for part in (self.swell, self.show_it, self.remove):
            part.setEnabled(on and self._chosen() is not None)

    def _add(self, fixture: Fixture) -> None:
        try:
            add_fixture(self._given.folder.root, fixture)
        except InvalidPlanError as error:
            self.refuse(translated(f"{error}."))
            return
        self.form.clear()
        self._follow_file(fixture.name)
        self.say(
            _("{lamp} follows the sessions that begin from now on.").format(lamp=fixture.name)
        )

    def _remove(self) -> None:
        name = str(self.lamp.currentData())
        try:
            remove_fixture(self._given.folder.root, name)
        except InvalidPlanError as error:
            self.refuse(translated(f"{error}."))
            return
        self._follow_file()
        self.say(_("{lamp} follows no more.").format(lamp=name))

    def _look(self) -> None:
        self.look.setEnabled(False)
        self.say(_("One moment"))
        self._given.jobs.run(self._lamps_there, self._show_found, self._not_found)

    def _lamps_there(self, _report: Report) -> tuple[Fixture, ...]:
        """Return the lamps that are at the broker and not listed.

        Raises
        ------
        LightsLostError
            If no broker is named.
        """
        if self._room.broker is None:
            raise LightsLostError(
                _("{file} names no broker under [mqtt].").format(file=LIGHTS_FILE)
            )
        known = {fixture.topic for fixture in self._room.fixtures}
        found = lamps_at(self._room.broker, self._given.folder.runtime.name)
        return tuple(each for each in found if each.topic not in known)

    def _show_found(self, found: tuple[Fixture, ...]) -> None:
        self.look.setEnabled(True)
        self.say("" if found else _("The broker knows of no other lamp."))
        self.found.clear()
        for fixture in found:
            self.found.addItem(fixture.name, fixture)
        self.found.setVisible(bool(found))
        self.take.setVisible(bool(found))

    def _not_found(self, why: str) -> None:
        self.look.setEnabled(True)
        self.refuse(why)


def _place_of(lamp: Fixture) -> str:
    """Return what a lamp can do and how it is reached, in words."""
    kinds = {
        "dimmer": _("dims"),
        "tunable": _("dims, and turns from warm to cold white"),
        "rgb": _("shows colors"),
        "rgbw": _("shows colors and white"),
    }
    can = kinds[lamp.kind]
    if lamp.via is Via.MQTT:
        return _("It {can}; topic {topic}.").format(can=can, topic=lamp.topic)
    said = _("It {can}; {via} at {host}, universe {universe}, address {address}.")
    via = {Via.SACN: "sACN", Via.ARTNET: "Art-Net"}[lamp.via]
    return said.format(
        can=can, via=via, host=lamp.host, universe=lamp.universe, address=lamp.address
    )
