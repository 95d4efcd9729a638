"""What a machine must offer before a session begins, looked at without touching anything."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from soundscape.clock import Clock
from soundscape.folders import DataFolder
from soundscape.media.store import content_hash
from soundscape.session.awake import can_stay_awake

DISK_WANTED_GB = 2.0
BATTERY_WANTED = 60
"""Percent: two hours and a half of a session, with something in hand."""

FIRST_YEAR = "2025"
POWER_SUPPLIES = Path("/sys/class/power_supply")


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found.

    Attributes
    ----------
    name : str
        What was checked.
    ok : bool
        Whether a session can rely on it.
    detail : str
        What was found; if not ok, what to do.
    """

    name: str
    ok: bool
    detail: str


def disk(folder: DataFolder) -> Check:
    """Look for room for plans and records."""
    there = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    free_gb = shutil.disk_usage(there).free / 1e9
    is_enough = free_gb >= DISK_WANTED_GB
    advice = "" if is_enough else f"; free {DISK_WANTED_GB:g} GB for plans and records"
    return Check("disk", is_enough, f"{free_gb:.1f} GB free{advice}")


def time(clock: Clock) -> Check:
    """Look whether the machine knows the date; a session itself needs no clock."""
    wall = clock.wall_time()
    is_set = wall >= FIRST_YEAR
    return Check("clock", is_set, wall if is_set else f"It says {wall}; set the machine's date.")


def power(supplies: Path = POWER_SUPPLIES) -> Check:
    """Look whether the machine is plugged in, or its battery lasts for a session."""
    online = [_read(path / "online") for path in _supplies(supplies, "Mains", "USB")]
    charges = [_read(path / "capacity") for path in _supplies(supplies, "Battery")]
    if "1" in online or not charges:
        return Check("power", ok=True, detail="plugged in" if "1" in online else "no battery")
    percent = min(int(charge) if charge.isdecimal() else 0 for charge in charges)
    is_enough = percent >= BATTERY_WANTED
    advice = "" if is_enough else "; plug the machine in before a session"
    return Check("power", is_enough, f"on battery, {percent} %{advice}")


def sleep() -> Check:
    """Try to hold sleep off for a moment."""
    found = can_stay_awake()
    detail = (
        "held off during sessions"
        if found
        else ("It cannot be held off here; set the machine so that it never sleeps by itself.")
    )
    return Check("sleep", found, detail)


def stored_files(folder: DataFolder) -> Check:
    """Read every file of the chair's store and compare it with its name, which is its hash."""
    files = [path for path in folder.store.glob("??/*") if path.is_file()]
    damaged = [path for path in files if not _is_whole(path)]
    for_session = f"{len(files)} files that sessions play"
    if damaged:
        damage = (
            f"{len(damaged)} of {for_session} are damaged; delete {damaged[0]} and plan again."
        )
        return Check("stored files", ok=False, detail=damage)
    return Check("stored files", ok=True, detail=f"{for_session}, all whole")


def _is_whole(path: Path) -> bool:
    try:
        return path.name.startswith(content_hash(path))
    except OSError:
        return False


def _supplies(folder: Path, *kinds: str) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if _read(path / "type") in kinds]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
