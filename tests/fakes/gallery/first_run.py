"""The first steps, each as it is found and while something is done in it."""

from fakes.gallery.stage import Screen, Stage
from fakes.session import status
from PyQt6.QtWidgets import QWidget

from soundscape.engine.sinks import Sink
from soundscape.room.headphones import known_headphones
from ui.first_run.collecting import Collecting
from ui.first_run.demo_step import DemoStep
from ui.first_run.headphones_step import HeadphonesStep
from ui.first_run.music_step import MusicStep
from ui.first_run.people_step import PeopleStep
from ui.first_run.window import FirstRunWindow

USB = Sink("alsa_output.usb", "USB Headphones")
GIVEN = frozenset(
    {USB.title, "English", "Deutsch", "100 %", "125 %", "150 %"}
    | {model.name for model in known_headphones()}
)
_MEASURED = 0.4


def welcome(stage: Stage) -> QWidget:
    """Return the first step, in the window with its buttons."""
    return FirstRunWindow(stage.folder, clock=stage.clock)


def going_on(stage: Stage) -> QWidget:
    """Return the people's step in the window, while music is looked through behind it."""
    made = FirstRunWindow(stage.folder, clock=stage.clock)
    for place in (made.go_on, made.go_on, made.go_on):
        place()
    made.steps[2].leave()
    made.collecting.told.emit("\u2026", _MEASURED)
    return made


def no_music(stage: Stage) -> QWidget:
    """Return the music's step before anything was chosen."""
    return MusicStep(Collecting(stage.folder))


def refused_music(stage: Stage) -> QWidget:
    """Return the music's step after a folder without any."""
    collecting = Collecting(stage.folder)
    made = MusicStep(collecting)
    collecting.told.emit("\u2026", 0.0)
    return made


def one_pair(stage: Stage) -> QWidget:
    """Return the headphones' step with a pair that was tried."""
    made = HeadphonesStep(stage.folder, stage.clock)
    made.check.headphones.show_sinks((USB,), USB)
    made.check.sides.show_played()
    made.check.sides.left.setChecked(True)
    return made


def people(stage: Stage) -> QWidget:
    """Return the people's step with two PINs that differ."""
    made = PeopleStep(stage.folder, stage.clock)
    made.form.pins.pin.setText("716294")
    made.form.pins.again.setText("716295")
    return made


def silent_demo(stage: Stage) -> QWidget:
    """Return the demo's step where no headphones were chosen."""
    return DemoStep(stage.folder, stage.clock)


def live_demo(stage: Stage) -> QWidget:
    """Return the demo's step while it plays."""
    made = DemoStep(stage.folder, stage.clock)
    made.use(USB)
    made.follow(status())
    return made


SCREENS = (
    Screen("welcome", welcome, given=GIVEN),
    Screen("people, music behind", going_on, given=GIVEN),
    Screen("music", no_music, given=GIVEN),
    Screen("music, refused", refused_music, given=GIVEN),
    Screen("headphones", one_pair, given=GIVEN),
    Screen("people, PINs differ", people, given=GIVEN),
    Screen("demo, silent", silent_demo, given=GIVEN),
    Screen("demo, live", live_demo, given=GIVEN),
)
