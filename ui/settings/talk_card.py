"""Which microphone staff speak into: tried by speaking, kept with its level, or taken away."""

from PyQt6.QtCore import pyqtSignal

from soundscape.session.talk_route import TalkRoute, read_route, remove
from soundscape.session.voice_check import VOICE_S, set_up_talk
from ui.settings.given import Given
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.words import _


class TalkCard(Card):
    """Without a microphone that is set up here the desk has no button to speak.

    Parameters
    ----------
    given : Given
        What every page is given.
    """

    told = pyqtSignal(str)
    refused = pyqtSignal(str)

    def __init__(self, given: Given) -> None:
        super().__init__(_("Speaking to the patient"), Role.SECTION)
        self._given = given
        self.state = Label("", Role.BODY, wraps=True)
        self.listen = Button(_("Speak, and keep it"), icon_name="ear")
        self.away = Button(_("No microphone"), icon_name="x")
        about = _(
            "On the desk staff hold a button and are heard in the headphones, under the lowered "
            "music. The microphone is open only while it is held, and nothing is recorded."
        )
        self.body.addWidget(Label(about, Role.MUTED, wraps=True))
        self.body.addWidget(self.state)
        self.add_acts(self.listen, self.away)
        self.listen.clicked.connect(self._listen)
        self.away.clicked.connect(self._take_away)
        self._show(read_route(given.folder))

    def _show(self, route: TalkRoute | None) -> None:
        self.away.setVisible(route is not None)
        if route is None:
            self.state.setText(_("No microphone is set up."))
            return
        said = _("Staff speak into {microphone}, at {gain} dB.")
        self.state.setText(said.format(microphone=route.microphone, gain=f"{route.gain_db:+d}"))

    def _listen(self) -> None:
        said = _("Speak now as you would to the patient, for {seconds} seconds.")
        self.listen.setEnabled(False)
        self.told.emit(said.format(seconds=round(VOICE_S)))
        folder = self._given.folder
        self._given.jobs.run(lambda _report: set_up_talk(folder, None), self._kept, self._refused)

    def _kept(self, route: TalkRoute) -> None:
        self.listen.setEnabled(True)
        self._show(route)
        self.told.emit(_("Kept, for the sessions that begin from now on."))

    def _refused(self, why: str) -> None:
        self.listen.setEnabled(True)
        self.refused.emit(why)

    def _take_away(self) -> None:
        remove(self._given.folder)
        self._show(None)
        self.told.emit(_("Kept, for the sessions that begin from now on."))
