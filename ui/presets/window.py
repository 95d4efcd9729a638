"""The patient's window before the treatment: one touch to hear, one to choose."""

import contextlib
from typing import Any

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from playlists.arcs import load_arcs
from playlists.presets import load_presets
from soundscape.clock import Clock, MachineClock
from soundscape.engine.sinks import list_sinks
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient
from soundscape.settings import read_settings
from soundscape.units import Seconds
from ui.bridge import Bridge
from ui.presets.answer import Answer
from ui.presets.audition import Audition, Player, samples_for
from ui.presets.choice import (
    NURSE_CHOOSES,
    PRIVATE,
    SHARED,
    SKIPPED,
    withdraw_choice,
    write_choice,
)
from ui.presets.chooser import Chooser
from ui.presets.intention import IntentionPage
from ui.preview import Preview
from ui.tasks import AFTER_SIGHT_MS, Jobs, Task
from ui.theme import Color, Look, apply_theme, read_look
from ui.words import _

SHEET = """
QLabel[patient="true"] {{ font-size: {text}px; color: {muted}; }}
QPushButton {{
    font-size: {text}px; border-radius: 26px; min-height: 117px; min-width: 117px; padding: 0 28px;
}}
QPushButton[kind="plain"] {{ padding: 0; }}
QLineEdit {{ font-size: {text}px; border-radius: 26px; min-height: 116px; padding: 0 28px; }}
QPushButton[kind="primary"] {{
    font-size: {text}px; border-radius: 36px; min-height: 116px; padding: 0 28px;
}}
"""
LOST_FOR_GOOD_S = Seconds(120.0)
"""A session that has not answered for so long is over; its host restarts within seconds."""


