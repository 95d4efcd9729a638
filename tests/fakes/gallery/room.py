"""The pages of the settings that tell of the room: calibration and lamps."""

from fakes.gallery.stage import Screen, Stage
from PyQt6.QtWidgets import QWidget

from soundscape.clinic.roles import CONSOLE
from soundscape.room.calibration import Calibration, Method, RoomFacts, write_room
from soundscape.room.headphones import known_headphones
from soundscape.sensory.fixture_file import add_fixture
from soundscape.sensory.fixtures import LIGHTS_FILE, Fixture, Kind, Via
from soundscape.session.talk_route import keep_route
from soundscape.settings import write_settings
from ui.settings.calibration_page import CalibrationPage
from ui.settings.given import Given
from ui.settings.lights_page import LightsPage
from ui.tasks import Jobs

DEVICE, TITLE, MICROPHONE = "alsa_output.usb", "USB Headphones", "alsa_input.usb"
CEILING = Fixture("Ceiling", Kind.TUNABLE, Via.SACN, host="192.0.2.7", address=5)
GIVEN = frozenset(
    {TITLE, CEILING.name, "sACN", "Art-Net", "MQTT", *(m.name for m in known_headphones())}
)


def given(stage: Stage) -> Given:
    """Return what a page of the settings is given."""
    return Given(stage.folder, stage.clock, CONSOLE, Jobs(), lambda: None)


def new_chair(stage: Stage) -> QWidget:
    """Return the calibration of a chair whose headphones were not chosen."""
    return CalibrationPage(given(stage))


def measured_chair(stage: Stage) -> CalibrationPage:
    """Return the calibration of a chair that was measured, and has a microphone."""
    write_settings(stage.folder.settings, {"device": DEVICE, "device_title": TITLE})
    measured = Calibration(88.0, Method.MEASURED, (1.0, 1.0), "2026-03-10T09:00:00")
    write_room(stage.folder.room, RoomFacts().with_headphones(DEVICE, measured))
    keep_route(stage.folder, MICROPHONE, -38.0)
    return CalibrationPage(given(stage))


def dark_room(stage: Stage) -> LightsPage:
    """Return the lamps of a room without any, while one is written down."""
    made = LightsPage(given(stage))
    made.form.via.choose(Via.MQTT)
    made.form.via.chosen.emit(Via.MQTT)
    made.refuse("\u2026")
    return made


def lit_room(stage: Stage) -> LightsPage:
    """Return the lamps of a room with one, and others at its broker."""
    broker = '[mqtt]\nhost = "127.0.0.1"\ntls = false\n'
    (stage.folder.root / LIGHTS_FILE).write_text(broker, "utf-8")
    add_fixture(stage.folder.root, CEILING)
    made = LightsPage(given(stage))
    made.look.setEnabled(True)
    made.found.addItem(CEILING.name, CEILING)
    made.found.show()
    made.take.show()
    return made


SCREENS = (
    Screen("calibration, new chair", new_chair, given=GIVEN, scrolls=True),
    Screen("calibration, measured", measured_chair, given=GIVEN, scrolls=True),
    Screen("lights, none", dark_room, given=GIVEN, scrolls=True),
    Screen("lights, one", lit_room, given=GIVEN, scrolls=True),
)
