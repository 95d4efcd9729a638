"""The patient's page: the cards, the quieter choices, the text's size, and one button."""

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from playlists.presets import Preset
from ui.presets.cards import Choice, PresetCard, QuietChoice
from ui.presets.choice import NURSE_CHOOSES
from ui.presets.grid import CardGrid
from ui.theme import GAP_PX, PATIENT_TARGET_PX, TEXT_PERCENTS, Look, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.words import _

CARDS_AT_MOST = 4
"""A few, because choosing is work; four fit every tablet without scrolling."""
SIDE_MARGINS_PX = {1200: 56, 680: 40, 0: 20}
"""Margin by the least width that affords it, at the usual text size."""


class Chooser(QWidget):
    """Shows what can be chosen and says what was.

    ``touched`` carries a preset's name, or nothing for a choice without sound, each time one is
    touched; ``confirmed`` the name that was chosen, ``NURSE_CHOOSES`` for the nurse;
    ``look_changed`` the look the patient asked for.
    """

    touched = pyqtSignal(str)
    confirmed = pyqtSignal(str)
    look_changed = pyqtSignal(Look)

    def __init__(self, presets: Sequence[Preset], silent: frozenset[str], look: Look) -> None:
        super().__init__()
        self.look = look
        self._names: dict[Choice, str] = {}
        self._heading = Label(_("How would you like today to sound?"), Role.HEADING, wraps=True)
        self._line = Label("", wraps=True)
        self._line.setProperty("patient", "true")
        self.text_size = Button("", Kind.PLAIN, icon_name="a-large-small", name=_("Text size"))
        self.confirm = Button(_("This one feels right"), Kind.PRIMARY)
        self._group = QButtonGroup(self)
        self._grid = CardGrid(self)
        self._scroll = QScrollArea(self)
        self._footer = QVBoxLayout()
        music = [preset for preset in presets if preset.name not in silent][:CARDS_AT_MOST]
        self.cards = [PresetCard(preset, look, self) for preset in music]
        self.quiet = self._quiet_choices([p for p in presets if p.name in silent])
        self._lay_out()
        self._wire()
        self.show_audible({card.preset.name for card in self.cards})
        self.show_chosen(None)

    @property
    def columns(self) -> int:
        """How many cards stand in a row."""
        return self._grid.columns

    def choices(self) -> list[Choice]:
        """Return all that can be chosen, in the order of the keyboard."""
        return list(self._names)

    def chosen(self) -> str | None:
        """Return the name chosen, None while there is none."""
        button = self._group.checkedButton()
        return self._names[button] if isinstance(button, Choice) else None

    def show_chosen(self, name: str | None) -> None:
        """Mark a choice, or none."""
        self._group.setExclusive(False)
        for choice, its_name in self._names.items():
            choice.setChecked(its_name == name)
        self._group.setExclusive(True)
        self.confirm.setEnabled(self.chosen() is not None)

    def show_heard(self, name: str, fraction: float) -> None:
        """Show how much of a preset's excerpt has been heard (0-1); below 0 it has ended."""
        for card in self.cards:
            if card.preset.name == name:
                card.set_heard(None if fraction < 0.0 else fraction)

    def show_audible(self, names: set[str]) -> None:
        """Invite to listen only where there is something to hear."""
        for card in self.cards:
            card.set_audible(card.preset.name in names)
        listen = _("Touch a card to hear twenty seconds. You can change your mind until we begin.")
        choose = _("Touch a card to choose. You can change your mind until we begin.")
        self._line.setText(listen if names else choose)

    def set_look(self, look: Look) -> None:
        """Change the text's size."""
        self.look = look
        for choice in self._names:
            choice.set_look(look)
        self._reflow()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay everything out for the new size."""
        super().resizeEvent(event)
        self._reflow()

    def _quiet_choices(self, silent: Sequence[Preset]) -> list[QuietChoice]:
        nurse = QuietChoice(_("My nurse can choose for me"), "hand-heart", self.look, self)
        quiet = [nurse]
        names = [NURSE_CHOOSES]
        for preset in silent:
            title = _("Only a soft sound") if preset.bed else _("No music today")
            choice = QuietChoice(title, "waves" if preset.bed else "leaf", self.look, self)
            choice.setAccessibleDescription(_(preset.line))
            quiet.append(choice)
            names.append(preset.name)
        self._names = {card: card.preset.name for card in self.cards}
        self._names |= dict(zip(quiet, names, strict=True))
        return quiet

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self._heading)
        words.addWidget(self._line)
        words.addStretch(1)
        header = QHBoxLayout()
        header.addLayout(words, 1)
        self.text_size.setFixedSize(PATIENT_TARGET_PX, PATIENT_TARGET_PX)
        self.text_size.setIconSize(QSize(40, 40))
        self.text_size.setProperty("ends", "true")
        header.addWidget(self.text_size, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.take(self.cards)
        self._scroll.setWidget(self._grid)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self._scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._footer.setSpacing(GAP_PX)
        self._column = QVBoxLayout(self)
        self._column.addLayout(header)
        self._column.addWidget(self._scroll, 1)
        self._column.addLayout(self._footer)
        self.confirm.setMinimumSize(PATIENT_TARGET_PX, PATIENT_TARGET_PX)

    def _wire(self) -> None:
        for choice in self._names:
            self._group.addButton(choice)
            choice.clicked.connect(self._touch)
        self.confirm.clicked.connect(self._confirm)
        self.text_size.clicked.connect(self._next_look)

    def _touch(self) -> None:
        self.confirm.setEnabled(True)
        name = self.chosen()
        self.touched.emit(name or "")

    def _confirm(self) -> None:
        name = self.chosen()
        if name is not None:
            self.confirmed.emit(name)

    def _next_look(self) -> None:
        place = TEXT_PERCENTS.index(self.look.text_percent) + 1
        percent = TEXT_PERCENTS[place % len(TEXT_PERCENTS)]
        self.text_size.setAccessibleDescription(_("{count} percent").format(count=percent))
        self.look_changed.emit(replace(self.look, text_percent=percent))

    def _reflow(self) -> None:
        """Lay out for the size: what explains the cards gives way where they would not fit."""
        side = next(
            margin
            for least, margin in SIDE_MARGINS_PX.items()
            if self.width() >= least * self.look.text_percent / 100.0
        )
        self._column.setContentsMargins(side, 28, side, 24)
        self._column.setSpacing(18)
        self._lay_out_footer(self.width() - 2 * side)
        bar = Qt.ScrollBarPolicy
        self._scroll.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOff)
        for explained in (True, False):
            self._line.setVisible(explained)
            self._column.activate()
            if self._grid.arrange(self._scroll.contentsRect().size()):
                return
        self._scroll.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOn)
        room = self._scroll.contentsRect().adjusted(0, 0, -self._scroll_bar_px(), 0)
        self._grid.arrange(room.size())

    def _scroll_bar_px(self) -> int:
        scroll_bar = self._scroll.verticalScrollBar()
        return scroll_bar.sizeHint().width() if scroll_bar is not None else 0

    def _lay_out_footer(self, width: int) -> None:
        """Put the quieter choices and the button into as few rows as cut no word."""
        while item := self._footer.takeAt(0):
            if old := item.layout():
                old.deleteLater()
        rows = self._rows(width)
        for widgets in rows:
            row = QHBoxLayout()
            row.setSpacing(GAP_PX)
            for widget in widgets:
                if widget is self.confirm and len(rows) == 1:
                    row.addStretch(1)
                row.addWidget(widget, 0 if len(rows) == 1 else widget.sizeHint().width())
            self._footer.addLayout(row)

    def _rows(self, width: int) -> list[list[QWidget]]:
        rows: list[list[QWidget]] = [[]]
        left = width
        for widget in (*self.quiet, self.confirm):
            needed = widget.sizeHint().width()
            if needed > left and rows[-1]:
                rows.append([])
                left = width
            rows[-1].append(widget)
            left -= needed + GAP_PX
        return rows
