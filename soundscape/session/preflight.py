"""What a machine must offer before a session begins, looked at without touching anything."""

import os
import shutil
import subprocess
from collections.abc import Mapping
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
_HINT_S = 2.0
_NOTICES = "org.freedesktop.Notifications"
_DO_NOT_DISTURB: Mapping[str, tuple[tuple[str, ...], str]] = {
    "GNOME": (("gsettings", "get", "org.gnome.desktop.notifications", "show-banners"), "false"),
    "KDE": (
        ("gdbus", "call", "--session", "--dest", _NOTICES, "--object-path",
         f"/{_NOTICES.replace('.', '/')}", "--method", "org.freedesktop.DBus.Properties.Get",
         _NOTICES, "Inhibited"),
        "(<true>,)",
    ),
}  # fmt: skip
"""For each desktop that can be asked: the command that asks, and what it says of quiet."""


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


def notifications() -> Check:
    """Look whether messages of other programs may come over the patient's screen.

    Their sounds are never heard in a session: they go where the system's default leads, nowhere.
    """
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
    known = next((_DO_NOT_DISTURB[name] for name in desktops if name in _DO_NOT_DISTURB), None)
    said = "" if known is None else _said(known[0])
    if known is None or not said:
        detail = "not known here; turn them off in the system's settings"
        return Check("notifications", ok=True, detail=detail)
    if said == known[1]:
        return Check("notifications", ok=True, detail="off")
    advice = "They may cover the patient's screen; turn on 'do not disturb'."
    return Check("notifications", ok=False, detail=advice)


def _said(command: tuple[str, ...]) -> str:
    """Return what a command of the desktop prints; nothing if it cannot be asked."""
    try:
        done = subprocess.run(  # noqa: S603 -- from the table above
            command, capture_output=True, text=True, timeout=_HINT_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


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
