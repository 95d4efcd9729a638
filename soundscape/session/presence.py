"""Which windows look at a session: staff's desk, and the patient's screen, which must not freeze.

The patient's screen says with each question how often it has shown itself. A screen that is frozen
asks nothing, or says the same number again; both are known as lost within seconds, because a
touch on it calls nobody.
"""

from collections.abc import Iterable

from soundscape.clock import Clock
from soundscape.wire import Message

SCREEN_CLOSED = "screen_closed"
"""What the patient's screen tells when staff close it; no event of the session."""

SHOWN, LOST, BACK = "screen_shown", "screen_lost", "screen_back"

DESK_SEEN_S = 2.0
PATIENCE_S = 3.0
LONGEST_LOOK_S = 0.25
"""A look counts no more: while the host itself stood still, nobody could have been heard."""


class Presence:
    """Knows who has looked at the session of late.

    Parameters
    ----------
    clock : Clock
        Measures silence.
    recorded : Iterable[str]
        The record's events so far: a screen that was there before this process is waited for.
    """

    def __init__(self, clock: Clock, recorded: Iterable[str] = ()) -> None:
        self._clock = clock
        self._desk_at: float | None = None
        self._looked_at = clock.now()
        self._shows: object = None
        self._window: object = None
        self._silent_s = 0.0
        last = [event for event in recorded if event in {SHOWN, LOST, BACK, SCREEN_CLOSED}][-1:]
        self._is_open = bool(last) and last != [SCREEN_CLOSED]
        self._is_lost = last == [LOST]
        self._news: list[str] = []

    @property
    def desk_is_seen(self) -> bool:
        """Whether a staff desk asked within the last seconds."""
        return self._desk_at is not None and self._clock.now() - self._desk_at < DESK_SEEN_S

    @property
    def screen(self) -> str:
        """``none`` where no patient's screen is open, else ``ok`` or ``lost``."""
        if not self._is_open:
            return "none"
        return "lost" if self._is_lost else "ok"

    def note(self, question: Message) -> bool:
        """Take note of who asks; return whether that is all that was told."""
        if question.get("event") == SCREEN_CLOSED:
            self._close()
            return True
        if question.get("role") == "desk":
            self._desk_at = self._clock.now()
        shows = question.get("shows")
        if shows is not None and shows != self._shows:
            self._see(question.get("window"))
            self._shows = shows
        return False

    def look(self) -> list[str]:
        """Count how long the screen has been silent; return what the record is to say of it."""
        now = self._clock.now()
        self._silent_s += min(now - self._looked_at, LONGEST_LOOK_S)
        self._looked_at = now
        if self._is_open and not self._is_lost and self._silent_s >= PATIENCE_S:
            self._is_lost = True
            self._news.append(LOST)
        news, self._news = self._news, []
        return news

    def _see(self, window: object) -> None:
        """Take note of a sign of life of a window, which may have taken another's place."""
        self._silent_s = 0.0
        is_new = self._window not in {None, window}
        self._window = window
        if self._is_lost:
            self._news.append(BACK)
        elif is_new or not self._is_open:
            self._news.append(SHOWN)
        self._is_open, self._is_lost = True, False

    def _close(self) -> None:
        """Wait for the screen no longer: staff have closed it."""
        if self._is_open:
            self._news.append(SCREEN_CLOSED)
        self._is_open = self._is_lost = False
