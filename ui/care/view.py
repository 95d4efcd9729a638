"""The pages of the visit, as one page of the desk: sign-in first, then what was asked for."""

from collections.abc import Sequence
from enum import StrEnum

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from soundscape.clock import Clock
from soundscape.session.preflight import Check
from ui.bridge import Status
from ui.care.care import Care
from ui.care.care_list import CareListPage
from ui.care.cases import Case
from ui.care.checklist_page import ChecklistPage
from ui.care.opening_page import OpeningPage
from ui.care.recovery_page import RecoveryPage
from ui.widgets.banner import Banner
from ui.widgets.page import Page
from ui.widgets.sign_in import SignInPage
from ui.words import _

_SIDE_PX = 24


class Wanted(StrEnum):
    """What staff asked to see."""

    CHECKLIST = "checklist"
    VISIT = "visit"
    LIST = "list"
    LOCK = "lock"


class CareView(QWidget):
    """Shows one page of care at a time.

    Parameters
    ----------
    care : Care
        What is known.
    clock : Clock
        Measures holds.
    """

    left = pyqtSignal()
    """Back to the start, or to the session."""

    def __init__(self, care: Care, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("window")
        self._care, self._clock = care, clock
        self._wanted = Wanted.LOCK
        self._route = ""
        self._asks_anew = False
        self.checks: Sequence[Check] = ()
        self.call = Banner("hand", _("I have seen it"))
        self.notice = Banner("triangle-alert", quiet=True)
        self.sign_in = SignInPage(care)
        self.opening = OpeningPage(care)
        self.dues = CareListPage(care)
        self.checklist: ChecklistPage | None = None
        self.recovery: RecoveryPage | None = None
        self._pages = QStackedWidget()
        self._areas: dict[Page, QScrollArea] = {}
        self._shown: Page = self.sign_in
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        framed = QVBoxLayout()
        framed.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 0)
        framed.addWidget(self.call)
        framed.addWidget(self.notice)
        column.addLayout(framed)
        column.addWidget(self._pages, 1)
        for page in (self.sign_in, self.opening, self.dues):
            self._add(page)
            page.left.connect(self._leave)
        care.changed.connect(self._change)
        care.refused.connect(self.notice.say)

    def know(self, route: str, checks: Sequence[Check]) -> None:
        """Take the treatment that is chosen, and what the machine sees of itself."""
        self._route, self.checks = route, checks
        if self.checklist is not None:
            self.checklist.show_checks(checks)

    def ask(self, wanted: Wanted, why: str = "") -> None:
        """Show a page, with a sentence why it is shown."""
        self._wanted, self._asks_anew = wanted, False
        self.notice.say(why)
        if wanted is Wanted.LIST and self._care.signed is not None:
            self._care.list_dues()
        if wanted is Wanted.CHECKLIST and self._shown is self.opening:
            self.opening.ask(self._route)  # nothing of whom it was opened for before
        self.follow()

    def follow(self) -> None:
        """Show the page that was asked for, as far as somebody has signed in."""
        if self._care.signed is None:
            self._show(self.sign_in)
        elif self._wanted is Wanted.LOCK:
            self._leave()
        elif self._wanted is Wanted.LIST:
            self._show(self.dues)
        elif self._wanted is Wanted.VISIT:
            self._show_visit(self._care.underway)
        else:
            self._show_checklist(self._care.preparing)

    def show_call(self, status: Status) -> None:
        """Show that the patient calls: whoever types here sees it too."""
        calls = status["call"]["state"] == "sent"
        self.call.say(_("The patient is calling") if calls else "")

    def page(self) -> Page:
        """Return the page that is shown."""
        return self._shown

    def _show_visit(self, case: Case | None) -> None:
        if case is None:
            return
        if self.recovery is None or self.recovery.visit_id != case.id:
            self._drop(self.recovery)
            self.recovery = RecoveryPage(self._care, case, self._clock)
            self._add(self.recovery)
            self.recovery.left.connect(self._leave)
        self.recovery.show_case(case)
        self._show(self.recovery)

    def _show_checklist(self, case: Case | None) -> None:
        known = self.checklist.visit_id if self.checklist is not None else ""
        if case is None or (self._asks_anew and case.id == known):
            if self._shown is not self.opening:
                self.opening.ask(self._route)
            self._show(self.opening)
            return
        self._asks_anew = False
        if self.checklist is None or case.id != known:
            self._drop(self.checklist)
            self.checklist = ChecklistPage(self._care, case, self._clock)
            self.checklist.show_checks(self.checks)
            self._add(self.checklist)
            self.checklist.left.connect(self._leave)
            self.checklist.new_asked.connect(self._ask_anew)
        self.checklist.show_case(case)
        self._show(self.checklist)

    def _ask_anew(self) -> None:
        self._asks_anew = True
        self.follow()

    def _leave(self) -> None:
        self.notice.say("")
        self._wanted = Wanted.LOCK
        self.left.emit()

    def _change(self) -> None:
        """Take the last refusal away: something was done since."""
        if self._shown.isVisible() and self._care.signed is not None:
            self.notice.say("")
        self.follow()

    def _show(self, page: Page) -> None:
        if page is not self._shown or self._pages.currentWidget() is not self._areas[page]:
            self._shown = page
            self._pages.setCurrentWidget(self._areas[page])
            page.setFocus()  # no button is lit before a key asks for it

    def _add(self, page: Page) -> None:
        area = page.scrolling()
        self._areas[page] = area
        self._pages.addWidget(area)

    def _drop(self, page: Page | None) -> None:
        if page is not None:
            area = self._areas.pop(page)
            self._pages.removeWidget(area)
            area.deleteLater()
