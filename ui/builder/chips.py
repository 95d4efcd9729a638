"""Chips over the library: what is often searched, and searches that were saved under a name.

A chip only writes into the search line, so that there is one place that says what is shown.
"""

from collections.abc import Mapping

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QScroller, QSizePolicy, QWidget

from playlists.library.query import State, pieces
from ui.theme import GAP_PX
from ui.widgets.buttons import Button
from ui.words import _, counted


def filters() -> dict[str, str]:
    """Return what chips say, by the term of a search that each is."""
    return {
        State.INSTRUMENTAL: _("Instrumental"),
        State.CHECK: _("To be checked"),
        State.BEATLESS: _("Beatless"),
        State.APPROVED: _("Approved"),
        State.FAMILIAR: _("Familiar"),
        State.AVOID: _("Avoided"),
        State.MISSING: _("Missing"),
    }


def toggled(text: str, term: str) -> str:
    """Return a search with a term more, or without it where it had it."""
    parts = pieces(text)
    kept = [part for part in parts if part != term]
    return " ".join(kept if len(kept) < len(parts) else [*parts, term])


class ChipRow(QScrollArea):
    """A row of chips that moves sideways where it is too long.

    ``asked`` carries what is to be searched, ``editing`` the name of the saved search that is
    shown, empty where what is shown has none yet; ``unpicked`` asks for all tracks again.
    """

    asked = pyqtSignal(str)
    editing = pyqtSignal(str)
    unpicked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._saved: Mapping[str, str] = {}
        self.keep = Button(_("Save search…"), icon_name="bookmark")
        self.picked = Button("", icon_name="x")
        self.filters = {term: Button(title) for term, title in filters().items()}
        self.saved: dict[str, Button] = {}
        self._row = QHBoxLayout()
        self._set_up()
        self.show_text("")

    def show_saved(self, searches: Mapping[str, str]) -> None:
        """Show the searches that have a name."""
        self._saved = dict(searches)
        for button in self.saved.values():
            button.deleteLater()
        self.saved = {name: self._saved_chip(name) for name in self._saved}
        for number, button in enumerate(self.saved.values(), start=2):
            self._row.insertWidget(number, button)
        self.show_text(self._text)

    def show_picked(self, count: int | None) -> None:
        """Show how many tracks were picked out on the map; None takes the chip away."""
        self.picked.setVisible(count is not None)
        if count is not None:
            self.picked.say(counted("{count} picked", "{count} picked", count), "x")
            bar = self.horizontalScrollBar()
            if bar is not None:
                bar.setValue(0)
        self._fit()

    def show_text(self, text: str) -> None:
        """Light the chips that a search stands for."""
        self._text = text
        parts = pieces(text)
        for term, button in self.filters.items():
            button.setChecked(term in parts)
        shown = self.shown_name()
        for name, button in self.saved.items():
            button.setChecked(name == shown)
        self.keep.setVisible(bool(parts))
        self.keep.say(_("Change search…") if shown else _("Save search…"), "bookmark")
        self._fit()

    def shown_name(self) -> str:
        """Return the name of the search that is shown; empty where it has none."""
        parts = pieces(self._text)
        named = (name for name, query in self._saved.items() if parts and pieces(query) == parts)
        return next(named, "")

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Bring a chip that the keys reach into sight."""
        if isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the chips as wide as their words."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Move the row sideways by a wheel that turns up and down."""
        bar = self.horizontalScrollBar()
        if event is None or bar is None:
            return
        turned = event.angleDelta().x() or event.angleDelta().y()
        bar.setValue(bar.value() - turned)
        event.accept()

    def _fit(self) -> None:
        inside = self.widget()
        if inside is not None:  # a style sheet's least width would let the layout cut them
            inside.setMinimumWidth(self._row.sizeHint().width())

    def _set_up(self) -> None:
        inside = QWidget()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_PX)
        inside.setLayout(self._row)
        self._row.addWidget(self.picked)
        self._row.addWidget(self.keep)
        self.picked.hide()
        self.picked.clicked.connect(self.unpicked)
        self.keep.clicked.connect(lambda: self.editing.emit(self.shown_name()))
        for term, button in self.filters.items():
            button.setCheckable(True)
            button.clicked.connect(
                lambda _checked=False, term=term: self.asked.emit(toggled(self._text, term))
            )
            self._row.addWidget(button)
        self._row.addStretch(1)
        for button in (self.picked, self.keep, *self.filters.values()):
            self._take_in(button)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.horizontalScrollBar()
        if bar is not None:
            bar.setProperty("thin", "true")
        high = inside.sizeHint().height() + (bar.sizeHint().height() if bar is not None else 0)
        self.setFixedHeight(high + 2)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def _take_in(self, button: Button) -> None:
        """Let a chip be as wide as its words, and come into sight when the keys reach it."""
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.installEventFilter(self)

    def _saved_chip(self, name: str) -> Button:
        button = Button(name, icon_name="bookmark")
        button.setCheckable(True)
        button.setToolTip(self._saved[name])
        button.clicked.connect(lambda: self.asked.emit(self._saved[name]))
        self._take_in(button)
        return button
