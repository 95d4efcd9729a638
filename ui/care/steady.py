"""A wall clock that nobody can set meanwhile."""

from datetime import UTC, datetime, timedelta

from soundscape.clock import Clock
from soundscape.units import Seconds


class SteadyClock:
    """The wall clock as it was, counted on by the time that passes.

    A recovery's hour must not become shorter because the machine's clock is set during it.

    Parameters
    ----------
    clock : Clock
        The machine's.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.look()

    def look(self) -> None:
        """Take the wall's time anew: while nothing is counted from it."""
        self._wall = datetime.fromisoformat(self._clock.wall_time()).astimezone(UTC)
        self._from = self._clock.now()

    def at(self) -> datetime:
        """Return the moment, in UTC."""
        return self._wall + timedelta(seconds=self._clock.now() - self._from)

    def now(self) -> Seconds:
        """Return seconds since an unspecified origin."""
        return self._clock.now()

    def wall_time(self) -> str:
        """Return the moment as a label, ISO 8601 with milliseconds."""
        return self.at().isoformat(timespec="milliseconds")

    def sleep(self, duration_s: float) -> None:
        """Let time pass."""
        self._clock.sleep(duration_s)
