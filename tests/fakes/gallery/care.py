"""The visit's pages in their states."""

from datetime import timedelta
from typing import TypeVar

from fakes.clinic import NAMES
from fakes.clock import EPOCH, FakeClock
from fakes.desk import SESSION, USB
from fakes.gallery.stage import Screen, Stage
from fakes.session import status
from fakes.visits import DOSE, finished, noted, opening, override, prepared
from PyQt6.QtWidgets import QWidget

from playlists.presets import load_presets
from playlists.routes import load_routes
from soundscape.clinic.roles import Actor, Role
from soundscape.clinic.visits import FollowUp
from soundscape.folders import DataFolder
from soundscape.session.preflight import Check
from soundscape.visit.entries import EntryKind, Gate
from soundscape.visit.state import Visit
from soundscape.visit.telling import fold, tell
from ui.care.at_desk import AtDesk
from ui.care.care import Care
from ui.care.care_list import CareListPage
from ui.care.cases import Case, Due, Signed
from ui.care.checklist_page import ChecklistPage
from ui.care.opening_page import OpeningPage
from ui.care.records import Records
from ui.care.recovery_page import RecoveryPage
from ui.care.steady import SteadyClock
from ui.desk.session_panel import SessionPanel
from ui.desk.start_panel import StartPanel
from ui.desk.wishes import ChairState
from ui.widgets.sign_in import SignInPage

NURSE = Signed(Actor("nurse", Role.STAFF), NAMES[Role.STAFF])
CHECKS = (Check("power", ok=True, detail="plugged in"), Check("clock", ok=False, detail="2001"))
GIVEN = frozenset({
    *NAMES.values(), "M-14", "K-02", "A4", "Letter", "Deutsch", "English", USB.title, "Headphones",
    "Wide water", "Spoke",
})  # fmt: skip


def noon(minutes: float = 0.0) -> FakeClock:
    """Return a clock that shows some minutes after the imagined dose."""
    return FakeClock((DOSE - EPOCH).total_seconds() + 60.0 * minutes)


def care_of(folder: DataFolder, clock: FakeClock, *visits: Visit, signed: bool = True) -> Care:
    """Return what a desk knows, without asking the disk."""
    steady = SteadyClock(clock)
    made = Care(Records(folder, steady), steady)
    made.names = tuple(NAMES.values())
    made.signed = NURSE if signed else None
    made.cases = tuple(Case(str(number), visit) for number, visit in enumerate(visits))
    return made


def sign_in(stage: Stage) -> SignInPage:
    """Return the page of names and keys."""
    return SignInPage(care_of(stage.folder, noon(), signed=False))


def refused(stage: Stage) -> SignInPage:
    """Return the page after wrong PINs."""
    made = sign_in(stage)
    made.keys.forget("\u2026")
    return made


def new_visit(stage: Stage) -> OpeningPage:
    """Return the page that opens a visit."""
    made = OpeningPage(care_of(stage.folder, noon()))
    made.ask("intranasal")
    return made


def checklist(stage: Stage, visit: Visit) -> ChecklistPage:
    """Return a visit's list."""
    clock = noon()
    care = care_of(stage.folder, clock, visit)
    made = ChecklistPage(care, care.cases[0], clock)
    made.show_checks(CHECKS)
    return made


def by_ride_share() -> Visit:
    """Return a visit whose patient goes home alone, with one thing overridden."""
    facts = {"item": "escort", "choice": "ride_share", "name": "Rosa", "phone": "555 0100"}
    answer = noted(EntryKind.ANSWER, DOSE, **facts, extended=True)
    return tell(tell(prepared(), answer), override(Gate.START, "call"))


def recovery(stage: Stage, visit: Visit, minutes: float) -> RecoveryPage:
    """Return a visit some minutes after its dose."""
    clock = noon(minutes)
    care = care_of(stage.folder, clock, visit)
    return RecoveryPage(care, care.cases[0], clock)


def dizzy() -> Visit:
    """Return a visit with what is still noted after the hour."""
    visit, ended = finished()
    facts = {"effect": "dizziness", "severity": "mild"}
    return tell(visit, noted(EntryKind.EFFECT, ended, **facts))


