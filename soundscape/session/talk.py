"""Staff speak to the patient while a button is held: who may, how loud, and when it is over."""

import subprocess
import sys
from collections.abc import Mapping

from soundscape.engine.ring import Field
from soundscape.engine.talk import LONGEST
from soundscape.errors import InvalidEventError
from soundscape.session.conductor import Conductor
from soundscape.session.events import Kind, SessionEvent
from soundscape.session.files import Terms
from soundscape.session.player import Player
from soundscape.units import Frames, seconds_in

_LEAVE_S = 1.0


class Talk:
    """Owns the process of an open microphone, which lives while staff hold the button.

    Parameters
    ----------
    terms : Terms
        Which microphone, and how loud.
    player : Player
        Where the words are heard.
    conductor : Conductor
        What was told.
    """

    def __init__(self, terms: Terms, player: Player, conductor: Conductor) -> None:
        self._terms = terms
        self._player = player
        self._conductor = conductor
        self._process: subprocess.Popen[str] | None = None
        self._since: Frames | None = None
        self._trouble = ""

    def check(self, name: object) -> None:
        """Look whether staff may speak.

        Raises
        ------
        InvalidEventError
            If they want to, and no microphone is set up.
        """
        if name == Kind.TALK_ON and not self._terms.microphone:
            raise InvalidEventError(
                "No microphone is set up for speaking; set one up before the next session."
            )

    def told(self, event: SessionEvent) -> None:
        """Open the microphone, or let it be closed, as somebody just told."""
        if event.kind is Kind.TALK_ON:
            self._close()
            self._since, self._trouble = event.frame, ""
            self._process = subprocess.Popen(  # noqa: S603 -- our own module
                self._command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # the system's sound drivers write there
                text=True,
            )
        elif event.kind is Kind.TALK_OFF:
            self._since = None

    def take_up(self) -> None:
        """Take up a session whose host died: its microphone has closed with it."""
        position = self._player.position()
        if self._terms.microphone and self._conductor.course_at(position).talking:
            self._since = position

    def is_over(self, *, desk_is_seen: bool) -> bool:
        """Close a microphone that must not be open; return whether talking is to be ended.

        Parameters
        ----------
        desk_is_seen : bool
            The desk is there, which alone can let go.
        """
        if self._since is None:
            self._close()
            return False
        runs = self._process is not None and self._process.poll() is None
        passed = self._player.position() - self._since
        if runs and desk_is_seen and passed < LONGEST and not self._is_stopped():
            return False
        self._close()
        self._since = None
        return True

    def state(self) -> Mapping[str, object]:
        """Return ``route``: there is one; ``open``: words are heard; ``left_s`` while talking."""
        left_s = None
        if self._since is not None:
            left = self._since + LONGEST - self._player.position()
            left_s = round(seconds_in(Frames(max(0, left))), 1)
        is_open = bool(self._player.ring.get(Field.SPEECH_OPEN))
        return {"route": bool(self._terms.microphone), "open": is_open, "left_s": left_s}

    def notices(self) -> list[tuple[str, str]]:
        """Return why the last words were not heard."""
        return [("soon", self._trouble)] if self._trouble else []

    def close(self) -> None:
        """Close the microphone at the session's end."""
        self._since = None
        self._close()

    def _is_stopped(self) -> bool:
        return self._conductor.course_at(self._player.position()).stop is not None

    def _close(self) -> None:
        """Close the microphone if it is open, and leave no word in memory."""
        if self._process is None:
            return
        try:
            said, _ = self._process.communicate(timeout=_LEAVE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            said, _ = self._process.communicate()
        self._trouble = said.strip() if self._process.returncode else ""
        self._process = None
        self._player.ring.forget_speech()

    def _command(self) -> list[str]:
        terms = self._terms
        command = [sys.executable, "-m", "soundscape.engine.talk", str(self._player.ring_file)]
        command += ["--gain-db", str(terms.speech_gain_db)]
        command += ["--peak-dbfs", str(terms.speech_peak_dbfs)]
        return [*command, "--microphone", terms.microphone]
