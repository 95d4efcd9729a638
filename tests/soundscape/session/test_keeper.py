"""The keeper: starts again what dies or hangs, and leaves alone what merely slept."""

import sys
from pathlib import Path

from fakes.clock import FakeClock

from soundscape.session.keeper import RESTARTS, keep
from soundscape.units import Seconds

BEAT = "import os, sys, time; os.write(1, b'.'); "


def command(then: str) -> list[str]:
    """Return what starts a host that beats once."""
    return [sys.executable, "-S", "-c", BEAT + then]


class LeapingClock(FakeClock):
    """A clock by which hours pass between any two looks, as when the machine sleeps."""

    def now(self) -> Seconds:
        """Return a time long after the last one."""
        self.advance(3600.0)
        return super().now()


def test_a_host_that_slept_with_the_machine_is_not_taken_to_hang() -> None:
    assert keep(command("time.sleep(1.0)"), LeapingClock()) == 0


def test_a_host_that_dies_is_started_again_but_not_for_ever(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    then = f"open({str(starts)!r}, 'a').write('x'); os._exit(3)"

    assert keep(command(then), FakeClock()) == 2
    assert len(starts.read_text()) == RESTARTS


def test_a_host_that_refuses_to_begin_is_not_asked_again() -> None:
    assert keep(command("sys.exit(1)"), FakeClock()) == 1
