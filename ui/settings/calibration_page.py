"""How loud a session is at the ear: by a meter, or by what is known of the headphones."""

from soundscape.engine.sinks import Sink
from soundscape.room.calibration import (
    SOFT_CAP_DB_A,
    Calibration,
    Method,
    estimated_offset_db,
    measured_offset_db,
    read_room,
)
from soundscape.room.headphones import known_headphones
from soundscape.session.client import last_session
from soundscape.session.events import VOLUME_RANGE_LU
from soundscape.session.exposure import exposure_percent
from soundscape.session.hearing import (
    PROGRAM_LUFS,
    Hearing,
    hearing_of,
    keep_estimate,
    keep_measured,
)
from soundscape.session.journal import read_journal
from soundscape.session.noise import play_noise
from ui.desk.wishes import chosen_headphones
from ui.settings.given import Given
from ui.settings.page import SettingsPage
from ui.settings.talk_card import TalkCard
from ui.theme import Role
from ui.widgets.buttons import Button, Kind
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.fields import captioned
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper
from ui.words import _, decimal

METER_DB_A = range(40, 111)
OUTPUT_DV = range(1, 51)
"""A device's output in tenths of a volt."""

_USUAL_DB_A, _USUAL_DV = 62, 10


class CalibrationPage(SettingsPage):
    """Kept for the headphones that the chair has; each way shows beforehand what it leads to.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    def __init__(self, given: Given) -> None:
        super().__init__(
            _("Calibration"),
            _("From then on sessions begin at 62 dB(A) at the ear; no volume leads above 70."),
        )
        self._given = given
        self._known = known_headphones()
        self.device = Label("", Role.BODY, wraps=True)
        self.state = Label("", Role.MUTED, wraps=True)
        self.exposure = Label("", Role.MUTED, wraps=True)
        self.play = Button(_("Play the noise"), icon_name="play")
        self.reading = Stepper(_("The meter reads"), METER_DB_A, _db_a)
        self.leads = Label("", Role.MUTED, wraps=True)
        self.measured = Button(_("Keep what it reads"), Kind.PRIMARY)
        self.model = ChoiceBox(_("Headphones"))
        self.output = Stepper(_("The device gives"), OUTPUT_DV, _volts)
        self.about = Label("", Role.MUTED, wraps=True)
        self.estimate = Button(_("Keep as an estimate"))
        self.talk = TalkCard(given)
        self._lay_out()
        self._wire()
        self.reading.set_value(_USUAL_DB_A)
        self.output.set_value(_USUAL_DV)
        self.show_state()

    def show_state(self) -> None:
        """Show which headphones they are, how they are calibrated, and what the last took."""
        sink = chosen_headphones(self._given.folder)
        self.device.setText(
            _("Choose the headphones on the page before this one.") if sink is None else sink.title
        )
        for button in (self.play, self.measured, self.estimate):
            button.setEnabled(sink is not None)
        self.state.setText(self._known_of(sink))
        self.exposure.setText(self._exposure())
        self.exposure.setVisible(bool(self.exposure.text()))
        self._show_leads()

    def _lay_out(self) -> None:
        for stepper in (self.reading, self.output):
            stepper.keep_together()
        for model in self._known:
            self.model.addItem(model.name, model.sensitivity_db)
        self.add_card(_("Headphones"), self.device, self.state, self.exposure)
        how = _(
            "Put the meter's microphone into an ear cup, so that it closes as on a head; set the "
            "meter to A and slow. The noise lasts twelve seconds, at the level of a session."
        )
        meter = self.add_card(_("With a sound level meter"), Label(how, Role.MUTED, wraps=True))
        meter.add_acts(self.play)
        for part in (captioned(self.reading), self.leads):
            meter.body.addWidget(part)
        meter.add_acts(self.measured)
        guess = _(
            "Without a meter: from the headphones' data and the device's highest output. It may "
            "be wrong by several decibels, and is called an estimate everywhere."
        )
        self.add_card(
            _("An estimate"),
            *(Label(guess, Role.MUTED, wraps=True), self.model),
            *(captioned(self.output), self.about),
        ).add_acts(self.estimate)
        self.add(self.talk)

    def _wire(self) -> None:
        self.play.clicked.connect(self._play)
        self.measured.clicked.connect(self._keep_measured)
        self.estimate.clicked.connect(self._keep_estimate)
        self.reading.changed.connect(lambda _value: self._show_leads())
        self.output.changed.connect(lambda _value: self._show_leads())
        self.model.currentIndexChanged.connect(lambda _place: self._show_leads())
        self.talk.told.connect(self.say)
        self.talk.refused.connect(self.refuse)

    def _known_of(self, sink: Sink | None) -> str:
        calibrations = read_room(self._given.folder.room).headphones
        calibration = None if sink is None else calibrations.get(sink.name)
        if calibration is None:
            return _("Not calibrated: nobody knows the level at the ear, only the digital cap.")
        return f"{_told(hearing_of(calibration))} ({calibration.at[:10]})"

    def _exposure(self) -> str:
        """Return what the last session took of a week's safe listening, in words."""
        armed = last_session(self._given.folder)
        if armed is None:
            return ""
        percent = exposure_percent(armed, read_journal(armed.folder))
        if percent is None:
            return _("What the last session took of a week's safe listening is not known.")
        said = _("The last session took {percent} % of a week's safe listening (ITU-T H.870).")
        return said.format(percent=decimal(percent, 1))

    def _show_leads(self) -> None:
        """Show what each way would lead to."""
        offset_db = measured_offset_db(float(self.reading.value()), PROGRAM_LUFS)
        self.leads.setText(_told(hearing_of(Calibration(offset_db, Method.MEASURED, (), ""))))
        offset_db = estimated_offset_db(self.model.currentData(), self._output_v(), ())
        self.about.setText(_told(hearing_of(Calibration(offset_db, Method.ESTIMATE, (), ""))))

    def _output_v(self) -> float:
        return self.output.value() / 10.0

    def _play(self) -> None:
        sink, given = chosen_headphones(self._given.folder), self._given
        if sink is None:
            return
        name = sink.name
        self.play.setEnabled(False)
        self.say(_("The noise plays."))
        given.jobs.run(
            lambda _report: play_noise(given.folder, name, given.clock),
            lambda _done: self._heard(_("Now set what the meter has read.")),
            self._not_heard,
        )

    def _heard(self, words: str) -> None:
        self.play.setEnabled(True)
        self.say(words)

    def _not_heard(self, why: str) -> None:
        self.play.setEnabled(True)
        self.refuse(why)

    def _keep_measured(self) -> None:
        sink, given = chosen_headphones(self._given.folder), self._given
        if sink is None:
            return
        name, meter_db_a = sink.name, float(self.reading.value())
        given.jobs.run(
            lambda _report: keep_measured(given.folder, name, meter_db_a, given.clock),
            self._kept,
            self.refuse,
        )

    def _keep_estimate(self) -> None:
        sink, given = chosen_headphones(self._given.folder), self._given
        if sink is None:
            return
        name, data = sink.name, (float(self.model.currentData()), self._output_v())
        given.jobs.run(
            lambda _report: keep_estimate(given.folder, name, *data, given.clock),
            self._kept,
            self.refuse,
        )

    def _kept(self, hearing: Hearing) -> None:
        self.show_state()
        self.say(_("Kept. {level}").format(level=_told(hearing)))


def _told(hearing: Hearing) -> str:
    """Return how loud sessions are, in words that say how that is known."""
    most_db_a = min(hearing.level_db_a + VOLUME_RANGE_LU[1], SOFT_CAP_DB_A)
    if hearing.method is Method.ESTIMATE:
        said = _("About {level} dB(A) at the ear by an estimate; the highest volume about {most}.")
    else:
        said = _("{level} dB(A) at the ear; the highest volume {most}.")
    return said.format(level=f"{hearing.level_db_a:.0f}", most=f"{most_db_a:.0f}")


def _db_a(reading: int) -> str:
    return _("{level} dB(A)").format(level=reading)


def _volts(tenths: int) -> str:
    return _("{volts}.{tenths} V").format(volts=tenths // 10, tenths=tenths % 10)
