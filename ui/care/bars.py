"""One line of the desk for the visit: what is open or due, and who works here."""

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from soundscape.visit.entries import EntryKind
from ui.care.care import Care
from ui.care.notes_card import TAKEN
from ui.care.words import vitals_text
from ui.theme import GAP_PX, Color, Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import IconLabel, Label
from ui.words import _, counted


class Bar(QWidget):
    """Says what is open or due as long as it is shown, and asks for what was touched.

    Parameters
    ----------
    care : Care
        Knows it.
    """

    asked = pyqtSignal(str)
    """``checklist``, ``visit``, ``list`` or ``lock``."""

    def __init__(self, care: Care) -> None:
        super().__init__()
        self._care = care
        care.changed.connect(self.follow)
        care.ticked.connect(self._tick)

    def follow(self) -> None:
        """Show what is known."""
        raise NotImplementedError

    def _tick(self) -> None:
        if self.isVisible():
            self.follow()


class StartBar(Bar):
    """Beside a new session: its checklist, the visit before, the care list, the lock."""

    def __init__(self, care: Care) -> None:
        super().__init__(care)
        self._columns = 4
        self.buttons = {
            "checklist": Button(_("Checklist"), icon_name="list"),
            "visit": Button(_("Recovery")),
            "list": Button(_("Care list")),
            "lock": Button(_("Sign in"), icon_name="lock"),
        }
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_PX)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=name: self.asked.emit(name))
            button.setParent(self)  # none is a window, which would be hidden
        self.follow()

    def minimumSizeHint(self) -> QSize:
        """Return what two buttons beside each other need: more rows are better than none."""
        shown = self._shown()
        widest = max(button.sizeHint().width() for button in shown)
        rows = -(-len(shown) // self._columns)
        height = rows * shown[0].minimumSizeHint().height() + (rows - 1) * GAP_PX
        return QSize(2 * widest + GAP_PX, height)

    def sizeHint(self) -> QSize:
        """Return what all buttons in one line need."""
        return QSize(self._needed(), self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the buttons into two columns where their words do not fit into one line."""
        self._place()
        super().resizeEvent(event)

    def _shown(self) -> list[Button]:
        return [button for button in self.buttons.values() if not button.isHidden()]

    def _needed(self) -> int:
        return sum(button.sizeHint().width() + GAP_PX for button in self._shown()) - GAP_PX

    def _place(self) -> None:
        shown = self._shown()
        self._columns = len(shown) if self._needed() <= self.width() else 2
        in_line = self._columns == len(shown)
        self._grid.setColumnStretch(0, 1 if in_line else 0)  # a line stands at the right
        for column in range(len(self.buttons)):
            self._grid.setColumnStretch(column + 1, 0 if in_line or column > 1 else 1)
        for index, button in enumerate(shown):
            self._grid.addWidget(button, index // self._columns, index % self._columns + 1)
        self.updateGeometry()

    def follow(self) -> None:
        """Show what is open."""
        care = self._care
        case = care.preparing
        count = None if case is None else len(care.list_of(case).open)
        text = _("Checklist") if count is None else _("Checklist: ready")
        if count:
            text = counted("Checklist: {count} open", "Checklist: {count} open", count)
        self.buttons["checklist"].say(text, "list")
        comes_next = "lock" if care.is_locked else "" if count == 0 else "checklist"
        for name in ("checklist", "lock"):
            self.buttons[name].set_kind(Kind.NEXT if name == comes_next else Kind.QUIET)
        underway = care.underway
        is_here = underway is not None and underway.visit.discharged is None
        self.buttons["visit"].setVisible(is_here)
        due = sum(each.is_open(care.at) for each in care.dues)
        self.buttons["list"].say(
            counted("Care list: {count} due", "Care list: {count} due", due)
            if due
            else _("Care list"),
            "",
        )
        show_lock(self.buttons["lock"], care)
        self._place()


class LiveBar(Bar):
    """During a session: which vital signs are due, silently, and the way to the visit."""

    def __init__(self, care: Care) -> None:
        super().__init__(care)
        self.says = Label("", Role.NOTICE, wraps=True)
        self._waits = IconLabel("triangle-alert", Color.AMBER)
        self.taken = Button(_("Taken"), icon_name="check")
        self.visit = Button(_("Visit"))
        self.lock = Button(_("Sign in"), icon_name="lock")
        self.taken.setAccessibleDescription(_("Vital signs"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self._waits)
        row.addWidget(self.says, 1)
        for button in (self.taken, self.visit, self.lock):
            row.addWidget(button)
        self.taken.take_double_as_one()
        self.taken.clicked.connect(lambda _on=False: self._take())
        self.visit.clicked.connect(lambda _on=False: self.asked.emit("visit"))
        self.lock.clicked.connect(lambda _on=False: self.asked.emit("lock"))
        self.follow()

    def follow(self) -> None:
        """Show what is due, and whether the desk is locked."""
        care = self._care
        case = care.underway
        prompt = care.prompt(case) if case is not None else None
        if care.is_locked:
            said = _("Locked. Stopping, and seeing a call, need no PIN.")
        else:
            said = vitals_text(prompt, care.at)
        self.says.setText(said)
        is_due = prompt is not None and prompt.due <= care.at
        self._waits.setVisible(is_due and not care.is_locked)
        self.taken.setVisible(prompt is not None)
        self.visit.setVisible(case is not None)
        show_lock(self.lock, care)

    def _take(self) -> None:
        case = self._care.underway
        if case is not None:
            self._care.keep(case, EntryKind.VITALS, TAKEN)


def show_lock(button: Button, care: Care) -> None:
    """Say on a button who works here, and that it locks; or that it lets somebody in."""
    if care.signed is None:
        button.say(_("Sign in"), "lock")
    else:
        button.say(_("Lock"), "lock-open")
        button.setAccessibleDescription(care.signed.name)