class PresetsWindow(QMainWindow):
    """Lets a patient hear the presets and choose one, until the dose has started.

    Parameters
    ----------
    folder : DataFolder
        The chair's data; the choice is written there.
    player : Player | None
        Plays the excerpts; None is the preview's process.
    clock : Clock | None
        Times the excerpts and dates the choice; None is the machine's.

    Attributes
    ----------
    may_type : bool
        Whether a visit is prepared that can keep the patient's words.
    """

    def __init__(
        self, folder: DataFolder, *, player: Player | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock or MachineClock()
        self._player = player or Preview(self)
        self._presets = load_presets(folder)
        arcs = load_arcs()
        silent = frozenset(p.name for p in self._presets.values() if arcs[p.arc].is_silent)
        look = read_look(folder.settings)
        self.audition = Audition(self._player, self._clock, self)
        self.chooser = Chooser(list(self._presets.values()), silent, look)
        self.intention = IntentionPage()
        self.answer = Answer()
        self._pages = QStackedWidget()
        for page in (self.chooser, self.intention, self.answer):
            self._pages.addWidget(page)
        self._jobs = Jobs()
        self._chosen = NURSE_CHOOSES
        self.may_type = False
        self._locked = False
        self._is_closed = False
        self._last_seen = self._clock.now()
        self.setObjectName("window")
        self.setWindowTitle(_("Choose your sound"))
        self.setCentralWidget(self._pages)
        self.setMinimumSize(480, 600)
        self.resize(1280, 800)
        self._wire()
        self._set_look(look)
        self.chooser.show_audible(set())
        QTimer.singleShot(AFTER_SIGHT_MS, self._find_samples)
        self._bridge = Bridge(lambda: SessionClient(folder.runtime, "presets"))
        self._bridge.status_changed.connect(self.follow)
        self._bridge.lost.connect(self.lose)
        self._bridge.start()

    @property
    def is_locked(self) -> bool:
        """Whether nothing can be chosen, because the dose has started."""
        return self._locked

    def follow(self, status: dict[str, Any]) -> None:
        """Lock once a running session's dose has started, open again when it has ended."""
        self._last_seen = self._clock.now()
        begun = status["anchors"].get("dose_start") is not None
        if not begun or status["state"] == "ended":
            self._unlock()
        elif not self._locked:
            self._locked = True
            self.audition.stop()
            self.intention.forget()
            self.answer.show_night()
            self.answer.say(
                _("Your session has begun."),
                _("There is nothing to do now. Your nurse can change the sound for you."),
                may_change=False,
            )
            self._show(self.answer)

    def lose(self, _why: str) -> None:
        """Stay locked while a session's host may be coming back."""
        if self._clock.now() - self._last_seen > LOST_FOR_GOOD_S:
            self._unlock()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Let the sound and the session go."""
        self._is_closed = True
        self._jobs.forget()
        self.intention.forget()
        self.hide()
        self._player.close()
        self._bridge.close()
        super().closeEvent(event)

    def _wire(self) -> None:
        self.audition.heard.connect(self.chooser.show_heard)
        self.audition.failed.connect(lambda _sentence: self.chooser.show_audible(set()))
        self.chooser.touched.connect(self._touch)
        self.chooser.confirmed.connect(self._choose)
        self.chooser.look_changed.connect(self._set_look)
        self.intention.answered.connect(self._take_intention)
        self.answer.back.connect(self._change_mind)

    def _find_samples(self) -> None:
        """Read the library behind the window, and invite to listen to what was found."""
        presets = [card.preset for card in self.chooser.cards]

        def work(_report: object) -> object:
            # Only here, in the background: to import it takes half a second.
            from playlists.library.repository import Library  # noqa: PLC0415

            with Library.open(self._folder.library) as library:
                return samples_for(presets, library.tracks()), _headphones(self._folder)

        def use(found: Any) -> None:  # noqa: ANN401 - a task returns what its work did
            if self._is_closed:
                return
            samples, device = found
            self._player.use(device)
            self.audition.use(samples)
            self.chooser.show_audible(set(samples))

        self._task = Task(work)
        self._task.succeeded.connect(use)
        self._task.start()

    def _touch(self, name: str) -> None:
        """Let a card be heard; a second touch on the one that sounds ends it."""
        self._look_for_visit()
        if name and name == self.audition.current:
            self.audition.stop()
        else:
            self.audition.start(name)

    def _choose(self, name: str) -> None:
        """Keep the choice, then ask what the patient hopes for."""
        self.audition.stop()
        self._chosen = name
        write_choice(self._folder, name, self._clock.wall_time())
        preset = self._presets.get(name)
        for page in (self.intention, self.answer):
            if preset is None:
                page.show_picture()
            else:
                page.show_picture(preset.seed, preset.color)
        self.intention.ask(may_type=self.may_type)
        self._show(self.intention)

    def _look_for_visit(self) -> None:
        """See whether a visit is prepared that can keep words, before they are asked for."""
        if not self._folder.clinic.is_file():
            self.may_type = False
            return
        if self._jobs.is_busy:
            return

        def work(_report: object) -> bool:
            # Only here, in the background: the records take a while to load.
            from ui.presets.visit import is_awaited  # noqa: PLC0415

            return is_awaited(self._folder, self._clock)

        def use(awaited: bool) -> None:  # noqa: FBT001 - a task hands on what its work returned
            self.may_type = awaited

        self._jobs.run(work, use, lambda _why: use(awaited=False))

    def _take_intention(self, said: str, text: str) -> None:
        """Note what becomes of the intention; its words go to the visit and nowhere else."""
        write_choice(self._folder, self._chosen, self._clock.wall_time(), intention=said)
        if said == SKIPPED or not self.may_type:
            self._thank(said)
            return

        def work(_report: object) -> None:
            from ui.presets.visit import keep  # noqa: PLC0415 -- as above

            keep(self._folder, self._clock, said, text)

        self.intention.allow(answers=False)
        self._jobs.run(
            work,
            lambda _none: self._thank(said, is_kept=bool(text)),
            lambda _why: self._thank(said, is_lost=bool(text)),
        )

    def _thank(self, said: str, *, is_kept: bool = False, is_lost: bool = False) -> None:
        """Say what was taken, and that all of it can still be changed."""
        self.intention.forget()
        if self._locked:
            return  # the dose has started meanwhile
        preset = self._presets.get(self._chosen)
        line = (
            _("Your nurse will choose something calm for you.")
            if preset is None
            else _("{title} is ready for you.").format(title=_(preset.title))
        )
        parts = (
            line,
            _shared_text(said, is_kept=is_kept, is_lost=is_lost),
            _("You can change your mind until we begin."),
        )
        self.answer.say(_("Thank you."), " ".join(filter(None, parts)), may_change=True)
        self._show(self.answer)

    def _change_mind(self) -> None:
        withdraw_choice(self._folder)
        self._show(self.chooser)

    def _unlock(self) -> None:
        """Begin anew for the next patient, if a session had locked the window."""
        if self._locked:
            self._locked = False
            self.chooser.show_chosen(None)
            with contextlib.suppress(OSError):
                withdraw_choice(self._folder)
            self._show(self.chooser)

    def _show(self, page: QWidget) -> None:
        """Turn to a page; no button has the focus there until a key asks for one."""
        self._pages.setCurrentWidget(page)
        self.setFocus()

    def _set_look(self, look: Look) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, look)
        self.setStyleSheet(SHEET.format(text=look.px(24), muted=Color.MUTED))
        self.chooser.set_look(look)


def _shared_text(said: str, *, is_kept: bool, is_lost: bool) -> str:
    """Return what becomes of an intention, in a sentence; empty where nothing was said."""
    if is_lost:
        return _("Your words could not be kept; please tell your nurse.")
    if is_kept:
        return _("Your nurse can read your words.")
    if said == SHARED:
        return _("Your nurse sees that you would like to share your hopes.")
    return _("Your hopes stay with you.") if said == PRIVATE else ""


def _headphones(folder: DataFolder) -> str:
    """Return the chair's headphones, where they are plugged in; else nothing."""
    device = read_settings(folder.settings).get("device")
    is_there = device and device in {sink.name for sink in list_sinks()}
    return str(device) if is_there else ""
