"""What has to be said of a lamp before it can follow."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from soundscape.sensory.fixtures import DMX_CHANNELS, Fixture, Kind, Via
from ui.settings.page import STEPPER_PX
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper
from ui.words import _

UNIVERSES = range(64)
LONGEST_CHARS = 120


class LampForm(QWidget):
    """Asks for a lamp; only what its way of being reached needs is shown."""

    wished = pyqtSignal(Fixture)

    def __init__(self) -> None:
        super().__init__()
        self.name = _line(_("Name of the lamp"))
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
        self.host = _line(_("Address of its node"))
        self.universe = Stepper(_("Universe"), UNIVERSES, str)
        self.address = Stepper(_("First channel"), range(1, DMX_CHANNELS + 1), str)
        self.topic = _line(_("Topic of its commands"))
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
            stepper.setMaximumWidth(STEPPER_PX)
        always = [_captioned(part) for part in (self.name, self.kind, self.via)]
        on_dmx = (self.host, self.universe, self.address)
        self._on_dmx = [_captioned(part) for part in on_dmx]
        self._on_mqtt = [_captioned(self.topic)]
        for row in (*always, *self._on_dmx, *self._on_mqtt, self.add):
            column.addWidget(row)


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setMaxLength(LONGEST_CHARS)
    return field


def _captioned(part: QWidget) -> QWidget:
    """Return a part under its own name."""
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Label(part.accessibleName(), Role.CAPTION))
    column.addWidget(part)
    return row
