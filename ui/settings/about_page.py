"""What this program is, and under which terms it and its parts may be used."""

from PyQt6.QtCore import Qt

from ui.settings.given import Given
from ui.settings.licences import Part, assets, packages, product
from ui.settings.page import SettingsPage
from ui.theme import Role
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.words import _


class AboutPage(SettingsPage):
    """Version, what it is not, and the terms of every part.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        whole = product()
        super().__init__(
            _("About"),
            _("Timed, calm sound for the treatment chair. It gives no advice and judges nothing."),
        )
        self._given = given
        self.parts: tuple[Part, ...] = (whole, *packages(), *assets())
        self.box = ChoiceBox(_("Part"))
        for part in self.parts:
            self.box.addItem(" ".join(filter(None, (part.name, part.version, part.licence))))
        self.text = Label("", Role.CAPTION, wraps=True)
        self.text.setAccessibleName(_("Text of the license"))
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        version = _("Version {version}, free software under {licence}.")
        said = version.format(version=whole.version, licence=whole.licence)
        self.add_card(whole.name, Label(said, Role.BODY, wraps=True))
        line = _("This program, the packages that it needs, and what ships with it.")
        self.add_card(_("Licenses"), Label(line, Role.MUTED, wraps=True), self.box, self.text)
        self.box.currentIndexChanged.connect(self._show)
        self._show(0)

    def _show(self, place: int) -> None:
        text = self.parts[place].text
        self.text.setText(text or _("Its text does not come with the package."))
        self.settle()
