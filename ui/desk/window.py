"""The desk: staff's window. It begins a session, or attaches to the one that is alive."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from PyQt6.QtCore import QProcess, QTimer
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QMainWindow, QStackedWidget

from playlists.presets import load_presets
from playlists.routes import clinic_routes
from soundscape.clock import Clock, MachineClock
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient
from soundscape.settings import read_settings
from soundscape.units import Seconds
from ui.bridge import Bridge, Status
from ui.desk.onward import Onward
from ui.desk.readings import ENDING
from ui.desk.session_panel import SessionPanel
from ui.desk.start_panel import StartPanel
from ui.desk.wishes import Chair, ChairState, Wish, chosen_headphones
from ui.program import words_for
from ui.tasks import AFTER_SIGHT_MS, Jobs, Report
from ui.words import _

if TYPE_CHECKING:
    from ui.care.at_desk import AtDesk

LOST_FOR_GOOD_S = Seconds(30.0)
"""A host that has crashed is back within seconds; after this long, staff may begin anew."""
LOOK_AGAIN_MS = 3000

T = TypeVar("T")


class DeskWindow(QMainWindow):
    """Start screen and live panel of one chair.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    bridge : Bridge | None
        The link to the session; None makes the real one.
    chair : Chair | None
        What compiles and begins sessions; None makes the real one.
    clock : Clock | None
        None is the machine's.
    """

    def __init__(
        self,
        folder: DataFolder,
        *,
        bridge: Bridge | None = None,
        chair: Chair | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock or MachineClock()
        self._chair = chair
        self._bridge = bridge or Bridge(lambda: SessionClient(folder.runtime, "desk"))
        self._onward = Onward(folder, self._bridge)
        self._jobs = Jobs()
        self._attached = False
        self._ending = False
        self._care: AtDesk | None = None
        self._anchored = ""
        self._lost_since: Seconds | None = None
        self.start = StartPanel(
            clinic_routes(read_settings(folder.settings)), load_presets(folder), self._clock
        )
        self.live = SessionPanel(self._clock)
        self._pages = QStackedWidget()
        for panel in (self.start, self.live):
            self._pages.addWidget(panel.scrolling())
        self.setObjectName("window")
        self.setWindowTitle(_("Session soundscape"))
        self.setCentralWidget(self._pages)
        self.resize(1280, 800)
        self.start.setFocus()  # no button is lit before a key asks for it
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_AGAIN_MS)
        self._wire()
        QTimer.singleShot(AFTER_SIGHT_MS, self._look)
        self._look_again.start()
        self._bridge.start()

    @property
    def is_live(self) -> bool:
        """Whether a session is shown."""
        return self._pages.currentIndex() == 1

    @property
    def care(self) -> "AtDesk | None":
        """The visit's pages; None while the clinic has named nobody who signs in."""
        return self._care

    def look(self) -> None:
        """See how the chair stands, in the background; only while the start screen shows."""
        if self._pages.currentIndex() == 0 and not self._jobs.is_busy:
            self._look()

    def _look(self) -> None:
        self._run(lambda _report: self._asked().state(), self._show_chair)

    def follow(self, status: Status) -> None:
        """Show a session's status."""
        ended = status["state"] == "ended"
        self._lost_since = None
        if ended and not self._attached:
            return
        if self._care is not None:
            status = self._care.follow(status)
        is_new, self._attached = not self._attached, True
        self._ending = status["state"] in ENDING
        if ended:
            self._anchor(str(status["session"]))
        if is_new:
            self.live.header.know(chosen_headphones(self._folder))
            self.live.show_refusal("")  # what was refused before it is no news of this session
            self._pages.setCurrentIndex(1)
            self.live.setFocus()
        self.live.show_status(status)
        self.live.offer_new(_("The session has ended.") if ended else "")

    def lose(self, _sentence: str) -> None:
        """Show that the session does not answer; without one, the start screen stays.

        A session that was fading out has ended: its host goes with it.
        """
        if not self._attached:
            return
        now = self._clock.now()
        self._lost_since = now if self._lost_since is None else self._lost_since
        if self._ending:
            self.live.show_over()
            self.live.offer_new(_("The session has ended."))
            return
        self.live.show_lost(Seconds(now - self._lost_since))
        if now - self._lost_since >= LOST_FOR_GOOD_S:
            self.live.offer_new(_("The session does not answer. If it is over, begin a new one."))

    def say_trouble(self, sentence: str) -> None:
        """Show a sentence on whichever page is open."""
        self.live.show_refusal(sentence)
        self.start.say(sentence)

    def begin(self, wish: Wish) -> None:
        """Compile a plan and start its session, in the background, if the list lets it."""
        if self._care is not None and self._care.holds_back(wish.route):
            return
        self.start.show_busy(_("One moment"))
        self._run(lambda report: self._asked().begin(wish, report), self._begun)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Let go of the session, which goes on."""
        self._jobs.forget()
        self._look_again.stop()
        if self._care is not None:
            self._care.close()
        self._bridge.close()
        super().closeEvent(event)

    def _wire(self) -> None:
        self._look_again.timeout.connect(self.look)
        self._bridge.status_changed.connect(self.follow)
        self._bridge.lost.connect(self.lose)
        self._bridge.refused.connect(lambda _event, why: self.live.show_refusal(why))
        self.live.asked.connect(self._tell)
        self.live.left.connect(self._leave)
        self.live.screen_asked.connect(lambda: self._open("kiosk"))
        self.start.begun.connect(self.begin)
        self.start.interrupted.resumed.connect(self._resume)
        self.start.interrupted.ended.connect(self._end_interrupted)
        self.start.starter_asked.connect(self._fill)
        self.start.headphones.chosen.connect(self._remember)
        self.start.sides_asked.connect(self._try_sides)
        self.start.window_asked.connect(self._open)

    def _asked(self) -> Chair:
        """Return the chair; called in the background, as to import it takes a while."""
        if self._chair is None:
            made: Chair = import_module("ui.desk.chair").Chair(self._folder, self._clock)
            self._chair = made
        return self._chair

    def _remember(self, headphones: Sink) -> None:
        self._run(lambda _report: self._asked().remember(headphones), lambda _none: None)

    def _try_sides(self, headphones: Sink) -> None:
        self.start.show_busy(_("A tone sounds left, then right"))
        self._run(
            lambda _report: self._asked().play_sides(headphones), lambda _none: self._tried()
        )

    def _tried(self) -> None:
        self.start.show_done()
        self.start.sides.show_played()

    def _resume(self) -> None:
        self.start.show_busy(_("One moment"))
        self._run(lambda report: self._asked().resume(report), lambda _none: self._begun())

    def _end_interrupted(self) -> None:
        self._run(lambda _report: self._asked().end_interrupted(), lambda _none: self._leave())

    def _begun(self, session: str = "") -> None:
        if session and self._care is not None:
            self._care.care.begun(session)
        self.start.show_done(_("The session is starting."))

    def _tell(self, event: str, facts: dict[str, Any]) -> None:
        """Tell the session something; what people type is kept with the visit instead."""
        if self._care is not None:
            why = self._care.refusal(event)
            if why:
                self.live.show_refusal(why)
                return
            if self._care.take(event, facts):
                return
        self._bridge.send(event, **facts)

    def _tell_of_visit(self, event: str, facts: dict[str, Any]) -> None:
        if self._attached and not self._ending:
            self._bridge.send(event, **facts)

    def _anchor(self, session: str) -> None:
        """Keep where the record of a session ends in the audit, once."""
        if self._anchored != session:
            self._anchored = session
            self._run(lambda _report: self._asked().anchor(session), lambda _none: None)

    def _show_chair(self, state: ChairState) -> None:
        """Show how the chair stands; where the clinic has people, their pages are loaded first."""
        if state.staffed and self._care is None:
            self._run(
                lambda _report: import_module("ui.care.at_desk").AtDesk,
                lambda made: self._take_care(made(self._folder, self._clock), state),
            )
            return
        self.start.show_chair(state)
        if self._care is not None:
            self._care.know(self.start.route_name(), state.checks)
            self._care.heed(state.intention)
            self._show_visit()

    def _show_visit(self) -> None:
        """Show whose session would begin, and whether anything holds it back."""
        if self._care is not None:
            care = self._care.care
            why_not = care.why_no_start(self.start.route_name())
            self.start.show_visit(care.next_patient, ready=not why_not)

    def _take_care(self, care: "AtDesk", state: ChairState) -> None:
        self._care = care
        care.setParent(self)
        self._pages.addWidget(care.view)
        self.start.add_bar(care.start_bar)
        self.live.add_bar(care.live_bar)
        care.opened.connect(lambda: self._pages.setCurrentWidget(care.view))
        care.left.connect(lambda: self._pages.setCurrentIndex(1 if self._attached else 0))
        care.told.connect(self._tell_of_visit)
        care.care.refused.connect(self.say_trouble)
        care.care.changed.connect(self._show_visit)
        care.watch(self.windowHandle())
        self._show_chair(state)

    def _leave(self) -> None:
        self._attached = False
        self.start.show_done()
        self._pages.setCurrentIndex(0)
        self.look()

    def _fill(self) -> None:
        self.start.show_busy(_("Making the starter sounds. This takes a few minutes."))
        self._run(lambda report: self._asked().fill(report), lambda _count: self._filled())

    def _filled(self) -> None:
        self.start.show_done()
        self.look()

    def _run(self, work: Callable[[Report], T], use: Callable[[T], None]) -> None:
        """Do some work in the background and use its result, or say why it failed."""
        self._jobs.run(
            work, use, self.start.show_done, lambda words: self.start.show_busy(str(words))
        )

    def _open(self, role: str) -> None:
        """Open another window in a process of its own."""
        program, *words = words_for(self._folder, "--role", role)
        QProcess.startDetached(program, words)
