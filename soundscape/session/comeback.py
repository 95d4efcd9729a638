"""Getting the sound back after a break that nobody planned, and saying so.

Within seconds it comes back by itself. Later nobody knows who wears the headphones: staff say
when, or, so that no session stays silent for want of a hand, it comes back some time after the
headphones did. What breaks off again and again rests a while, too. What asks the sound server is
done beside the session: a server that hangs makes nobody wait.
"""

from collections import deque
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING

from soundscape.clock import Clock
from soundscape.engine.automation import Lane, return_ramps
from soundscape.engine.output_block import LONG_BREAK_S
from soundscape.engine.ring import Field
from soundscape.errors import DeviceLostError
from soundscape.session.journal import Journal
from soundscape.session.player import Outage, Player
from soundscape.session.record import OUTAGE, RAMP, ramp_facts
from soundscape.units import Frames

if TYPE_CHECKING:
    from collections.abc import Callable

DEVICE_OK = "device_ok"
"""What a window tells when staff have seen that the headphones are where they belong."""

RETRY_S = 0.25
LOOK_S = 1.0
PATIENCE_S = 120.0
"""So long after the headphones are back the sound is back too, whoever says nothing."""

RETURNS = 3
WITHIN_S = 60.0
"""More returns in so long would be worse to hear than a rest: then staff look first."""

TOLD_S = 60.0
"""So long staff are told of what is over."""


class Comeback:
    """Sees whether the session is heard, and has it heard again.

    Parameters
    ----------
    player : Player
        What is heard.
    journal : Journal
        Where it is recorded.
    clock : Clock
        Measures breaks.
    beside : Executor
        Runs what may have to wait for the sound server, one thing at a time.
    attended : bool
        There are staff to wait for.
    """

    def __init__(
        self, player: Player, journal: Journal, clock: Clock, beside: Executor, *, attended: bool
    ) -> None:
        self._player = player
        self._journal = journal
        self._clock = clock
        self._beside = beside
        self._attended = attended
        self._attempt: tuple[Future[object], Callable[[Future[object]], None]] | None = None
        self._next_try_s = 0.0
        self._why = ""
        self._back_since_s: float | None = None
        self._confirmed_s: float | None = None
        self._returned: deque[float] = deque(maxlen=RETURNS)
        self._counts: dict[Field, int] = {}
        self._told: dict[str, float] = {}

    @property
    def state(self) -> str:
        """``ok``, ``lost``, or ``back``: there again, but waiting for staff."""
        if not self._why:
            return "ok"
        return "lost" if self._back_since_s is None else "back"

    def look(self) -> None:
        """Note what has happened at the sound card; if nothing is heard, try to change that."""
        self._note_breaks()
        self._note_volume()
        self._note_refusals()
        if self._attempt is None and not self._player.is_sounding():
            self._player.pass_time()
            self._begin_attempt(self._clock.now())
        if self._attempt is not None and self._attempt[0].done():
            done, settle = self._attempt
            self._attempt = None
            settle(done)

    def confirm(self) -> None:
        """Take the word of staff that the headphones are where they belong."""
        self._confirmed_s = self._clock.now()
        self._next_try_s = 0.0
        self._journal.add(self._player.position(), DEVICE_OK, {})

    def notices(self) -> list[tuple[str, str]]:
        """Return what staff should know: how urgent, and one sentence."""
        now = self._clock.now()
        found = []
        if self.state == "back":
            found.append(("act now", "The headphones are back. Resume when they are worn."))
        elif self.state == "lost":
            found.append(("act now", f"Nothing is heard. {self._why}"))
        told = (words for words, at_s in self._told.items() if now - at_s < TOLD_S)
        return [*found, *(("note", words) for words in told)]

    def _waits(self, now: float) -> bool:
        lost_s = self._player.lost_since_s
        if self._confirmed_s is not None and now - self._confirmed_s < LONG_BREAK_S:
            return False
        if self._breaks_often(now):
            return True
        if not self._attended or lost_s is None or now - lost_s < LONG_BREAK_S:
            return False
        return self._back_since_s is None or now - self._back_since_s < PATIENCE_S

    def _breaks_often(self, now: float) -> bool:
        return len(self._returned) == RETURNS and now - self._returned[0] < WITHIN_S

    def _begin_attempt(self, now: float) -> None:
        if now < self._next_try_s:
            return
        if not self._waits(now):
            self._attempt = self._beside.submit(self._player.reopen), self._settle_reopening
            return
        if self._breaks_often(now):
            self._lose("The sound broke off again and again; look at the plug and the battery.")
        elif not self._why:  # the machine slept: nothing was tried, nothing is known to be wrong
            self._lose("The sound stood still for a while.")
        self._attempt = self._beside.submit(self._player.is_device_back), self._settle_look

    def _settle_look(self, done: Future[object]) -> None:
        """Note whether the headphones are back."""
        now = self._clock.now()
        self._next_try_s = now + LOOK_S
        try:
            is_back = bool(done.result())
        except DeviceLostError as error:
            is_back = False
            self._lose(str(error))
        if is_back and self._back_since_s is None:
            self._back_since_s = now
            self._journal.add(self._player.position(), "device_back", {})
        elif not is_back:
            self._back_since_s = None

    def _settle_reopening(self, done: Future[object]) -> None:
        """Note that the sound is back, or why not."""
        self._next_try_s = self._clock.now() + RETRY_S
        try:
            done.result()
        except DeviceLostError as error:
            self._lose(str(error))
            return
        self._why = ""
        self._returned.append(self._clock.now())
        self._back_since_s = self._confirmed_s = None
        self._record(self._player.end_outage())

    def _lose(self, why: str) -> None:
        if not self._why:
            self._journal.add(self._player.position(), "device_lost", {"why": why})
        self._why = why

    def _record(self, outage: Outage) -> None:
        self._journal.add(outage.frame, OUTAGE, {"silent_s": round(outage.silent_s, 3)})
        for ramp in self._player.return_ramps:
            self._journal.add(ramp.start, RAMP, ramp_facts(ramp))
        self._tell(f"Nothing was heard for {outage.silent_s:.1f} s; then it came back by a fade.")

    def _note_breaks(self) -> None:
        """Record what the holder mended by itself."""
        if not self._has_risen(Field.BREAKS):
            return
        ring = self._player.ring
        frame, silent_s = Frames(ring.get(Field.BREAK_FRAME)), ring.get(Field.BREAK_MS) / 1000.0
        self._journal.add(frame, "break", {"silent_s": silent_s})
        for ramp in return_ramps(frame, Lane.BREAK):
            self._journal.add(ramp.start, RAMP, ramp_facts(ramp))
        self._tell(f"Nothing was heard for {silent_s:.1f} s; then it came back by a fade.")

    def _note_volume(self) -> None:
        if self._has_risen(Field.VOLUME_CHANGES):
            self._journal.add(self._player.heard(), "volume_put_back", {})
            self._tell("The system's volume was changed outside; it was put back.")

    def _note_refusals(self) -> None:
        """Record that the holder would not play what was rendered."""
        if self._has_risen(Field.REFUSED):
            blocks = self._player.ring.get(Field.REFUSED)
            self._journal.add(self._player.heard(), "sound_refused", {"blocks": blocks})
            self._tell("Broken sound was held back; the safe bed replaced it.")

    def _has_risen(self, field: Field) -> bool:
        """Return whether a count has risen; what rose before this process began is not news."""
        count = self._player.ring.get(field)
        before = self._counts.get(field, count)
        self._counts[field] = count
        return count > before

    def _tell(self, words: str) -> None:
        self._told[words] = self._clock.now()
