"""The pages of the settings, in their order: here a new one is plugged in.

A factory takes what the page is given and returns a widget; a ``Page`` is shown in an area that
scrolls. Its module is imported when it is first shown.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from PyQt6.QtWidgets import QWidget

from soundscape.clinic.roles import Action
from ui.settings.given import Given
from ui.words import _

Factory = Callable[[Given], QWidget]


def _shown_by(module: str, name: str) -> Factory:
    """Return a factory that imports its page only when it is shown."""

    def make(given: Given) -> QWidget:
        made: Factory = getattr(import_module(module), name)
        return made(given)

    return make


PAGES: tuple[tuple[str, Factory], ...] = (
    ("chair", _shown_by("ui.settings.chair_page", "ChairPage")),
    ("calibration", _shown_by("ui.settings.calibration_page", "CalibrationPage")),
    ("lights", _shown_by("ui.settings.lights_page", "LightsPage")),
    ("clinic", _shown_by("ui.settings.clinic_page", "ClinicPage")),
    ("look", _shown_by("ui.settings.look_page", "LookPage")),
    ("privacy", _shown_by("ui.settings.privacy_page", "PrivacyPage")),
    ("staff", _shown_by("ui.settings.staff_page", "StaffPage")),
    ("about", _shown_by("ui.settings.about_page", "AboutPage")),
)

NEEDS: Mapping[str, Action] = {
    "calibration": Action.MANAGE_DEVICES,
    "clinic": Action.MANAGE_DEVICES,
    "privacy": Action.SET_RETENTION,
    "staff": Action.MANAGE_PEOPLE,
    "lights": Action.MANAGE_DEVICES,
}
"""What somebody has to be allowed to do to see a page; all others are everybody's."""


def title_of(name: str) -> str:
    """Return what a page is called in the reader's language."""
    return {
        "chair": _("Chair and devices"),
        "calibration": _("Calibration"),
        "clinic": _("Routes and clinic"),
        "look": _("Look"),
        "privacy": _("Privacy"),
        "staff": _("Staff"),
        "lights": _("Lights"),
        "about": _("About"),
    }[name]
