"""How the windows look: language, text, motion, and what the patient's screen shows."""

from soundscape.settings import Choice, read_settings, write_settings
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.theme import Role
from ui.widgets.choices import Choices, TickButton
from ui.widgets.labels import Label
from ui.widgets.look_choices import LookChoices
from ui.words import _


class LookPage(SettingsPage):
    """Each choice is kept at once.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(
            _("Look"),
            _("Kept at once. Windows that are open keep their language until they open again."),
        )
        self._given = given
        self.look = LookChoices(given.folder)
        self.still = TickButton(_("Nothing moves by itself"))
        self.glow = Choices(
            _("Patient's screen"),
            {"off": _("Black"), "ember": _("Ember"), "moss": _("Moss")},
        )
        self.add(self.look)
        breath = _("A glow on the patient's screen breathes slowly; with this it stands still.")
        self.add_card(_("Motion"), self.still, Label(breath, Role.MUTED, wraps=True))
        dark = _("What the patient may see during a session, when the screen is opened next.")
        self.add_card(_("Patient's screen"), self.glow, Label(dark, Role.MUTED, wraps=True))
        said = read_settings(given.folder.settings)
        self.still.setChecked(said.get("reduced_motion") is True)
        self.glow.choose(str(said.get("kiosk_glow", "off")))
        self.look.spoken.connect(given.rebuild)
        self.still.toggled.connect(lambda on: self._keep("reduced_motion", on))
        self.glow.chosen.connect(lambda glow: self._keep("kiosk_glow", glow))

    def _keep(self, setting: str, choice: Choice) -> None:
        write_settings(self._given.folder.settings, {setting: choice})
