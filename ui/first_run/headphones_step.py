"""The third step: which headphones, whether both sides are heard, and how loud it will be."""

from importlib import import_module
from typing import Any

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from soundscape.clock import Clock
from soundscape.engine.sinks import Sink, list_sinks
from soundscape.folders import DataFolder
from soundscape.room.calibration import Method
from soundscape.room.headphones import known_headphones
from soundscape.settings import write_settings
from ui.desk.both_sides import BothSides
from ui.desk.headphones import Headphones
from ui.desk.wishes import chosen_headphones
from ui.first_run.step import Step
from ui.tasks import Jobs
from ui.theme import GAP_PX, Role
from ui.widgets.buttons import Button
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.labels import Label
from ui.words import _

LOOK_AGAIN_MS = 3000
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
        self._jobs = Jobs()
        self.headphones = Headphones()
        self.sides = BothSides()
        self.model = ChoiceBox(_("Their model"))
        self.hear = Button(_("Hear the level"), icon_name="volume-1")
        self.level = Label("", Role.BODY, wraps=True)
        self.says = Label("", Role.BODY, wraps=True)
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_AGAIN_MS)
        self._lay_out()
        self._wire()
        self._allow()

    def enter(self) -> None:
        """See what is plugged in, again and again while the step is shown."""
        self._look()
        self._look_again.start()

    def leave(self) -> None:
        """Look no more."""
        self._look_again.stop()

    def _lay_out(self) -> None:
        self.headphones.add_beside(self.sides.play)
        self.add_card(_("Where it is heard"), self.headphones, self.sides)
        self.model.addItem(_("Another, or not known"), None)
        for model in known_headphones():
            self.model.addItem(model.name, model.sensitivity_db)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(Label(self.model.accessibleName(), Role.CAPTION))
        column.addWidget(self.model)
        column.addWidget(self.level)
        column.addWidget(self.hear)
        self.add_card(_("How loud"), inner)
        self.says.hide()
        self.add(self.says)

    def _wire(self) -> None:
        self._look_again.timeout.connect(self._look)
        self.headphones.chosen.connect(self._choose)
        self.sides.play.clicked.connect(self._play_sides)
        self.model.activated.connect(self._estimate)
        self.hear.clicked.connect(self._play_level)

    def _look(self) -> None:
        if not self._jobs.is_busy:
            self._jobs.run(lambda _report: list_sinks(), self._show, self._refuse)

    def _show(self, sinks: tuple[Sink, ...]) -> None:
        self.headphones.show_sinks(sinks, chosen_headphones(self._folder))
        self._allow()

    def _choose(self, sink: Sink) -> None:
        choice = {"device": sink.name, "device_title": sink.title}
        write_settings(self._folder.settings, choice)
        self.sides.forget()
        self.model.setCurrentIndex(0)
        self.act()
        self._allow()

    def _allow(self) -> None:
        ready = self.headphones.ready()
        for part in (self.sides.play, self.model, self.hear):
            part.setEnabled(ready is not None and not self._jobs.is_busy)
        self._tell_level(ready)
        self.chosen.emit(ready)

    def _tell_level(self, sink: Sink | None) -> None:
        """Say how loud a session will be, as far as that is known."""
        hearing = import_module("soundscape.session.hearing")
        calibration = import_module("soundscape.room.calibration")
        known = calibration.read_room(self._folder.room).headphones
        if sink is None or sink.name not in known:
            self.level.setText(
                _(
                    "How loud it is at the ear is not known; a digital limit holds. Choose the "
                    "model, or measure it with a meter in the settings."
                )
            )
            return
        found = hearing.hearing_of(known[sink.name])
        by = {
            Method.MEASURED: _("Sessions will have {level:.0f} dB(A) at the ear, as measured."),
            Method.ESTIMATE: _("Sessions will have about {level:.0f} dB(A), by an estimate."),
        }
        self.level.setText(by[found.method].format(level=found.level_db_a))

    def _play_sides(self) -> None:
        sink = self.headphones.ready()
        if sink is None:
            return
        sides = import_module("soundscape.session.sides")
        self._play(
            lambda _report: sides.play_sides(self._folder, sink.name, self._clock),
            self.sides.show_played,
            _("A tone sounds left, then right"),
        )

    def _play_level(self) -> None:
        sink = self.headphones.ready()
        if sink is None:
            return
        hearing = import_module("soundscape.session.hearing")
        self._play(
            lambda _report: hearing.play_level(self._folder, sink.name, self._clock),
            lambda: None,
            _("A steady sound, about as loud as a session"),
        )

    def _play(self, work: Any, done: Any, words: str) -> None:  # noqa: ANN401 -- what is imported late
        def over() -> None:
            self.says.hide()
            done()
            self.act()
            self._allow()

        self._say(words, Role.BODY)
        self._jobs.run(work, lambda _none: over(), self._refuse)
        self._allow()

    def _estimate(self, place: int) -> None:
        sink, sensitivity_db = self.headphones.ready(), self.model.itemData(place)
        if sink is None or sensitivity_db is None:
            return
        hearing = import_module("soundscape.session.hearing")

        def work(_report: object) -> object:
            return hearing.keep_estimate(
                self._folder, sink.name, sensitivity_db, OUTPUT_V, self._clock
            )

        self._jobs.run(work, lambda _hearing: self._estimated(), self._refuse)

    def _estimated(self) -> None:
        self.act()
        self._allow()

    def _refuse(self, why: str) -> None:
        self._say(why, Role.WARNING)
        self._allow()

    def _say(self, words: str, role: Role) -> None:
        self.says.set_role(role)
        self.says.setText(words)
        self.says.setVisible(bool(words))
