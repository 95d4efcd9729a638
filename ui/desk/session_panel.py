"""The desk during a session: one glance tells where it stands, one touch changes it."""

from dataclasses import replace

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from soundscape.clock import Clock
from soundscape.units import Seconds
from ui.bridge import Status
from ui.desk.actions import ActionRow, AnchorRow, marks_row, music_row
from ui.desk.correction import Correction
from ui.desk.events_card import EventsCard
from ui.desk.header import SessionHeader
from ui.desk.picture import arc_picture
from ui.desk.readings import ENDING, next_text, phase_note, sound_text, span_text
from ui.desk.sound_card import SoundCard
from ui.sentences import translated
from ui.theme import GAP_PX, Role, text_scale
from ui.widgets.arc_view import ArcPicture, ArcView
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.labels import Label, Rule
from ui.widgets.page import Page
from ui.words import _

NARROW_PX = 900
SNUG_PX = 1200
_SIDE_PX = 24
_SAID_APART_PX = 14
LOST_TOLD_AFTER_S = Seconds(2.0)


class SessionPanel(Page):
    """Everything staff see and touch while a session runs.

    Parameters
    ----------
    clock : Clock
        Tells the wall time of the end, and measures holds.
    """

    asked = pyqtSignal(str, dict)
    left = pyqtSignal()
    screen_asked = pyqtSignal()
    """Staff want the patient's screen opened again."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(_("Session"))
        self.header = SessionHeader(clock)
        self.call = Banner("hand", _("I have seen it"))
        self.urgent = Banner("triangle-alert")
        self.resume = Banner("headphones", _("Resume the sound"))
        self.chair_screen = Banner("triangle-alert", _("Open it again"), quiet=True)
        self.notice = Banner("triangle-alert", quiet=True)
        self.over = Banner("check", _("New session"), quiet=True)
        self.arc = ArcView()
        self.sounding = Label("", Role.BODY)
        self.following = Label("", Role.MUTED)
        self.note = Label("", Role.GOOD)
        self.refusal = Label("", Role.WARNING, wraps=True)
        self.anchors = AnchorRow()
        self.music = music_row()
        self.marks = marks_row()
        self.sound = SoundCard(clock)
        self.events = EventsCard()
        self.correction = Correction(clock)
        self._controls = self._controls_card()
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._outer = QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._side = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self.over.acted.connect(self.left)
        self.call.acted.connect(lambda: self.asked.emit("call_seen", {}))
        self.resume.acted.connect(lambda: self._ask("device_ok", {}))
        self.chair_screen.acted.connect(self.screen_asked)
        parts = (self.sound, self.events, self.correction)
        asking = (*(part.asked for part in parts), *(row.asked for row in self.rows()))
        for asked in asking:
            asked.connect(self._ask)

    def rows(self) -> tuple[ActionRow, ...]:
        """Return the rows of actions, from top to bottom."""
        return self.anchors, self.music, self.marks

    def show_status(self, status: Status) -> None:
        """Show where the session stands and light what is possible."""
        can = frozenset(status["can"])
        self.header.show_status(status)
        self.arc.show_picture(self._picture(status))
        self.sounding.setText(sound_text(status))
        self.following.setText(next_text(status))
        self.note.setText(phase_note(status))
        self._show_call(status, can)
        self._show_notices(status)
        self._show_screen(is_lost=status["chair_screen"] == "lost")
        self._show_controls(shown=status["state"] != "ended")
        self.anchors.follow_route(can, status["anchors"], pump=bool(status["pump"]))
        self.music.follow(can)
        self.marks.follow(can)
        self.sound.show_status(status)
        self.events.show_status(status)
        self.correction.show_status(status)
        self._fit()

    def show_lost(self, for_s: Seconds = LOST_TOLD_AFTER_S) -> None:
        """Say that the session does not answer, and offer nothing that nobody would hear.

        Parameters
        ----------
        for_s : Seconds
            How long it has not answered; a host that comes back at once is no news.
        """
        self.header.show_lost()
        if for_s >= LOST_TOLD_AFTER_S:
            words = _("The session does not answer. Its sound may go on; this is from {moment}.")
            self.notice.say(words.format(moment=self.header.elapsed.value()))
        for row in self.rows():
            row.follow(frozenset())
        self.sound.show_lost()
        self.events.show_lost()
        self.correction.show_lost()
        self.call.allow(action=False)
        self.resume.allow(action=False)
        self._show_screen(is_lost=False)  # who knows

    def show_over(self) -> None:
        """Show that the session has ended, and its last moment."""
        self.show_lost(Seconds(0.0))
        self.header.show_over()
        self._show_controls(shown=False)
        for label in (self.sounding, self.following, self.note):
            label.setText("")

    def offer_new(self, why: str) -> None:
        """Offer a new session, with the reason; no longer offer it where that is empty."""
        self.over.say(why)

    def add_bar(self, bar: QWidget) -> None:
        """Put a line under the header."""
        self._outer.insertWidget(1, bar)

    def show_refusal(self, sentence: str) -> None:
        """Say calmly why something was not done; the next press clears it."""
        if sentence:
            self.correction.forget()
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the columns under each other where it is narrow."""
        self._fit()
        super().resizeEvent(event)
        self.settle()

    def _fit(self) -> None:
        """Lay out for the width, and for how long the words of now are."""
        scale = text_scale(self.font())  # larger text needs more width
        narrow = self.width() < NARROW_PX * min(scale, 1.25)
        snug = self.width() < SNUG_PX * scale
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        up = QBoxLayout.Direction.BottomToTop
        self._columns.setDirection(down if narrow else across)
        # Large text may not fit: what happened is then scrolled to, what stops is not.
        self._side.setDirection(across if narrow else up if scale > 1.0 else down)
        # One above the other, the last events give way: what is pressed stays where it is.
        self._side.setStretch(0, 2 if narrow else 1)
        self._side.setStretch(1, 3 if narrow else 0)
        self.header.fit(self.width() - 2 * _SIDE_PX, narrow=snug)
        self.events.fit(snug=snug and scale > 1.0)
        for row in self.rows():
            row.fit(narrow=snug)
        said = (self.sounding, self.following, self.note)
        needed = sum(label.sizeHint().width() for label in said) + 2 * _SAID_APART_PX
        self._said.setDirection(across if needed <= self.arc.width() else down)

    def _picture(self, status: Status) -> ArcPicture:
        """Return the picture; of a session that is being stopped, what was expected before."""
        picture, shown = arc_picture(status), self.arc.picture()
        if status["state"] in ENDING and shown.phases:
            return replace(shown, now_s=picture.now_s)
        return picture

    def _ask(self, event: str, facts: dict[str, object]) -> None:
        self.show_refusal("")
        self.asked.emit(event, facts)

    def _show_call(self, status: Status, can: frozenset[str]) -> None:
        call = status["call"]
        if call["state"] != "sent":
            self.call.say("")
            return
        since = span_text(float(status["t_s"]) - float(call["at_s"]))
        self.call.say(_("The patient is calling, {since}").format(since=since))
        self.call.allow(action="call_seen" in can)

    def _show_notices(self, status: Status) -> None:
        texts: dict[bool, list[str]] = {True: [], False: []}
        name = str(status["device"]["name"])
        called = self.header.called(name)
        for notice in status["notices"]:
            text = str(notice["text"]).replace(f"'{name}'", f"'{called}'")
            texts[notice["level"] == "act now"].append(translated(text))
        is_back = status["device"]["state"] == "back"
        self.resume.allow(action=True)
        self.resume.say(texts[True].pop(0) if is_back and texts[True] else "")
        self.urgent.say(" ".join(texts[True]))
        self.notice.say(" ".join(texts[False]))

    def _show_screen(self, *, is_lost: bool) -> None:
        words = _("The patient's screen does not answer: a touch there calls nobody. Look in.")
        self.chair_screen.say(words if is_lost else "")

    def _show_controls(self, *, shown: bool) -> None:
        """Leave out what can be touched, once nothing is left to be told."""
        for part in (self._controls, self.sound, self.events.undo):
            part.setVisible(shown)

    def _lay_out(self) -> None:
        outer = self._outer
        self.lay_out_in(outer)
        outer.setContentsMargins(_SIDE_PX, 16, _SIDE_PX, 20)
        outer.setSpacing(GAP_PX + 2)
        self.refusal.hide()
        for part in (
            self.header,
            self.over,
            self.call,
            self.urgent,
            self.resume,
            self.chair_screen,
            self.notice,
            self.refusal,
        ):
            outer.addWidget(part)
        self._columns.setSpacing(GAP_PX + 4)
        main = QVBoxLayout()
        main.setSpacing(GAP_PX + 4)
        main.addWidget(self._arc_card(), 1)
        main.addWidget(self._controls)
        self._side.setSpacing(GAP_PX + 4)
        self._side.addWidget(self.events)
        self._side.addWidget(self.sound)
        self._columns.addLayout(main, 30)
        self._columns.addLayout(self._side, 10)
        outer.addLayout(self._columns, 1)

    def _arc_card(self) -> Card:
        card = Card()
        card.body.addWidget(self.arc, 1)
        self._said.setSpacing(_SAID_APART_PX)
        self._said.addWidget(self.sounding)
        self._said.addWidget(self.following, 1)
        self._said.addWidget(self.note)
        card.body.addLayout(self._said)
        card.body.addWidget(self.correction)  # the picture gives its room: no button moves
        return card

    def _controls_card(self) -> Card:
        card = Card()
        for index, row in enumerate(self.rows()):
            if index:
                card.body.addWidget(Rule())
            card.body.addWidget(row)
        return card
