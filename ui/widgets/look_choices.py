"""Language and text size: chosen by a touch, kept and shown at once."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget

from soundscape.folders import DataFolder
from soundscape.settings import Choice, write_settings
from ui.theme import GAP_PX, TEXT_PERCENTS, Role, apply_theme, read_look
from ui.widgets.card import Card
from ui.widgets.choices import Choices, TickButton
from ui.words import LANGUAGES, _, choose_language, language


class LookChoices(QWidget):
    """Two cards; ``spoken`` comes after the language has changed, for what is to be built anew.

    Parameters
    ----------
    folder : DataFolder
        The chair's data, whose settings are changed.
    """

    spoken = pyqtSignal()

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self._folder = folder
        self.language = Choices(_("Language"), LANGUAGES)
        self.text = Choices(_("Text size"), {str(p): f"{p} %" for p in TEXT_PERCENTS})
        self.easy = TickButton(_("Letters that are easier to tell apart"))
        self._lay_out()
        look = read_look(folder.settings)
        self.language.choose(language())
        self.text.choose(str(look.text_percent))
        self.easy.setChecked(look.easy_reading)
        self.language.chosen.connect(self._speak)
        self.text.chosen.connect(lambda percent: self._keep("text_percent", int(percent)))
        self.easy.toggled.connect(lambda on: self._keep("easy_reading", on))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX + 4)
        for caption, parts in (
            (_("Language"), (self.language,)),
            (_("Text size"), (self.text, self.easy)),
        ):
            card = Card(caption, Role.SECTION)
            for part in parts:
                card.body.addWidget(part)
            column.addWidget(card)

    def _keep(self, setting: str, choice: Choice) -> None:
        write_settings(self._folder.settings, {setting: choice})
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, read_look(self._folder.settings))

    def _speak(self, chosen: str) -> None:
        write_settings(self._folder.settings, {"language": chosen})
        choose_language({"language": chosen})
        self.spoken.emit()
