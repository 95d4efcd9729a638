"""Whether both sides of the headphones are heard: tones on asking, and two ticks by staff."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.words import _


class BothSides(QWidget):
    """What was heard of a tone left, then right; ``play``, which asks for it, stands elsewhere.

    Nobody is kept from beginning by it: headphones with one side may be what a patient needs.
    """

    asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.play = Button("", icon_name="ear", name=_("Try both sides"))
        self.play.setToolTip(_("Try both sides"))
        self.play.setProperty("action", "true")  # narrow
        self.left = Button(_("Left"))
        self.right = Button(_("Right"))
        self.says = Label("", Role.MUTED, wraps=True)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        for tick in (self.left, self.right):
            tick.setCheckable(True)
            tick.setProperty("action", "true")
            tick.toggled.connect(self._tell)
            row.addWidget(tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX // 2)
        column.addLayout(row)
        column.addWidget(self.says)
        self.play.clicked.connect(lambda _on=False: self.asked.emit())
        self._tell()
        self.hide()

    def forget(self) -> None:
        """Show that nothing was tried, as with other headphones."""
        for tick in (self.left, self.right):
            tick.setChecked(False)
        self.hide()

    def show_played(self) -> None:
        """Ask what was heard."""
        self.forget()
        self.show()

    def _tell(self) -> None:
        heard = (self.left.isChecked(), self.right.isChecked())
        words = {
            (True, True): _("Both sides are heard."),
            (True, False): _("The right side was not heard. Check the plug, or take others."),
            (False, True): _("The left side was not heard. Check the plug, or take others."),
        }
        one_side = heard in {(True, False), (False, True)}
        self.says.set_role(Role.WARNING if one_side else Role.MUTED)
        ask = _("A tone came left, then right. Tick what was heard.")
        self.says.setText(words.get(heard, ask))
