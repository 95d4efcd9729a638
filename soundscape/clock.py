"""The only place that reads the machine's time.

All else is handed a clock, so that an hour's session is tested in milliseconds.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from soundscape.units import Seconds


class Clock(Protocol):
    """A clock that never goes back, with the wall's time beside it as a label."""

    def now(self) -> Seconds:
        """Return seconds since an origin that does not change while the program runs."""

    def wall_time(self) -> str:
        """Return the wall clock in UTC, ISO 8601 with milliseconds: a label, not a measure."""

    def sleep(self, duration_s: float) -> None:
        """Return after some seconds; only for processes that have nothing else to wait on."""


if sys.platform == "linux":

    def _awake_or_asleep() -> float:
        # Here the monotonic clock stands still while the machine sleeps.
        return time.clock_gettime(time.CLOCK_BOOTTIME)

else:
    _awake_or_asleep = time.monotonic


class MachineClock:
    """The machine's clocks; setting the wall clock does not move ``now``."""

    def now(self) -> Seconds:
        """Return seconds since an unspecified origin, those in which the machine slept too."""
        return Seconds(_awake_or_asleep())

    def wall_time(self) -> str:
        """Return the wall clock in UTC, ISO 8601 with milliseconds."""
        return datetime.now(UTC).isoformat(timespec="milliseconds")

    def sleep(self, duration_s: float) -> None:
        """Return after some seconds."""
        time.sleep(duration_s)


def machine_start() -> str:
    """Return which start of the machine this is; empty where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
