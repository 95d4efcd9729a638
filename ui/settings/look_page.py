"""How the windows look: language, text, motion, and what the patient's screen shows."""

from PyQt6.QtWidgets import QApplication

from soundscape.settings import Choice, read_settings, write_settings
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.theme import TEXT_PERCENTS, Role, apply_theme, read_look
from ui.widgets.choices import Choices, TickButton
from ui.widgets.labels import Label
from ui.words import LANGUAGES, _, choose_language, language


class LookPage(SettingsPage):
    """Each choice is kept and shown at once.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(_("Look"), _("Kept at once, for every window of this chair."))
        self._given = given
        self.language = Choices(_("Language"), LANGUAGES)
        self.text = Choices(_("Text size"), {str(p): f"{p} %" for p in TEXT_PERCENTS})
        self.easy = TickButton(_("Letters that are easier to tell apart"))
        self.still = TickButton(_("Nothing moves by itself"))
        self.glow = Choices(
            _("Patient's screen"),
            {"off": _("Black"), "ember": _("Ember"), "moss": _("Moss")},
        )
        self._lay_out()
        self._show()
        self._wire()

    def _lay_out(self) -> None:
        later = _("Windows that are open keep their language until they are opened again.")
        self.add_card(_("Language"), self.language, Label(later, Role.MUTED, wraps=True))
        self.add_card(_("Text size"), self.text, self.easy)
        breath = _("A glow on the patient's screen breathes slowly; with this it stands still.")
        self.add_card(_("Motion"), self.still, Label(breath, Role.MUTED, wraps=True))
        dark = _("What the patient may see during a session, when the screen is opened next.")
        self.add_card(_("Patient's screen"), self.glow, Label(dark, Role.MUTED, wraps=True))

    def _show(self) -> None:
        said = read_settings(self._given.folder.settings)
        look = read_look(self._given.folder.settings)
        self.language.choose(language())
        self.text.choose(str(look.text_percent))
        self.easy.setChecked(look.easy_reading)
        self.still.setChecked(said.get("reduced_motion") is True)
        self.glow.choose(str(said.get("kiosk_glow", "off")))

    def _wire(self) -> None:
        self.language.chosen.connect(self._speak)
        self.text.chosen.connect(lambda percent: self._keep("text_percent", int(percent)))
        self.easy.toggled.connect(lambda on: self._keep("easy_reading", on))
        self.still.toggled.connect(lambda on: self._keep("reduced_motion", on))
        self.glow.chosen.connect(lambda glow: self._keep("kiosk_glow", glow))

    def _keep(self, setting: str, choice: Choice) -> None:
        write_settings(self._given.folder.settings, {setting: choice})
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, read_look(self._given.folder.settings))

    def _speak(self, chosen: str) -> None:
        self._keep("language", chosen)
        choose_language({"language": chosen})
        self._given.rebuild()
