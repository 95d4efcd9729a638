"""A new preset of the clinic's own: its words, its picture, and where its music comes from."""

from dataclasses import dataclass

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from playlists.arcs import load_arcs
from playlists.presets import LONGEST_LINE, new_preset
from soundscape.errors import InvalidPlanError
from soundscape.folders import DataFolder
from ui.builder.wishes import PresetWish
from ui.sentences import translated
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.widgets.landscape import landscape
from ui.words import _, counted

WIDTH_PX, PICTURE_PX = 680, 200
EVERYTHING, SEARCHED, PICKED, PLANNED = "everything", "searched", "picked", "planned"


@dataclass(frozen=True, slots=True)
class Music:
    """Where a preset's music may come from.

    Attributes
    ----------
    search : str
        What is searched in the builder; may be empty.
    has_plan : bool
        A plan is shown, whose music may be taken.
    ids : tuple[int, ...]
        The tracks that were picked out on the map; may be empty.
    """

    search: str = ""
    has_plan: bool = False
    ids: tuple[int, ...] = ()


class PresetDialog(QDialog):
    """Asks for a preset; ``wished`` carries the ``PresetWish``.

    Parameters
    ----------
    folder : DataFolder
        The clinic's data.
    arc : str
        The arc that is chosen in the builder.
    offered : Music
        Where its music may come from.
    parent : QWidget
        The builder.
    """

    wished = pyqtSignal(PresetWish)

    def __init__(self, folder: DataFolder, arc: str, offered: Music, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder, self._arc, self._offered = folder, arc, offered
        self.title, self.line = QLineEdit(), QLineEdit()
        self.music = ChoiceBox(_("Its music"))
        self.refusal = Label("", Role.MUTED, wraps=True)
        self.keep = Button(_("Save"), Kind.PRIMARY, icon_name="save")
        self.cancel = Button(_("Cancel"), icon_name="x")
        self._picture = Label("", Role.BODY)
        self.setObjectName("window")
        self.setWindowTitle(_("Save as preset"))
        self.setMinimumWidth(WIDTH_PX)
        self.music.addItem(_("The whole library"), EVERYTHING)
        if offered.search.strip():
            words = _("What is searched: {words}").format(words=offered.search)
            self.music.addItem(words, SEARCHED)
        if offered.ids:
            picked = counted("{count} picked", "{count} picked", len(offered.ids))
            self.music.addItem(picked, PICKED)
        if offered.has_plan:
            self.music.addItem(_("What the plan plays"), PLANNED)
        self.music.setCurrentIndex(self.music.count() - 1)
        self._lay_out()
        self.title.textChanged.connect(self._follow)
        self.line.textChanged.connect(self._follow)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)
        self._follow()

    def wish(self) -> PresetWish:
        """Return what is asked for."""
        music = self.music.currentData()
        return PresetWish(
            title=self.title.text(),
            line=self.line.text(),
            arc=self._arc,
            search=self._offered.search if music == SEARCHED else "",
            from_plan=music == PLANNED,
            ids=self._offered.ids if music == PICKED else (),
        )

    def _lay_out(self) -> None:
        self.title.setPlaceholderText(_("as Low Tide"))
        self.line.setPlaceholderText(_("one plain sentence for the patient"))
        self.line.setMaxLength(LONGEST_LINE)
        self.title.setMaxLength(LONGEST_LINE // 3)
        self.title.setAccessibleName(_("Name"))
        self.line.setAccessibleName(_("Its line"))
        arc = _(load_arcs(self._folder.arcs)[self._arc].title)
        words = QVBoxLayout()
        words.setSpacing(6)
        fields = (
            (_("Name"), self.title),
            (_("Its line"), self.line),
            (_("Its music"), self.music),
        )
        for name, field in fields:
            words.addWidget(Label(name, Role.CAPTION))
            words.addWidget(field)
        words.addWidget(Label(_("Its arc is {arc}.").format(arc=arc), Role.MUTED))
        upper = QHBoxLayout()
        upper.setSpacing(2 * GAP_PX)
        upper.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(words, 1)
        actions = QHBoxLayout()
        actions.setSpacing(GAP_PX)
        actions.addStretch(1)
        actions.addWidget(self.cancel)
        actions.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 24, 28, 24)
        whole.setSpacing(2 * GAP_PX)
        whole.addLayout(upper)
        whole.addWidget(self.refusal)
        whole.addLayout(actions)

    def _follow(self) -> None:
        """Show the picture that the name will have, and why it cannot be saved as it is."""
        self.refusal.setText("")
        wish = self.wish()
        complete = bool(wish.title.strip() and wish.line.strip())
        self.keep.setEnabled(complete)
        try:
            made = new_preset(
                (wish.title, wish.line or "x"), wish.arc, self._folder, search="", tracks=()
            )
        except InvalidPlanError as error:
            self.keep.setEnabled(False)
            self.refusal.setText(translated(f"{error}.") if complete else "")
            return
        size = QSize(PICTURE_PX, PICTURE_PX)
        self._picture.setPixmap(QPixmap.fromImage(landscape(made.seed, made.color, size)))

    def _keep(self) -> None:
        self.wished.emit(self.wish())
        self.accept()
