"""Where a session is to be heard: staff choose it, and nothing else is ever taken instead."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soundscape.engine.sinks import Sink, warning
from ui.sentences import translated
from ui.theme import GAP_PX, Color, Role
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import IconLabel, Label
from ui.words import _

LEAST_CHARS = 4
"""Of a device's name; it has all the room that is left."""


class Headphones(QWidget):
    """A choice among what is plugged in, and a calm word where the chosen one is not."""

    chosen = pyqtSignal(object)
    """A ``Sink``, by staff's own touch."""

    def __init__(self) -> None:
        super().__init__()
        self._sinks: tuple[Sink, ...] = ()
        self._wanted: Sink | None = None
        self.box = ChoiceBox(_("Headphones"))
        self.box.setMinimumContentsLength(LEAST_CHARS)
        self.box.setPlaceholderText(_("Choose"))
        self.says = Label("", Role.WARNING, wraps=True)
        self.says.hide()
        self._icon = IconLabel("headphones", Color.MUTED)
        row = self._row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self._icon)
        row.addWidget(self.box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX // 2)
        column.addLayout(row)
        column.addWidget(self.says)
        self.box.activated.connect(self._choose)
        self.show_sinks((), None)

    def add_beside(self, button: QWidget) -> None:
        """Put a button behind the choice."""
        self._row.addWidget(button)

    def show_sinks(self, sinks: tuple[Sink, ...], wanted: Sink | None) -> None:
        """Offer what is plugged in.

        What is wanted stays wanted while it is not there. Where nothing was ever chosen and
        there is one thing only, that is it.

        Parameters
        ----------
        sinks : tuple[Sink, ...]
            What is plugged in.
        wanted : Sink | None
            What staff chose last, at another time.
        """
        self._wanted = self._wanted or wanted
        if sinks != self._sinks or not self.box.count():
            popup = self.box.view()
            if popup is not None and popup.isVisible():
                return  # nothing moves under the finger; the next look comes soon
            self._sinks = sinks
            self._fill()
        self._tell()

    def ready(self) -> Sink | None:
        """Return what is chosen, if it is there and may be used."""
        chosen = self._chosen()
        return chosen if chosen in self._sinks and not chosen.why_not else None

    def _chosen(self) -> Sink | None:
        if self._wanted is None:
            return self._sinks[0] if len(self._sinks) == 1 else None
        there = (sink for sink in self._sinks if sink.name == self._wanted.name)
        return next(there, self._wanted)  # its title may have changed

    def _fill(self) -> None:
        chosen = self._chosen()
        self.box.clear()
        titles = [sink.title for sink in self._sinks]
        for sink in self._sinks:
            is_twin = titles.count(sink.title) > 1  # two of a kind are told apart by their place
            self.box.addItem(f"{sink.title} ({sink.name})" if is_twin else sink.title, sink)
        if chosen is not None and chosen not in self._sinks:
            self.box.addItem(chosen.title, chosen)
        self.box.setCurrentIndex(-1 if chosen is None else self._place_of(chosen))
        self.box.setEnabled(bool(self.box.count()))

    def _place_of(self, chosen: Sink) -> int:
        held = (self.box.itemData(place) for place in range(self.box.count()))
        return next(place for place, sink in enumerate(held) if sink == chosen)

    def _tell(self) -> None:
        words, chosen = "", self._chosen()
        if not self._sinks:
            words = _("No headphones found. Plug them in.")
        elif self._wanted is not None and chosen not in self._sinks:
            words = _("Not there. Plug them in, or choose others.")
        elif chosen is not None:
            words = translated(warning(chosen))
        self.says.setText(words)
        self.says.setVisible(bool(words))
        if self.ready() is not None:
            self._icon.show_icon("headphones", Color.SAGE)
        elif words:
            self._icon.show_icon("headphone-off", Color.STOP_TEXT)
        else:
            self._icon.show_icon("headphones", Color.MUTED)

    def _choose(self, place: int) -> None:
        self._wanted = self.box.itemData(place)
        self._tell()
        self.chosen.emit(self._wanted)