def care_list(stage: Stage, *states: str) -> CareListPage:
    """Return follow-ups in some states."""
    care = care_of(stage.folder, noon())
    opens, closes = ((DOSE + timedelta(hours=hours)).isoformat() for hours in (-30, 18))
    care.dues = tuple(
        Due(FollowUp(f"v{number}", opens, closes, "nurse", state), "K-02")
        for number, state in enumerate(states)
    )
    return CareListPage(care)


def at_desk(stage: Stage, clock: FakeClock, *visits: Visit, signed: bool = True) -> AtDesk:
    """Return the bars of a desk that knows some visits."""
    made = AtDesk(stage.folder, clock)
    known = care_of(stage.folder, clock, *visits, signed=signed)
    for name in ("names", "signed", "cases"):
        setattr(made.care, name, getattr(known, name))
    made.care.changed.emit()
    return made


def start(stage: Stage) -> StartPanel:
    """Return the desk before a session whose visit is prepared in part."""
    clock = noon()
    desk = at_desk(stage, clock, fold([opening()]), dizzy())
    made = StartPanel(load_routes(), load_presets(), clock)
    made.show_chair(ChairState(412, 38.0, "ember", (USB,), USB, staffed=True))
    made.add_bar(desk.start_bar)
    made.show_visit(desk.care.next_patient, ready=False)
    return _kept(made, desk)


def live(stage: Stage, *, signed: bool, **changes: object) -> SessionPanel:
    """Return the desk during a session, locked or with vital signs due."""
    clock = noon(22.0)
    dose = noted(EntryKind.ANCHOR, anchor="dose_start", at=DOSE.isoformat())
    begun = tell(tell(prepared(), noted(EntryKind.STARTED, session=SESSION)), dose)
    desk = at_desk(stage, clock, begun, signed=signed)
    made = SessionPanel(clock)
    made.add_bar(desk.live_bar)
    made.show()
    made.show_status(desk.follow(status(session=SESSION, **changes)))
    return _kept(made, desk)


W = TypeVar("W", bound=QWidget)


def _kept(window: W, desk: AtDesk) -> W:
    """Return a window that keeps the visit alive as long as itself."""
    window.destroyed.connect(desk.close)
    return window


LATE: dict[str, object] = {
    "last_anchor": {
        "anchor": "dose_start", "event": "dose_start", "touched_s": 1932.0, "ago_min": 1.0,
    },
    "recent": [
        {"t_s": 1950.0, "event": "correct", "anchor": "dose_start", "ago_min": 1.0,
         "undoable": True},
        {"t_s": 1932.0, "event": "dose_start", "undoable": False},
        {"t_s": 1610.0, "event": "note", "text": "Spoke", "undoable": False},
    ],
}  # fmt: skip
"""A dose that was touched late, and corrected."""

SCREENS = (
    Screen("sign-in", sign_in, given=GIVEN),
    Screen("sign-in, refused", refused, given=GIVEN | {"\u2026"}),
    Screen("new visit", new_visit, given=GIVEN),
    Screen("checklist, open", lambda stage: checklist(stage, fold([opening()])), given=GIVEN,
           scrolls=True),
    Screen("checklist, ready", lambda stage: checklist(stage, prepared()), given=GIVEN,
           scrolls=True),
    Screen("checklist, ride-share", lambda stage: checklist(stage, by_ride_share()), given=GIVEN,
           scrolls=True),
    Screen("recovery, early", lambda stage: recovery(stage, finished()[0], 50.0), given=GIVEN,
           scrolls=True),
    Screen("recovery, still dizzy", lambda stage: recovery(stage, dizzy(), 120.0), given=GIVEN,
           scrolls=True),
    Screen("care list, empty", care_list, given=GIVEN),
    Screen("care list", lambda stage: care_list(stage, "due", "done", "declined"), given=GIVEN),
    Screen("start with a visit", start, given=GIVEN),
    Screen("live with a visit", lambda stage: live(stage, signed=True), given=GIVEN),
    Screen(
        "live with a visit, corrected",
        lambda stage: live(stage, signed=True, **LATE),
        given=GIVEN,
    ),
    Screen("live, locked", lambda stage: live(stage, signed=False), given=GIVEN),
)  # fmt: skip
