"""What ``soundscape doctor`` says of headphones and loudspeakers."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from soundscape.clock import MachineClock
from soundscape.engine.outlet import restore_default
from soundscape.engine.sinks import Sink, list_sinks, warning
from soundscape.errors import DecodeError, SoundscapeError
from soundscape.folders import DataFolder
from soundscape.media.decoder import open_stream
from soundscape.room.calibration import read_room
from soundscape.session.client import running_session
from soundscape.session.hearing import hearing_of
from soundscape.session.preflight import Check
from soundscape.session.sides import play_sides
from soundscape.settings import read_settings
from soundscape.units import Frames, frames_in, seconds_in

_READ = frames_in(10.0)


def sound_devices(_folder: DataFolder) -> Check:
    """Return what is plugged in, and what kind of thing each is."""
    sinks = list_sinks()
    detail = "; ".join(described(sink) for sink in sinks)
    return Check("sound devices", bool(sinks), detail or "None found; plug the headphones in.")


def headphones(folder: DataFolder) -> Check:
    """Return whether the headphones that staff chose on the desk can be used."""
    settings = read_settings(folder.settings)
    name, title = settings.get("device"), settings.get("device_title")
    if not isinstance(name, str):
        return Check("headphones", ok=True, detail="not chosen yet; choose them on the desk")
    fault = fault_of(name, str(title or name), list_sinks())
    return Check("headphones", not fault, fault or f"{title or name}")


def level(folder: DataFolder) -> Check:
    """Return how loud a session is on the chosen headphones, and how that is known."""
    name = read_settings(folder.settings).get("device")
    calibration = read_room(folder.room).headphones.get(str(name or ""))
    if calibration is None:
        detail = "not calibrated: bounded digitally only; 'soundscape calibrate' sets it"
        return Check("level", ok=True, detail=detail)
    hearing = hearing_of(calibration)
    words = f"{hearing.level_db_a:.0f} dB(A) at the ear at volume 0 ({hearing.method})"
    return Check("level", ok=True, detail=words)


def safe_bed(folder: DataFolder) -> Check:
    """Return whether what is heard when nothing else can be decodes to its end."""
    path = folder.starter / "bed.flac"
    if not path.is_file():
        return Check("safe bed", ok=True, detail="made with the first plan")
    length_s = _whole_length_s(path)
    if not length_s:
        detail = f"{path} is damaged; delete it, and the next plan makes another."
        return Check("safe bed", ok=False, detail=detail)
    return Check("safe bed", ok=True, detail=f"{length_s:.0f} s, whole")


def _whole_length_s(path: Path) -> float:
    """Return how long a sound file is; 0 if not all of it can be decoded."""
    length = 0
    try:
        with contextlib.closing(open_stream(path)) as stream:
            while got := len(stream.read(_READ)):
                length += got
            declared_s = stream.source.declared_s or 0.0
            is_whole = not stream.bad_packets and seconds_in(Frames(length + 1)) >= declared_s
    except DecodeError:
        return 0.0
    return seconds_in(Frames(length)) if is_whole else 0.0


def both_sides(folder: DataFolder) -> Check:
    """Play a tone left, then right, on the headphones that staff chose; people say what came."""
    settings = read_settings(folder.settings)
    name, title = settings.get("device"), settings.get("device_title")
    if not isinstance(name, str):
        return Check("both sides", ok=False, detail="Choose the headphones on the desk first.")
    try:
        play_sides(folder, name, MachineClock())
    except SoundscapeError as error:
        return Check("both sides", ok=False, detail=str(error))
    detail = f"a tone came left, then right, on {title or name}; somebody must have heard both"
    return Check("both sides", ok=True, detail=detail)


def system_default(folder: DataFolder) -> Check:
    """Put the system's default output back where a session that broke off has left none."""
    name = "system default"
    if running_session(folder):
        return Check(name, ok=True, detail="off while the session runs; other programs are silent")
    if restore_default():
        return Check(name, ok=True, detail="put back; a session that broke off had left it off")
    return Check(name, ok=True, detail="as the system has it")


def described(sink: Sink) -> str:
    """Return a sink in a few words."""
    kinds = {True: "headphones", False: "not headphones", None: ""}
    battery = "" if sink.battery_percent is None else f"battery {sink.battery_percent} %"
    words = [kinds[sink.is_headphones], sink.bus, battery]
    known = ", ".join(word for word in words if word)
    return f"{sink.title} [{sink.name}]" + (f" ({known})" if known else "")


def fault_of(name: str, title: str, sinks: Sequence[Sink]) -> str:
    """Return in one sentence why the chosen headphones cannot be relied on; empty if they can."""
    sink = next((each for each in sinks if each.name == name), None)
    if sink is None:
        return f"'{title}' is not there; plug it in."
    fault = warning(sink)
    return f"'{title}': {fault}" if fault else ""
