"""What is counted from a moment goes on whoever sets the machine's clock."""

from datetime import timedelta

from fakes.clock import EPOCH, FakeClock

from soundscape.units import Seconds
from ui.care.steady import SteadyClock


class SetClock(FakeClock):
    """A clock whose wall is set an hour ahead at some moment."""

    is_set = False

    def wall_time(self) -> str:
        """Return the wall's time, wrong or not."""
        shown = EPOCH + timedelta(seconds=self.now(), hours=1 if self.is_set else 0)
        return shown.isoformat(timespec="milliseconds")


def test_a_clock_that_is_set_makes_no_hour_shorter() -> None:
    clock = SetClock()
    steady = SteadyClock(clock)

    clock.is_set = True
    clock.advance(Seconds(59.0))

    assert steady.at() == EPOCH + timedelta(seconds=59)
    assert steady.wall_time().startswith("2026-01-01T00:00:59")


def test_the_walls_time_is_taken_anew_when_it_is_asked_for() -> None:
    clock = SetClock()
    steady = SteadyClock(clock)
    clock.is_set = True

    steady.look()

    assert steady.at() == EPOCH + timedelta(hours=1)
