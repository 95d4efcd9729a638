"""What belongs to a chair: its headphones, its data, and the first steps once more."""

from PyQt6.QtCore import QProcess
from PyQt6.QtGui import QHideEvent, QShowEvent

from ui.desk.headphones_check import HeadphonesCheck
from ui.program import words_for
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.words import _


class ChairPage(SettingsPage):
    """Headphones are kept at once; a session that runs keeps its own.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(
            _("Chair and devices"),
            _("Kept at once. A session that runs keeps the headphones that it began with."),
        )
        self._given = given
        self.check = HeadphonesCheck(given.folder, given.clock)
        self.again = Button(_("First steps"), icon_name="undo-2")
        self.add_card(_("Headphones"), self.check)
        place = _("The data of this chair lies in {folder}.").format(folder=given.folder.root)
        self.add_card(_("Data"), Label(place, Role.BODY, wraps=True))
        line = _("Language, music, headphones, people and a demo, one after another.")
        self.add_card(_("Once more"), Label(line, Role.MUTED, wraps=True)).add_acts(self.again)
        self.again.clicked.connect(self._begin_again)

    def showEvent(self, event: QShowEvent | None) -> None:
        """See what is plugged in while the page is shown."""
        super().showEvent(event)
        self.check.watch()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Look no more."""
        super().hideEvent(event)
        self.check.rest()

    def _begin_again(self) -> None:
        program, *words = words_for(self._given.folder, "--role", "first-run")
        QProcess.startDetached(program, words)
