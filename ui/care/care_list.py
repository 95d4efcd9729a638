"""The follow-ups: due, overdue, done, declined."""

from collections.abc import Iterable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soundscape.visit.checklist import Standing
from soundscape.visit.entries import FollowUp
from ui.care.care import Care
from ui.care.cases import Due
from ui.care.item_row import Mark
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.card_page import CardPage
from ui.widgets.labels import Label, Rule
from ui.words import _, day_of

MOST_SHOWN = 60


class DueRow(QWidget):
    """One follow-up, with what can become of it.

    Parameters
    ----------
    due : Due
        Which.
    care : Care
        Keeps what became of it.
    """

    def __init__(self, due: Due, care: Care) -> None:
        super().__init__()
        self.due = due
        self._care = care
        self.mark = Mark()
        opens, closes = due.window()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(due.alias, Role.SECTION, wraps=True))
        between = _("{start} to {end}").format(
            start=f"{day_of(opens)} {opens:%H:%M}", end=f"{day_of(closes)} {closes:%H:%M}"
        )
        words.addWidget(Label(between, Role.CAPTION, wraps=True))
        words.addWidget(self.mark)
        self.rule = Rule()
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.rule)
        column.addLayout(row)
        self.buttons = {
            FollowUp.DONE: Button(_("Done")), FollowUp.DECLINED: Button(_("Declined")),
        }  # fmt: skip
        for state, button in self.buttons.items():
            button.setAccessibleName(f"{due.alias}: {button.text()}")
            button.clicked.connect(lambda _on=False, state=state: care.settle(due, str(state)))
            button.setVisible(due.follow_up.state == FollowUp.DUE)
            row.addWidget(button)
        self.follow()

    def follow(self) -> None:
        """Look at the clock: a follow-up becomes due, then overdue."""
        opens, closes = self.due.window()
        state = self.due.follow_up.state
        if state == FollowUp.DONE:
            self.mark.say(Standing.MET, _("Done"))
        elif state == FollowUp.DECLINED:
            self.mark.say(Standing.MET, _("Declined"))
        elif self._care.at >= closes:
            self.mark.say(Standing.WARN, _("Overdue"))
        elif self._care.at >= opens:
            self.mark.say(Standing.UNMET, _("Due now"))
        else:
            self.mark.say(Standing.UNMET, _("Not yet due"))


class CareListPage(CardPage):
    """All follow-ups; what is due stands first.

    Parameters
    ----------
    care : Care
        Knows them.
    """

    left = pyqtSignal()

    def __init__(self, care: Care) -> None:
        super().__init__(_("Care list"))
        self._care = care
        self._shown: tuple[Due, ...] | None = None
        self.rows: list[DueRow] = []
        self.back = Button(_("Back"), icon_name="arrow-left")
        self.head.addWidget(self.back)
        nobody = _("Nobody is to be spoken with again. Each discharge adds a follow-up here.")
        self._nobody = Label(nobody, Role.MUTED, wraps=True)
        self._list = self.add_card("", self._nobody)
        self.back.clicked.connect(lambda _on=False: self.left.emit())
        care.changed.connect(self.show_dues)
        care.ticked.connect(self.follow)
        self.show_dues()

    def show_dues(self) -> None:
        """Show the follow-ups as they are known."""
        if self._care.dues == self._shown:
            return
        self._shown = self._care.dues
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [DueRow(due, self._care) for due in _in_order(self._shown)]
        for place, row in enumerate(self.rows):
            row.rule.setVisible(place > 0)
            self._list.body.addWidget(row)
        self._nobody.setVisible(not self.rows)

    def follow(self) -> None:
        """Look at the clock."""
        if self.isVisible():
            for row in self.rows:
                row.follow()


def _in_order(dues: Iterable[Due]) -> list[Due]:
    """Return what is due, the earliest first, then what is settled, the latest first."""
    sorted_dues = sorted(dues, key=lambda due: due.follow_up.opens_utc)
    waiting = [due for due in sorted_dues if due.follow_up.state == FollowUp.DUE]
    settled = [due for due in reversed(sorted_dues) if due.follow_up.state != FollowUp.DUE]
    return (waiting + settled)[:MOST_SHOWN]
