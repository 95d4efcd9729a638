"""When touches are a call, and what the patient is answered."""

from soundscape.clock import Clock
from soundscape.units import Seconds
from ui.bridge import Status
from ui.words import _

BURST_S = Seconds(4.0)
"""Touches closer than this to the one before belong to one call."""
PATIENCE_S = Seconds(30.0)
"""A call not seen after this long is answered with what else to do."""
SEEN_FOR_S = Seconds(30.0)
"""How long a seen call stays on the screen."""
ANSWER_FOR_S = Seconds(20.0)
"""How long an answer stays where no session tells more."""


class Calls:
    """Turns touches into calls, and the session's word on them into one calm line.

    Help is promised by nobody here: the line says who knows, or what else to do.

    Parameters
    ----------
    clock : Clock
        Tells touches of a burst apart from a new call.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._touched_at: Seconds | None = None
        self._unheard = False
        self._seen_at: Seconds | None = None
        self._call_at_s: float | None = None
        self._past_call_at_s: float | None = None

    def touch(self) -> bool:
        """Take a touch; return whether it begins a new call, as after one that nobody heard."""
        now = self._clock.now()
        quiet = self._touched_at is None or now - self._touched_at >= BURST_S
        new = quiet or self._unheard
        self._touched_at = now
        if new:
            self._unheard = False
            self._seen_at = None
            self._past_call_at_s = self._call_at_s
        return new

    def refuse(self) -> None:
        """Take in that a call did not reach the session."""
        self._unheard = True

    def answer(self, status: Status | None) -> str:
        """Return what to say now; empty where nothing was asked.

        Parameters
        ----------
        status : Status | None
            The session's; None while it does not answer.
        """
        elsewhere = _("Please call out or use your bell.")
        if status is None:
            return elsewhere if self._is_fresh() else ""
        call = status["call"]
        self._call_at_s = call["at_s"]
        state = "none" if self._call_at_s == self._past_call_at_s else call["state"]
        if state == "seen":
            return self._seen()
        if state == "sent":
            late = float(status["t_s"]) - float(call["at_s"]) >= PATIENCE_S
            return elsewhere if late or not status["desk_seen"] else _letting_know()
        if not self._is_fresh():
            return ""
        return _letting_know() if status["desk_seen"] and not self._unheard else elsewhere

    def _seen(self) -> str:
        now = self._clock.now()
        if self._seen_at is None:
            self._seen_at = now
        return _("Your nurse has seen this.") if now - self._seen_at < SEEN_FOR_S else ""

    def _is_fresh(self) -> bool:
        return self._touched_at is not None and self._clock.now() - self._touched_at < ANSWER_FOR_S


def _letting_know() -> str:
    return _("We are letting your nurse know.")
