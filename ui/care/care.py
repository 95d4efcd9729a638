"""What the desk knows of people and visits, and how it asks for changes; no widget is made here.

Everything that waits for the disk happens in the background, one after the other, and what is
known meanwhile stays. A desk that nobody touches is locked; that touches no session.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from playlists.routes import load_routes
from soundscape.clinic.office import Facts
from soundscape.clinic.roles import Actor
from soundscape.errors import DeniedError
from soundscape.units import Seconds
from soundscape.visit.checklist import Checklist, checklist
from soundscape.visit.entries import EntryKind
from soundscape.visit.papers import Format, Look
from soundscape.visit.state import Stage
from soundscape.visit.vitals import Prompt, prompts
from ui.bridge import Status
from ui.care.cases import Case, Due, Signed
from ui.care.records import Records, Told
from ui.care.steady import SteadyClock
from ui.care.words import items_text
from ui.tasks import Task
from ui.visits import TEXT_OF, opened
from ui.words import _

TICK_MS = 500
LOCK_AFTER_S = Seconds(300.0)
WITHOUT_PIN = frozenset({"stop", "stop_fast", "call_seen", "device_ok"})
"""What the desk tells a session also while it is locked."""

T = TypeVar("T")


class Care(QObject):
    """People and visits of one desk.

    Parameters
    ----------
    records : Records
        The clinic's.
    clock : SteadyClock
        The one of the records.

    Attributes
    ----------
    names : tuple[str, ...]
        Who may sign in.
    signed : Signed | None
        Who has; None while the desk is locked.
    cases : tuple[Case, ...]
        Today's visits that are open, the latest first.
    dues : tuple[Due, ...]
        The follow-ups.
    """

    changed = pyqtSignal()
    """Something is known that was not; whoever shows it looks again."""

    ticked = pyqtSignal()
    refused = pyqtSignal(str)
    denied = pyqtSignal(str)
    """A PIN was not taken."""

    session_told = pyqtSignal(str, dict)
    """What to tell the session, without what people typed."""

    def __init__(self, records: Records, clock: SteadyClock) -> None:
        super().__init__()
        self._records = records
        self._clock = clock
        self.names: tuple[str, ...] = ()
        self._knows_names = False
        self.signed: Signed | None = None
        self.cases: tuple[Case, ...] = ()
        self.dues: tuple[Due, ...] = ()
        self._vitals = {route.name: route.vitals for route in load_routes().values()}
        self._session = self._live = ""
        self._anchors: object = None
        self._touched_at = clock.now()
        self._waiting: deque[tuple[Callable[[], Any], Callable[[Any], None], Any]] = deque()
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    @property
    def at(self) -> datetime:
        """Now, in UTC, as no clock is set."""
        return self._clock.at()

    @property
    def is_busy(self) -> bool:
        """Whether something is being asked for."""
        return self._task is not None or bool(self._waiting)

    @property
    def is_locked(self) -> bool:
        """Whether somebody has to sign in before anything is shown or changed."""
        return self.signed is None and (bool(self.names) or not self._knows_names)

    @property
    def preparing(self) -> Case | None:
        """The latest visit whose session has not started."""
        return self._latest(lambda case: case.visit.stage is Stage.PREPARING)

    @property
    def next_patient(self) -> str:
        """What the patient is called whose session would begin now; empty where none is."""
        return self.preparing.visit.alias if self.preparing is not None else ""

    @property
    def underway(self) -> Case | None:
        """The visit of the session that is shown, else the latest one that has started."""
        shown = self._latest(lambda case: case.visit.session == self._session != "")
        return shown or self._latest(lambda case: bool(case.visit.session))

    def look(self) -> None:
        """See who may sign in; records that do not open keep nobody waiting."""
        self._run(self._records.names, self._know_names, self._know_nobody)

    def refresh(self) -> None:
        """Read the visits anew: the patient may have left something in one."""
        if self.signed is not None:
            actor = self.signed.actor
            self._run(lambda: self._records.cases(actor), self._show_cases)

    def tick(self) -> None:
        """Let time pass: a desk that nobody touched for long is locked."""
        if self.signed and self._clock.now() - self._touched_at >= LOCK_AFTER_S:
            self.lock()
        self.ticked.emit()

    def touch(self) -> None:
        """Note that somebody is here."""
        self._touched_at = self._clock.now()

    def sign_in(self, name: str, pin: str) -> None:
        """Let somebody in; a wrong PIN comes as ``denied``."""
        self._run(lambda: self._records.sign_in(name, pin), self._let_in, self.denied.emit)

    def lock(self) -> None:
        """Let nobody change anything until they sign in; what was shown of visits is forgotten."""
        self.signed, self.cases, self.dues = None, (), ()
        self.changed.emit()

    def open_visit(self, alias: str, route: str) -> None:
        """Begin a visit."""
        actor = self._actor()
        self._clock.look()
        self._run(lambda: self._records.begin(actor, alias, route), self._take)

    def tell(
        self, case: Case, kind: EntryKind, facts: Facts, done: Callable[[], None] | None = None
    ) -> None:
        """Tell a visit something; ``done`` is called once it is kept."""
        actor = self._actor()

        def use(told: Told) -> None:
            self._take(told.case)
            if done is not None:
                done()

        self._run(lambda: self._records.tell(actor, case.id, kind, facts), use)

    def why_no_start(self, route: str) -> str:
        """Return why no session may start on a route yet; empty if one may."""
        case = self.preparing
        if self.is_locked:
            return _("Sign in first.")
        if not self.names:
            return ""
        if case is None:
            return _("Open the patient's checklist first.")
        if case.visit.rules.route != route:
            return _("The checklist was opened for another treatment; open a new one.")
        left = self.list_of(case).open
        return _("Still open: {items}.").format(items=items_text(left)) if left else ""

    def list_of(self, case: Case) -> Checklist:
        """Return how a visit's list stands now."""
        return checklist(case.visit, self.at)

    def begun(self, session: str) -> None:
        """Note that the visit that was prepared has its session."""
        case = self.preparing
        if case is not None and self.signed is not None:
            actor = self.signed.actor
            self._session = self._live = session
            self._run(lambda: self._records.link(actor, case.id, session), self._take)

    def follow(self, status: Status) -> None:
        """Note where the session that is shown stands."""
        self._live = "" if status["state"] == "ended" else str(status["session"])
        anchors = (status["session"], status["anchors"])
        if anchors == self._anchors:
            return
        self._session, self._anchors = str(status["session"]), anchors
        case = self.underway
        if case is not None and case.visit.session == self._session:
            self._keep_anchors(case)

    def is_live(self, case: Case) -> bool:
        """Return whether a visit's session still takes what is told to it."""
        return bool(self._live) and case.visit.session == self._live

    def permitted(self, status: Status) -> Status:
        """Return a status as whoever is here may use it, with whose it is and what was typed."""
        can = [event for event in status["can"] if self.may_tell(str(event))]
        texts = self.underway.texts if self.underway else {}
        recent = [opened(event["event"], event, texts) for event in status["recent"]]
        whose = self._latest(lambda case: case.visit.session == status["session"])
        patient = whose.visit.alias if whose is not None else ""
        return {**status, "can": can, "recent": recent, "patient": patient}

    def may_tell(self, event: str) -> bool:
        """Return whether an event may be told to the session as the desk stands."""
        return not self.is_locked or event in WITHOUT_PIN

    def take(self, event: str, facts: dict[str, Any]) -> bool:
        """Keep an event's text with the visit, and tell the session where; False if it has none.

        Where the records cannot be written a mark goes to the session as it is: it is one of a
        few words that nobody typed, and a moment comes only once.
        """
        case = self.underway
        if event not in TEXT_OF or self.signed is None or case is None:
            return False
        actor, name = self.signed.actor, TEXT_OF[event]

        def use(told: Told) -> None:
            self._take(told.case)
            self.session_told.emit(event, {name: told.reference})

        def fail(_why: str) -> None:
            self.session_told.emit(event, facts)

        kind = EntryKind(event)
        self._run(lambda: self._records.tell(actor, case.id, kind, facts), use, fail)
        return True

    def keep(
        self, case: Case, kind: EntryKind, text: str, done: Callable[[], None] | None = None
    ) -> None:
        """Keep a note or values that were typed, and tell the session where they are."""
        actor, name = self._actor(), TEXT_OF[str(kind)]

        def use(told: Told) -> None:
            self._take(told.case)
            self.session_told.emit(str(kind), {name: told.reference})
            if done is not None:
                done()

        self._run(lambda: self._records.tell(actor, case.id, kind, {name: text}), use)

    def prompt(self, case: Case) -> Prompt | None:
        """Return which vital signs wait longest, else which come next; None if none do."""
        visit = case.visit
        boundaries = self._vitals[visit.rules.route]
        found = prompts(boundaries, visit.anchors, visit.vitals, self.at)
        return next((prompt for prompt in found if prompt.taken is None), None)

    def discharge(self, case: Case) -> None:
        """Let a patient go."""
        actor = self._actor()
        self._run(lambda: self._records.discharge(actor, case.id), self._take)
        self.list_dues()

    def list_dues(self) -> None:
        """Look at the follow-ups."""
        actor = self._actor()
        self._run(lambda: self._records.dues(actor), self._know_dues)

    def settle(self, due: Due, state: str) -> None:
        """Note what became of a follow-up."""
        signed = self.signed
        if signed is not None:
            self._run(lambda: self._records.settle(signed, due, state), self._know_dues)

    def paper(self, case: Case, kind: Format, look: Look, use: Callable[[bytes], None]) -> None:
        """Make one of a visit's papers."""
        actor = self._actor()
        self._run(lambda: self._records.paper(actor, case, kind, look), use)

    def close(self) -> None:
        """Ask for nothing more; what is under way is told to nobody."""
        self._timer.stop()
        self._waiting.clear()
        self._task = None

    def _actor(self) -> Actor:
        """Return who asks.

        Raises
        ------
        DeniedError
            If nobody has signed in.
        """
        if self.signed is None:
            raise DeniedError(_("Sign in first."))
        return self.signed.actor

    def _latest(self, fits: Callable[[Case], bool]) -> Case | None:
        return next((case for case in self.cases if fits(case)), None)

    def _keep_anchors(self, case: Case) -> None:
        if self.signed is not None and case.visit.session:
            actor = self.signed.actor
            self._run(lambda: self._records.keep_anchors(actor, case), self._take)

    def _let_in(self, signed: Signed) -> None:
        self.touch()
        self.signed = signed
        self.changed.emit()
        self._run(lambda: self._records.cases(signed.actor), self._know_cases)
        self._run(lambda: self._records.dues(signed.actor), self._know_dues)

    def _know_names(self, names: tuple[str, ...]) -> None:
        self.names, self._knows_names = names, True
        self.changed.emit()

    def _know_nobody(self, why: str) -> None:
        self._know_names(())
        self.refused.emit(why)

    def _show_cases(self, cases: tuple[Case, ...]) -> None:
        if self.signed is not None:  # else locked meanwhile: nothing of it is shown
            self.cases = cases
            self.changed.emit()

    def _know_cases(self, cases: tuple[Case, ...]) -> None:
        self._show_cases(cases)
        for case in cases:
            self._keep_anchors(case)

    def _know_dues(self, dues: tuple[Due, ...]) -> None:
        self.dues = dues
        self.changed.emit()

    def _take(self, case: Case) -> None:
        """Take a visit as it is now; one that is new goes first."""
        if self.signed is None:
            return  # locked meanwhile: nothing of it is shown
        known = [case.id for case in self.cases]
        rest = tuple(case if kept.id == case.id else kept for kept in self.cases)
        self.cases = rest if case.id in known else (case, *rest)
        self.changed.emit()

    def _run(
        self,
        work: Callable[[], T],
        use: Callable[[T], None],
        fail: Callable[[str], None] | None = None,
    ) -> None:
        """Do some work in the background, after what was asked before, and use its result."""
        self._waiting.append((work, use, fail or self.refused.emit))
        self._next()

    def _next(self) -> None:
        if self._task is not None or not self._waiting:
            return
        work, use, fail = self._waiting.popleft()
        task = Task(lambda _report: work())
        self._task = task

        def finish(then: Callable[[Any], None], result: object) -> None:
            if self._task is not task:
                return  # closed meanwhile
            self._task = None
            then(result)
            self._next()

        task.succeeded.connect(lambda result: finish(use, result))
        task.failed.connect(lambda why: finish(fail, why))
        task.start()
