"""What has to be said of a lamp before it can follow."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from soundscape.sensory.fixtures import DMX_CHANNELS, Fixture, Kind, Via
from ui.theme import GAP_PX
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.even_flow import EvenFlow
from ui.widgets.fields import captioned, line
from ui.widgets.stepper import Stepper
from ui.words import _

UNIVERSES = range(64)
LONGEST_CHARS = 120


class LampForm(QWidget):
    """Asks for a lamp; only what its way of being reached needs is shown."""

    wished = pyqtSignal(Fixture)

    def __init__(self) -> None:
        super().__init__()
        self.name = line(_("Name of the lamp"), LONGEST_CHARS)
        self.kind = Choices(
            _("It can"),
            {
                Kind.DIMMER: _("Dim"),
                Kind.TUNABLE: _("Warm and cold white"),
                Kind.RGB: _("Colors"),
                Kind.RGBW: _("Colors and white"),
            },
        )
        self.via = Choices(
            _("Reached by"), {Via.SACN: "sACN", Via.ARTNET: "Art-Net", Via.MQTT: "MQTT"}
        )
        self.host = line(_("Address of its node"), LONGEST_CHARS)
        self.universe = Stepper(_("Universe"), UNIVERSES, str)
        self.address = Stepper(_("First channel"), range(1, DMX_CHANNELS + 1), str)
        self.topic = line(_("Topic of its commands"), LONGEST_CHARS)
        self.add = Button(_("Add"), icon_name="plus")
        self._lay_out()
        self.kind.choose(Kind.DIMMER)
        self.via.choose(Via.SACN)
        self.via.chosen.connect(lambda _via: self._follow())
        self.name.textChanged.connect(lambda _text: self._follow())
        self.add.clicked.connect(lambda: self.wished.emit(self.lamp()))
        self.clear()

    def lamp(self) -> Fixture:
        """Return the lamp as it was said."""
        name, kind, via = self.name.text().strip(), Kind(self.kind.value()), Via(self.via.value())
        if via is Via.MQTT:
            return Fixture(name, kind, via, topic=self.topic.text().strip())
        host, universe = self.host.text().strip(), self.universe.value()
        return Fixture(name, kind, via, host=host, universe=universe, address=self.address.value())

    def clear(self) -> None:
        """Ask for another one; what lamps share stays as it was said."""
        self.name.clear()
        self.topic.clear()
        self.universe.set_value(max(1, self.universe.value()))
        self._follow()

    def _follow(self) -> None:
        is_mqtt = self.via.value() == Via.MQTT
        for part in self._on_dmx:
            part.setVisible(not is_mqtt)
        for part in self._on_mqtt:
            part.setVisible(is_mqtt)
        self.add.setEnabled(bool(self.name.text().strip()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        for stepper in (self.universe, self.address):
            stepper.keep_together()
        always = [captioned(part) for part in (self.name, self.kind, self.via)]
        on_dmx = (self.host, self.universe, self.address)
        self._on_dmx = [captioned(part) for part in on_dmx]
        self._on_mqtt = [captioned(self.topic)]
        for row in (*always, *self._on_dmx, *self._on_mqtt):
            column.addWidget(row)
        acts = EvenFlow(GAP_PX, fills=False)
        acts.addWidget(self.add)
        column.addLayout(acts)
