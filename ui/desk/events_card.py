"""The card with what happened last, and the way to take it back."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout

from ui.bridge import Status
from ui.desk.actions import Action, ActionButton
from ui.desk.readings import event_text, span_text
from ui.theme import Color, Role, tabular
from ui.widgets.card import Card
from ui.widgets.labels import IconLabel, Label
from ui.words import _

SHOWN = 3


class EventsCard(Card):
    """The last three events, newest on top, with one undo; a mark shows what it takes back."""

    asked = pyqtSignal(str, dict)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Just now"))
        self.undo = ActionButton(Action("undo", _("Undo"), "undo-2"))
        self.undo.asked.connect(self.asked)
        self.marks = [IconLabel("undo-2", Color.MUTED, size_px=18) for _row in range(SHOWN)]
        self.lines = [
            (Label("", Role.MUTED), Label("", Role.BODY, wraps=True)) for _row in range(SHOWN)
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (moment, title) in enumerate(self.lines):
            moment.setFont(tabular(moment.font()))
            grid.addWidget(moment, row, 0)
            grid.addWidget(title, row, 1)
            grid.addWidget(self.marks[row], row, 2)
        grid.setRowStretch(SHOWN, 1)
        self.body.addLayout(grid, 1)
        self.body.addWidget(self.undo)

    def fit(self, *, snug: bool) -> None:
        """Write smaller where room is short: what stops a session is to be seen beside it."""
        for moment, title in self.lines:
            moment.set_role(Role.CAPTION if snug else Role.MUTED)
            title.set_role(Role.CAPTION if snug else Role.BODY)

    def show_status(self, status: Status) -> None:
        """Show the last events."""
        recent = sorted(status["recent"], key=lambda event: -float(event["t_s"]))[:SHOWN]
        can = frozenset(status["can"])
        marked = (event for event in recent if event["undoable"] and "undo" in can)
        undoable = next(marked, None)
        for row, (moment, title) in enumerate(self.lines):
            event = recent[row] if row < len(recent) else None
            moment.setText("" if event is None else span_text(event["t_s"]))
            title.setText("" if event is None else event_text(event))
            self.marks[row].setVisible(event is not None and event is undoable)
        if not recent:
            self.lines[0][0].setText(_("Nothing yet"))
        self.undo.follow(can if undoable else can - {"undo"})
        what = event_text(undoable) if undoable else ""
        self.undo.setAccessibleDescription(what)

    def show_lost(self) -> None:
        """Offer nothing, because nobody would hear it."""
        self.undo.setEnabled(False)
        for mark in self.marks:
            mark.hide()
