"""The pages of the settings that tell of the clinic, and the door before them."""

from fakes.clinic import NAMES, staff_a_clinic
from fakes.gallery.stage import Screen, Stage
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QWidget

from playlists.routes import load_routes
from soundscape.clinic.roles import CONSOLE
from soundscape.engine.sinks import Sink
from ui.settings.about_page import AboutPage
from ui.settings.chair_page import ChairPage
from ui.settings.clinic_page import ClinicPage
from ui.settings.entrance import Entrance
from ui.settings.given import Given
from ui.settings.licences import Part, assets, packages
from ui.settings.privacy_page import PrivacyPage
from ui.settings.staff_page import StaffPage
from ui.settings.window import SettingsWindow
from ui.tasks import Jobs
from ui.widgets.sign_in import SignInPage

USB = Sink("alsa_output.usb", "USB Headphones")
TERMS = Part("Soundscape", "0.1.0", "GPL-3.0-or-later", "Terms\n\nof use.")
PATIENCE_MS = 20_000
GIVEN = frozenset(
    {USB.title, "English", "Deutsch", "100 %", "125 %", "150 %", TERMS.name, TERMS.text}
    | set(NAMES.values())
    | {route.name for route in load_routes().values()}
    | {
        word
        for part in (TERMS, *packages(), *assets())
        for word in (part.name, part.version, part.licence)
    }
)


def given(stage: Stage) -> Given:
    """Return what a page is given."""
    return Given(stage.folder, stage.clock, CONSOLE, Jobs(), lambda: None)


def whole(stage: Stage) -> QWidget:
    """Return the window with its list of pages, on the look."""
    made = SettingsWindow(stage.folder, clock=stage.clock)
    made.open_page("look")
    return made


def door(stage: Stage) -> QWidget:
    """Return the door where three people may come in."""
    entrance = Entrance(stage.folder, stage.clock)
    entrance.names = tuple(sorted(NAMES.values()))
    return SignInPage(entrance)


class StillChairPage(ChairPage):
    """The chair's page that looks at no device of this machine."""

    def showEvent(self, event: QShowEvent | None) -> None:  # noqa: N802 -- Qt names it
        """Show what was given."""
        QWidget.showEvent(self, event)


def chair(stage: Stage) -> QWidget:
    """Return the chair's page with a pair of headphones."""
    made = StillChairPage(given(stage))
    made.check.headphones.show_sinks((USB,), USB)
    return made


def clinic(stage: Stage) -> QWidget:
    """Return the clinic's numbers."""
    return ClinicPage(given(stage))


def privacy(stage: Stage) -> QWidget:
    """Return what is kept, before anything is."""
    return PrivacyPage(given(stage))


def nobody(stage: Stage) -> QWidget:
    """Return the staff's page before there is anybody."""
    return StaffPage(given(stage))


def everybody(stage: Stage) -> QWidget:
    """Return the staff's page with three people, while one gets a new PIN."""
    staff_a_clinic(stage.folder.root)
    made = StaffPage(given(stage))
    stage.qtbot.waitUntil(lambda: bool(made.rows), timeout=PATIENCE_MS)
    made.change.ask("", "Nora")
    return made


def about(stage: Stage) -> QWidget:
    """Return the page about the program, with terms of two lines."""
    made = AboutPage(given(stage))
    made.parts = (TERMS,) * len(made.parts)
    made.box.setCurrentIndex(1)
    return made


SCREENS = (
    Screen("settings, look", whole, given=GIVEN),
    Screen("door", door, given=GIVEN),
    Screen("chair", chair, given=GIVEN),
    Screen("clinic", clinic, given=GIVEN, scrolls=True),
    Screen("privacy", privacy, given=GIVEN, scrolls=True),
    Screen("staff, nobody", nobody, given=GIVEN),
    Screen("staff, everybody", everybody, given=GIVEN, scrolls=True),
    Screen("about", about, given=GIVEN),
)
