"""What examining a file takes, measured where it is done."""

import resource
from dataclasses import dataclass
from pathlib import Path

from playlists.analysis.worker import Examined, examine


@dataclass(frozen=True, slots=True)
class Cost:
    """What was found in a file, and at which cost.

    Attributes
    ----------
    found : Examined
        What was found.
    processor_s : float
        Seconds of the processor.
    most_bytes : int
        The most memory that the process has held so far.
    """

    found: Examined
    processor_s: float
    most_bytes: int


def examine_at_cost(path: Path) -> Cost:
    """Examine a file."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    found = examine(path)
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(found, spent_s, _most_bytes())


def _most_bytes() -> int:
    """Return the most memory that this program has held.

    ``ru_maxrss`` would count what the process held before it became this program: all of pytest.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (most_kb,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(most_kb) * 1024
