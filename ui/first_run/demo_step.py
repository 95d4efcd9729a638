"""The last step: two minutes of a session, made on this machine and heard in the headphones."""

import contextlib
from importlib import import_module
from typing import TYPE_CHECKING

from soundscape.clock import Clock
from soundscape.engine.sinks import Sink
from soundscape.errors import SoundscapeError
from soundscape.folders import DataFolder
from soundscape.session.client import SessionClient
from ui.bridge import Bridge, Status
from ui.desk.picture import arc_picture
from ui.first_run.step import Step
from ui.tasks import Task
from ui.theme import Role
from ui.widgets.arc_view import ArcView
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.words import _, phase_title

if TYPE_CHECKING:
    import subprocess

NO_SOUND = "null"
_OVER = {"fading_out", "ended"}


class DemoStep(Step):
    """Begins the demo, shows where it is, and stops it when the step is left.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock
        Dates the demo.
    """

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        super().__init__(
            _("Two minutes of a session"),
            _("Every phase, some seconds long each, with sounds made on this machine."),
        )
        self._folder = folder
        self._clock = clock
        self._sink: Sink | None = None
        self._bridge: Bridge | None = None
        self._is_live = self._is_left = False
        self._keeper: subprocess.Popen[bytes] | None = None
        self.arc = ArcView()
        self.arc.hide()
        self.phase = Label("", Role.TITLE)
        self.phase.hide()
        self.begin = Button(_("Begin the demo"), icon_name="play")
        self.stop = Button(_("Stop"), icon_name="circle-stop")
        self.stop.hide()
        self.says = Label("", Role.MUTED, wraps=True)
        self.add_card("", self.phase, self.arc, self.says).add_acts(self.begin, self.stop)
        self.begin.clicked.connect(self._begin)
        self.stop.clicked.connect(self._stop)
        self._tell()

    def use(self, sink: Sink | None) -> None:
        """Take the headphones that are chosen and there."""
        self._sink = sink
        if not self._is_live:
            self._tell()

    def enter(self) -> None:
        """Stay with what is begun here."""
        self._is_left = False

    def leave(self) -> None:
        """Let the sound fade out, also one that is only being made, and go."""
        self._is_left = True
        keeper, is_live = self._keeper, self._is_live
        self._stop()
        self._let_go()
        if keeper is not None and is_live:
            demo = import_module("ui.first_run.demo")
            # No job of the step's: it goes on when step and window are gone.
            Task(lambda _report: demo.see_off(self._folder, keeper)).start()
            self._show_live(live=False)
            self._tell()

    def follow(self, status: Status) -> None:
        """Show where the demo is."""
        self._is_live = status["state"] not in _OVER
        self.arc.show_picture(arc_picture(status))
        self.phase.setText(phase_title(str(status["phase"])))
        self.says.setText(self._sounds(status["device"]["state"]))
        self._show_live(live=True)
        if status["state"] == "ended":
            self._end()

    def _begin(self) -> None:
        sink = self._sink
        device = sink.name if sink else NO_SOUND
        title = _("Demo")
        self.begin.setEnabled(False)
        self.says.setText(_("Making the sounds. This takes some seconds."))

        def work(_report: object) -> "subprocess.Popen[bytes]":
            demo = import_module("ui.first_run.demo")
            keeper: subprocess.Popen[bytes] = demo.begin_demo(
                self._folder, device, title, self._clock
            )
            if self._is_left:
                demo.see_off(self._folder, keeper)
            return keeper

        self.jobs.run(work, self._begun, self._refuse)

    def _begun(self, keeper: "subprocess.Popen[bytes]") -> None:
        if self._is_left:
            self._show_live(live=False)
            self._tell()
            return
        self.act()
        self._keeper, self._is_live = keeper, True
        own = import_module("ui.first_run.demo").demo_folder(self._folder)
        self._bridge = Bridge(lambda: SessionClient(own.runtime, "desk"))
        self._bridge.status_changed.connect(self.follow)
        self._bridge.lost.connect(lambda _why: self._end())
        self._bridge.start()

    def _stop(self) -> None:
        if self._bridge is not None and self._is_live:
            self._bridge.send("stop_fast")

    def _end(self) -> None:
        """Show that it is over; its data goes."""
        self._let_go()
        self._show_live(live=False)
        self.says.setText(_("The demo is over. A session is longer, and staff say what happens."))
        with contextlib.suppress(SoundscapeError, OSError):  # the next demo deletes what is left
            import_module("ui.first_run.demo").end_demo(self._folder)

    def _let_go(self) -> None:
        self._is_live = False
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None

    def _refuse(self, why: str) -> None:
        self.begin.setEnabled(True)
        self.says.setText(why)

    def _show_live(self, *, live: bool) -> None:
        for part in (self.arc, self.phase, self.stop):
            part.setVisible(live)
        self.begin.setVisible(not live)
        self.begin.setEnabled(not live)

    def _tell(self) -> None:
        self.says.setText(self._where())

    def _sounds(self, device: str) -> str:
        """Return where it is heard; headphones that are back are taken at once."""
        if device == "back" and self._bridge is not None:
            self._bridge.send("device_ok")
        if device != "ok" and self._sink is not None:
            words = _("{headphones} is not there. Plug it in; the sound waits.")
            return words.format(headphones=self._sink.title)
        return self._where()

    def _where(self) -> str:
        if self._sink is None:
            return _("No headphones are chosen: it is shown without sound.")
        return _("It is heard in {headphones}.").format(headphones=self._sink.title)
