"""What a session does to the machine over hours: looked at now and then, judged by slopes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.fades.processes import cpu_s, descriptor_count, memory_mb
from soundscape.clock import Clock
from soundscape.errors import SessionError
from soundscape.session.client import SessionClient

SETTLED_SHARE = 0.2
"""So much of a run is left out of the slopes: caches and allocators fill up first."""


@dataclass(frozen=True, slots=True)
class Look:
    """The state of a session's two processes at a moment.

    Attributes
    ----------
    at_s : float
        On the machine's monotonic clock.
    heard_s : float
        The session's own time: frames heard.
    host_mb, holder_mb : float
        Resident memory.
    host_files, holder_files : int
        Open file descriptors.
    host_cpu_s, holder_cpu_s : float
        Computed so far.
    """

    at_s: float
    heard_s: float
    host_mb: float
    holder_mb: float
    host_files: int
    holder_files: int
    host_cpu_s: float
    holder_cpu_s: float


def looks(
    client: SessionClient,
    processes: Callable[[], tuple[int, int]],
    every_s: float,
    clock: Clock,
) -> Iterator[Look]:
    """Yield looks at a session until it no longer answers or a process of it is gone."""
    while True:
        try:
            host, holder = processes()
            heard_s = float(client.status()["t_s"])
        except (SessionError, IndexError):
            return
        yield Look(
            at_s=clock.now(),
            heard_s=heard_s,
            host_mb=memory_mb(host),
            holder_mb=memory_mb(holder),
            host_files=descriptor_count(host),
            holder_files=descriptor_count(holder),
            host_cpu_s=cpu_s(host),
            holder_cpu_s=cpu_s(holder),
        )
        clock.sleep(every_s)


def judged(seen: Sequence[Look]) -> dict[str, Any]:
    """Return the slopes and extremes of what was seen.

    Parameters
    ----------
    seen : Sequence[Look]
        In order; the first fifth is left out.

    Returns
    -------
    dict[str, Any]
        ``drift_ppm`` is by how much frames run ahead of the clock, per million; slopes of memory
        are in megabytes in an hour of the machine and in a day of session.
    """
    settled = seen[round(SETTLED_SHARE * len(seen)) :]
    at_s = np.array([look.at_s for look in settled])
    heard_s = np.array([look.heard_s for look in settled])
    passed_s = settled[-1].at_s - settled[0].at_s
    found: dict[str, Any] = {
        "looks": len(seen),
        "real_s": seen[-1].at_s - seen[0].at_s,
        "session_s": seen[-1].heard_s,
        "drift_ppm": 1e6 * (slope(at_s, heard_s) - 1.0),
        "jitter_ms": 1000.0 * scatter(at_s, heard_s),
        "last": asdict(seen[-1]),
    }
    for name in ("host", "holder"):
        memory = np.array([getattr(look, f"{name}_mb") for look in settled])
        files = [getattr(look, f"{name}_files") for look in settled]
        computed_s = [getattr(look, f"{name}_cpu_s") for look in settled]
        found[name] = {
            "highest_mb": float(memory.max()),
            "mb_an_hour": 3600.0 * slope(at_s, memory),
            "mb_a_day_of_session": 86_400.0 * slope(heard_s, memory),
            "fewest_files": min(files),
            "most_files": max(files),
            "cpu_percent": 100.0 * (computed_s[-1] - computed_s[0]) / passed_s,
        }
    return found


def slope(at: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Return the slope of the straight line through some points, by least squares."""
    away = at - np.mean(at)
    return float(np.sum(away * (values - np.mean(values))) / np.sum(away**2))


def scatter(at: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Return the standard deviation of some points from the straight line through them."""
    away = at - np.mean(at)
    return float(np.std(values - np.mean(values) - slope(at, values) * away))
