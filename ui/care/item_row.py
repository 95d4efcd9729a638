"""One item of the checklist: how it stands by shape and word, and what answers it."""

from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from soundscape.visit.checklist import Row, Standing
from ui.care.fields import Field
from ui.care.words import ago_text, item_title, standing_text
from ui.theme import GAP_PX, Color, Role
from ui.widgets.labels import IconLabel, Label

_SHAPES = {
    Standing.UNMET: ("minus", Color.MUTED),
    Standing.WARN: ("triangle-alert", Color.AMBER),
    Standing.MET: ("check", Color.SAGE),
}


class Mark(QWidget):
    """A shape and a word: how something stands.

    Parameters
    ----------
    role : Role
        Of the word: large where it is what the page is about.
    """

    def __init__(self, role: Role = Role.CAPTION) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._icon = IconLabel("minus", Color.MUTED, size_px=22)
        self._word = Label("", role)
        row.addWidget(self._icon)
        row.addWidget(self._word, 1)
        self._standing: Standing | None = None

    def text(self) -> str:
        """Return the word."""
        return self._word.text()

    def say(self, standing: Standing, word: str) -> None:
        """Say how it stands."""
        self._word.setText(word)
        self.setAccessibleName(word)
        if standing is not self._standing:
            self._standing = standing
            self._icon.show_icon(*_SHAPES[standing])


class ItemRow(QWidget):
    """An item's name, how it stands, and its field.

    Parameters
    ----------
    field : Field
        What answers it.
    """

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.mark = Mark()
        self.title = Label(item_title(field.item), Role.BODY, wraps=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.mark)
        words.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP_PX)
        self._line.addLayout(words)
        self._line.addWidget(field)

    def show_row(self, row: Row) -> None:
        """Show how the item stands."""
        ago = ago_text(row.since_s)
        word = standing_text(row)
        covered = row.covered and row.standing is Standing.UNMET
        standing = Standing.WARN if covered else row.standing
        self.mark.say(standing, f"{word}, {ago}" if ago else word)

    def fit(self, *, narrow: bool) -> None:
        """Put the field under the name where it is narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if narrow else across)
        for place, share in enumerate((0, 0) if narrow else (1, 1)):
            self._line.setStretch(place, share)
