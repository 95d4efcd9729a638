"""The therapist's word on tracks: it stands above what was measured, and is kept beside it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from playlists.library.ratings import Said
from playlists.models import Rating, Track
from soundscape.media.plain import cleaned
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper
from ui.words import _, counted, localized

WIDTH_PX, LONGEST = 680, 200
HUNDREDTHS = range(101)

T = TypeVar("T")


class RatingDialog(QDialog):
    """Asks what is heard in tracks; ``said`` carries a ``Said`` with what was changed, no more.

    What several tracks differ in is shown as if nobody had said it, and stays as it is until it
    is touched.

    Parameters
    ----------
    tracks : Sequence[Track]
        The first of them, or all.
    count : int
        How many there are.
    parent : QWidget
        The builder.
    """

    said = pyqtSignal(Said)

    def __init__(self, tracks: Sequence[Track], count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.voice = ChoiceBox(_("Voice"))
        self.measured = Button(_("As measured"))
        self.energy = Stepper(
            _("Energy"), HUNDREDTHS, lambda value: localized(f"{value / 100:.2f}")
        )
        self.avoid = Button(_("Avoid"), icon_name="ban")
        self.familiar = Button(_("Familiar"), icon_name="music")
        self.tags, self.licence, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.keep = Button(_("Save"), Kind.PRIMARY, icon_name="save")
        self.cancel = Button(_("Cancel"), icon_name="x")
        self.setObjectName("window")
        self.setWindowTitle(_("Your word"))
        self.setMinimumWidth(WIDTH_PX)
        self._set_up()
        self._show(_alike([track.rating for track in tracks]))
        self.energy.set_value(round(100.0 * float(np.mean([one.energy for one in tracks]))))
        self._before = self._shown()
        self._lay_out(
            counted("{count} track", "{count} tracks", count) if count > 1 else tracks[0].title
        )
        self._follow()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Let no button be narrower than its words; the theme alone would allow it."""
        for button in (self.measured, self.avoid, self.familiar):
            button.setMinimumWidth(button.sizeHint().width())
        layout = self.layout()
        if layout is not None:  # what breaks into more lines needs more room below
            width = max(self.width(), layout.minimumSize().width())
            self.resize(width, max(self.height(), layout.totalHeightForWidth(width)))
        super().showEvent(event)

    def change(self) -> Said:
        """Return what was changed; what nobody touched stays as it is."""
        before, now = self._before, self._shown()
        instrumental = _changed(before.instrumental, now.instrumental)
        energy = _changed(before.energy, now.energy)
        unsaid = {
            name
            for name in ("instrumental", "energy")
            if getattr(now, name) is None and getattr(before, name) is not None
        }
        return Said(
            instrumental=instrumental,
            energy=energy,
            avoid=_changed(before.avoid, now.avoid),
            familiar=_changed(before.familiar, now.familiar),
            licence=_changed(before.licence, now.licence),
            source=_changed(before.source, now.source),
            tags=now.tags - before.tags,
            without_tags=before.tags - now.tags,
            unsaid=frozenset(unsaid),
        )

    def _set_up(self) -> None:
        for title, value in (
            (_("As measured"), None),
            (_("Nobody sings or speaks"), True),
            (_("Somebody sings or speaks"), False),
        ):
            self.voice.addItem(title, value)
        for toggle in (self.measured, self.avoid, self.familiar):
            toggle.setCheckable(True)
        for field, name, example in (
            (self.tags, _("Tags, with commas between"), _("as harp, mood:calm, faith:hymn")),
            (self.licence, _("Licence"), _("as CC0, or whom the clinic pays")),
            (self.source, _("Source"), _("as the album, or the address it is from")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(example)
            field.setMaxLength(LONGEST)
        self.measured.clicked.connect(self._follow)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self, title: str) -> None:
        toggles, actions = QHBoxLayout(), QHBoxLayout()
        for row in (toggles, actions):
            row.setSpacing(GAP_PX)
        toggles.addWidget(self.avoid, 1)
        toggles.addWidget(self.familiar, 1)
        actions.addStretch(1)
        actions.addWidget(self.cancel)
        actions.addWidget(self.keep)
        fields = QGridLayout()
        fields.setHorizontalSpacing(GAP_PX)
        fields.setVerticalSpacing(6)
        fields.setColumnStretch(0, 1)
        fields.setColumnStretch(1, 1)
        fields.addWidget(Label(_("Voice"), Role.CAPTION), 0, 0)
        fields.addWidget(self.voice, 1, 0)
        fields.addLayout(toggles, 1, 1)
        fields.addWidget(Label(_("Energy"), Role.CAPTION), 2, 0)
        fields.addWidget(self.measured, 3, 0)
        fields.addWidget(self.energy, 3, 1)
        fields.addWidget(Label(self.tags.accessibleName(), Role.CAPTION), 4, 0, 1, 2)
        fields.addWidget(self.tags, 5, 0, 1, 2)
        fields.addWidget(Label(_("Licence"), Role.CAPTION), 6, 0)
        fields.addWidget(self.licence, 7, 0)
        fields.addWidget(Label(_("Source"), Role.CAPTION), 6, 1)
        fields.addWidget(self.source, 7, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 24, 28, 24)
        whole.setSpacing(GAP_PX)
        whole.addWidget(Label(title, Role.TITLE, wraps=True))
        whole.addWidget(
            Label(_("It stands above what was measured, which is kept."), Role.MUTED, wraps=True)
        )
        whole.addLayout(fields)
        whole.addStretch(1)
        whole.addLayout(actions)

    def _show(self, rating: Rating) -> None:
        self.voice.setCurrentIndex(self.voice.findData(rating.instrumental))
        self.measured.setChecked(rating.energy is None)
        self.avoid.setChecked(rating.avoid)
        self.familiar.setChecked(rating.familiar)
        self.tags.setText(", ".join(sorted(rating.tags)))
        self.licence.setText(rating.licence)
        self.source.setText(rating.source)

    def _shown(self) -> Rating:
        """Return what the fields say."""
        tags = frozenset(map(cleaned, self.tags.text().split(",")))
        return Rating(
            instrumental=self.voice.currentData(),
            energy=None if self.measured.isChecked() else self.energy.value() / 100.0,
            tags=tags - {""},
            avoid=self.avoid.isChecked(),
            licence=cleaned(self.licence.text()),
            familiar=self.familiar.isChecked(),
            source=cleaned(self.source.text()),
        )

    def _follow(self) -> None:
        self.energy.setEnabled(not self.measured.isChecked())

    def _keep(self) -> None:
        change = self.change()
        if change:
            self.said.emit(change)
        self.accept()


def _alike(ratings: Sequence[Rating]) -> Rating:
    """Return what ratings say alike; where they differ, nothing is said."""

    def all_of(value: Callable[[Rating], T], nothing: T) -> T:
        found = {value(rating) for rating in ratings}
        return found.pop() if len(found) == 1 else nothing

    return Rating(
        instrumental=all_of(lambda rating: rating.instrumental, None),
        energy=all_of(lambda rating: rating.energy, None),
        tags=frozenset.intersection(*(rating.tags for rating in ratings)),
        avoid=all_of(lambda rating: rating.avoid, nothing=False),
        licence=all_of(lambda rating: rating.licence, ""),
        familiar=all_of(lambda rating: rating.familiar, nothing=False),
        source=all_of(lambda rating: rating.source, ""),
    )


def _changed(before: T, now: T) -> T | None:
    return None if now == before else now
