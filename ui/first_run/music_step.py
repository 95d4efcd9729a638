"""The second step: where the music is; it is looked through while the other steps are taken."""

from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from ui.first_run.collecting import Collecting
from ui.first_run.step import Step
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.words import _


class MusicStep(Step):
    """A folder of the clinic's own, or sounds that are made here.

    Parameters
    ----------
    collecting : Collecting
        Does it behind the steps.
    """

    def __init__(self, collecting: Collecting) -> None:
        super().__init__(
            _("Where is the music?"),
            _("Files stay where they are. Looking through them goes on while you go on."),
        )
        self._collecting = collecting
        self.choose = Button(_("Choose a folder"), icon_name="folder-plus")
        self.starter = Button(_("Make the starter sounds"), icon_name="sparkles")
        self.cancel = Button(_("Cancel"), icon_name="x")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.says = Label("", Role.BODY, wraps=True)
        own = _("A folder on this machine or on a share; what is in it is measured once.")
        self.add_card(_("Your own"), Label(own, Role.MUTED, wraps=True)).add_acts(self.choose)
        made = _("There is no music of your own yet? These need no license and no network.")
        card = self.add_card(_("Starter sounds"), Label(made, Role.MUTED, wraps=True))
        card.add_acts(self.starter)
        self.add(self._progress())
        self.choose.clicked.connect(self._ask)
        self.starter.clicked.connect(self._make)
        self.cancel.clicked.connect(collecting.stop)
        collecting.told.connect(self._show)
        self._show(collecting.words, collecting.share)

    def take(self, path: Path) -> None:
        """Look through a folder."""
        self.act()
        self._collecting.add(path)

    def _progress(self) -> QWidget:
        self._place = QWidget()
        row = QHBoxLayout(self._place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self.says, 2)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        return self._place

    def _show(self, words: str, share: float) -> None:
        busy = self._collecting.is_busy and share < 1.0
        self.says.setText(words)
        self._place.setVisible(bool(words))
        self.bar.setRange(0, 0 if share < 0.0 else 1000)
        self.bar.setValue(round(1000.0 * max(share, 0.0)))
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy and share >= 0.0)
        for button in (self.choose, self.starter):
            button.setEnabled(not busy)

    def _make(self) -> None:
        self.act()
        self._collecting.make_starter()

    def _ask(self) -> None:
        """Ask for a folder without a loop of its own, so that everything behind goes on."""
        dialog = QFileDialog(self, _("Choose a folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda chosen: self.take(Path(chosen)))
        dialog.open()
