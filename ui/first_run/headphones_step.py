"""The third step: which headphones, whether both sides are heard, and how loud it will be."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PyQt6.QtCore import pyqtSignal

from soundscape.clock import Clock
from soundscape.engine.sinks import Sink
from soundscape.folders import DataFolder
from soundscape.room.calibration import Method, read_room
from soundscape.room.headphones import known_headphones
from ui.desk.headphones_check import HeadphonesCheck
from ui.first_run.step import Step
from ui.tasks import Report
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.fields import captioned
from ui.widgets.labels import Label
from ui.words import _

OUTPUT_V = 1.0
"""What many devices give at full scale, as the command line assumes too."""


class HeadphonesStep(Step):
    """Headphones, a tone left and right, and the level.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    clock : Clock
        Paces the tones.
    """

    chosen = pyqtSignal(object)
    """A ``Sink`` that is there, or None."""

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        super().__init__(
            _("Headphones"),
            _("Best a pair on a sound device of its own, with no loudspeaker on it."),
        )
        self._folder = folder
        self._clock = clock
        self._sink: Sink | None = None
        self.check = HeadphonesCheck(folder, clock)
        self.model = ChoiceBox(_("Their model"))
        self.model.addItem(_("Another, or not known"), None)
        for model in known_headphones():
            self.model.addItem(model.name, model.sensitivity_db)
        self.hear = Button(_("Hear the level"), icon_name="volume-1")
        self.level = Label("", Role.BODY, wraps=True)
        self.add_card(_("Where it is heard"), self.check)
        loud = self.add_card(_("How loud"), captioned(self.model), self.level)
        loud.add_acts(self.hear)
        self.check.acted.connect(self.act)
        self.check.told.connect(self._take)
        self.model.activated.connect(self._estimate)
        self.hear.clicked.connect(self._play_level)
        self._take(None)

    def enter(self) -> None:
        """See what is plugged in, again and again while the step is shown."""
        self.check.watch()

    def leave(self) -> None:
        """Look no more."""
        self.check.rest()

    def _take(self, sink: Sink | None) -> None:
        if sink != self._sink:
            self.model.setCurrentIndex(0)
        self._sink = sink
        self.chosen.emit(sink)
        self._allow()

    def _allow(self) -> None:
        for part in (self.model, self.hear):
            part.setEnabled(self._sink is not None and not self.jobs.is_busy)
        self.level.set_role(Role.BODY)
        self.level.setText(_level_text(self._folder, self._sink))

    def _play_level(self) -> None:
        device, noise = self._device(), import_module("soundscape.session.noise")
        self._do(lambda _report: noise.play_level(self._folder, device, self._clock))
        self.level.setText(_("A steady sound, about as loud as a session"))

    def _estimate(self, place: int) -> None:
        sensitivity_db = self.model.itemData(place)
        if sensitivity_db is None:
            return
        device, hearing = self._device(), import_module("soundscape.session.hearing")
        self._do(
            lambda _report: hearing.keep_estimate(
                self._folder, device, sensitivity_db, OUTPUT_V, self._clock
            )
        )

    def _device(self) -> str:
        return self._sink.name if self._sink is not None else ""

    def _do(self, work: Callable[[Report], Any]) -> None:
        self.jobs.run(work, lambda _result: self._done(), self._refuse)
        self._allow()

    def _done(self) -> None:
        self.act()
        self._allow()

    def _refuse(self, why: str) -> None:
        self._allow()
        self.level.set_role(Role.WARNING)
        self.level.setText(why)


def _level_text(folder: DataFolder, sink: Sink | None) -> str:
    """Return how loud a session will be, as far as that is known."""
    known = read_room(folder.room).headphones
    if sink is None or sink.name not in known:
        return _(
            "How loud it is at the ear is not known; a digital limit holds. Choose the model, or "
            "measure it with a meter in the settings."
        )
    found = import_module("soundscape.session.hearing").hearing_of(known[sink.name])
    by = {
        Method.MEASURED: _("Sessions will have {level:.0f} dB(A) at the ear, as measured."),
        Method.ESTIMATE: _("Sessions will have about {level:.0f} dB(A), by an estimate."),
    }
    return by[found.method].format(level=found.level_db_a)
