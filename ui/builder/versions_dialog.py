"""The versions of a clinic's preset: who left it so, and when; an older one can be had again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.sentences import translated
from ui.theme import GAP_PX, TARGET_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.words import _

if TYPE_CHECKING:  # to load it takes seconds, which the first sight of the window would wait for
    from ui.builder.shelves import PresetVersion

WIDTH_PX, HEIGHT_PX = 640, 560
_NUMBER = int(Qt.ItemDataRole.UserRole)


def version_text(version: "PresetVersion") -> str:
    """Return in one line when a version was made, by whom, and what became of it."""
    moment = datetime.fromisoformat(version.wall_time).astimezone()
    who = version.who or _("nobody named")
    words = _("{day} {time}, {who}").format(
        day=moment.strftime(_("%d %b %Y")), time=f"{moment:%H:%M}", who=who
    )
    if version.is_gone:
        return _("{words}: removed").format(words=words)
    return _("{words}: in use now").format(words=words) if version.is_now else words


class VersionsDialog(QDialog):
    """Shows versions; ``asked`` names a preset to show, ``wanted`` a version to have again."""

    asked = pyqtSignal(str)
    wanted = pyqtSignal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.preset = ChoiceBox(_("Preset"))
        self.list = QListWidget()
        self.state = Label(_("Looking for versions…"), Role.MUTED, wraps=True)
        self.open_it = Button(_("Use this one again"), Kind.PRIMARY, icon_name="history")
        self.close_it = Button(_("Close"), icon_name="x")
        self.setObjectName("window")
        self.setWindowTitle(_("Versions of presets"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._lay_out()
        self.preset.currentIndexChanged.connect(
            lambda: self.asked.emit(self.preset.currentData() or "")
        )
        self.list.currentItemChanged.connect(self._follow)
        self.open_it.clicked.connect(self._open)
        self.close_it.clicked.connect(self.reject)
        self._follow()

    def show_presets(self, titles: Mapping[str, str]) -> None:
        """Offer the clinic's own presets."""
        self.preset.setVisible(bool(titles))
        for name, title in titles.items():
            self.preset.addItem(title, name)
        if not titles:
            self.state.setText(
                _("There is no preset of your own yet; save one and its versions are kept here.")
            )

    def show_versions(self, versions: "Sequence[PresetVersion]") -> None:
        """Show a preset's versions, the newest first."""
        self.list.clear()
        for version in versions:
            item = QListWidgetItem(version_text(version))
            item.setData(_NUMBER, version.number)
            item.setToolTip(translated(version.what))
            if version.is_gone or version.is_now:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.state.setText(_("What was in use stays in the list; nothing is lost."))
        self._follow()

    def _lay_out(self) -> None:
        self.list.setAccessibleName(_("Versions"))
        self.list.setWordWrap(True)
        self.list.setStyleSheet(f"QListWidget::item {{ min-height: {TARGET_PX}px; }}")
        actions = QHBoxLayout()
        actions.setSpacing(GAP_PX)
        actions.addStretch(1)
        actions.addWidget(self.close_it)
        actions.addWidget(self.open_it)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 24, 28, 24)
        whole.setSpacing(GAP_PX)
        whole.addWidget(Label(_("Versions of presets"), Role.TITLE))
        whole.addWidget(self.preset)
        whole.addWidget(self.state)
        whole.addWidget(self.list, 1)
        whole.addLayout(actions)

    def _follow(self) -> None:
        self.open_it.setEnabled(self.list.currentItem() is not None)

    def _open(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.wanted.emit(self.preset.currentData(), item.data(_NUMBER))
