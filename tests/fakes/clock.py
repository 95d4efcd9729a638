"""A clock that moves only when told."""

from datetime import UTC, datetime, timedelta

from soundscape.units import Seconds

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class FakeClock:
    """Virtual time for tests.

    Parameters
    ----------
    now : float
        The first reading, in seconds.
    """

    def __init__(self, now: float = 0.0) -> None:
        self._now = now

    def now(self) -> Seconds:
        """Return the virtual time."""
        return Seconds(self._now)

    def wall_time(self) -> str:
        """Return the virtual time as a label."""
        return (EPOCH + timedelta(seconds=self._now)).isoformat(timespec="milliseconds")

    def advance(self, by: float) -> None:
        """Move on by some seconds; time cannot go back."""
        if by < 0.0:
            raise ValueError("time cannot go back")
        self._now += by

    def sleep(self, duration_s: float) -> None:
        """Let virtual time pass."""
        self.advance(duration_s)
