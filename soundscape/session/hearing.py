"""How loud a session is at the ear: where its headphones are calibrated, it begins at nominal.

The level is set before the session, by lowering the trim of every track. So the plan that a
session keeps says all, its volume turns around nominal, and no volume leads above the soft cap.
"""

from dataclasses import dataclass, replace

from soundscape.clock import Clock
from soundscape.engine.endpoints import NULL_DEVICE
from soundscape.engine.pin import is_near
from soundscape.engine.refuge import default_before
from soundscape.engine.sound_server import SoundServer, connected
from soundscape.errors import DeviceLostError
from soundscape.folders import DataFolder
from soundscape.room.calibration import (
    NOMINAL_DB_A,
    Calibration,
    Method,
    estimated_offset_db,
    measured_offset_db,
    read_room,
    write_room,
)
from soundscape.session.plan import SessionPlan
from soundscape.units import Decibels

PROGRAM_LUFS = -26.0
"""What every plan trims its tracks to, before it is known where they will be heard."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """How loud a session will be.

    Attributes
    ----------
    level_db_a : float
        At the ear, over time, at volume 0 where phases change nothing.
    trim_db : Decibels
        By how much the tracks are lowered for that; never above 0.
    method : Method
        How that is known.
    """

    level_db_a: float
    trim_db: Decibels
    method: Method


def hearing_of(calibration: Calibration) -> Hearing:
    """Return how loud a session is by a calibration: nominal, or less where the device is soft."""
    untrimmed_db_a = PROGRAM_LUFS + calibration.offset_db
    trim_db = min(0.0, NOMINAL_DB_A - untrimmed_db_a)
    return Hearing(untrimmed_db_a + trim_db, Decibels(trim_db), calibration.method)


def prepared(folder: DataFolder, device: str | None) -> Hearing | None:
    """Return how loud a session will be on a device, and give that its calibrated volume.

    Returns
    -------
    Hearing | None
        None where the device is not calibrated: its level is then bounded only digitally.
    """
    calibrations = read_room(folder.room).headphones
    if device == NULL_DEVICE or not calibrations:
        return None
    server = connected()
    if server is None:
        calibration = calibrations.get(device or "")
        return None if calibration is None or calibration.volumes else hearing_of(calibration)
    with server:
        try:
            calibration = calibrations.get(device or default_before(server))
            is_held = calibration is not None and _hold_volume(server, device, calibration)
        except DeviceLostError:
            return None  # whoever opens the device says what is wrong
    return hearing_of(calibration) if calibration is not None and is_held else None


def lowered(plan: SessionPlan, hearing: Hearing | None) -> SessionPlan:
    """Return a plan at the level that was calibrated."""
    if hearing is None or hearing.trim_db == 0.0:
        return plan
    tracks = {
        name: replace(track, gain_db=Decibels(track.gain_db + hearing.trim_db))
        for name, track in plan.tracks.items()
    }
    return replace(plan, tracks=tracks)


def keep_measured(
    folder: DataFolder, device: str | None, meter_db_a: float, clock: Clock
) -> Hearing:
    """Keep what a meter read at the ear while the noise was played; refuses as its callees do."""
    name, volumes = _known(device)
    offset_db = measured_offset_db(meter_db_a, PROGRAM_LUFS)
    return _kept(folder, name, Calibration(offset_db, Method.MEASURED, volumes, clock.wall_time()))


def keep_estimate(
    folder: DataFolder,
    device: str | None,
    sensitivity_db: float,
    output_v: float,
    clock: Clock,
) -> Hearing:
    """Keep what data sheets make of a device at its volume now; refuses as its callees do."""
    name, volumes = _known(device)
    offset_db = estimated_offset_db(sensitivity_db, output_v, volumes)
    return _kept(folder, name, Calibration(offset_db, Method.ESTIMATE, volumes, clock.wall_time()))


def _kept(folder: DataFolder, name: str, calibration: Calibration) -> Hearing:
    write_room(folder.room, read_room(folder.room).with_headphones(name, calibration))
    return hearing_of(calibration)


def _known(device: str | None) -> tuple[str, tuple[float, ...]]:
    """Return a device's name and its volume in the system; no volume where none is told.

    Raises
    ------
    DeviceLostError
        If it is not there, or none is named where the system has no sound server.
    """
    server = connected()
    if server is None:
        if device is None:
            raise DeviceLostError("Choose the headphones by name; the system's choice may change.")
        return device, ()
    with server:
        sink = server.sink(device or default_before(server))
    if sink is None:
        raise DeviceLostError(f"The headphones '{device}' are not there; check the plug.")
    return sink.name, sink.volumes


def _hold_volume(server: SoundServer, device: str | None, calibration: Calibration) -> bool:
    """Give a sink the volume that it was calibrated at; return whether that could be."""
    sink = server.sink(device or default_before(server))
    if sink is None or len(sink.volumes) != len(calibration.volumes):
        return False
    if not is_near(sink.volumes, calibration.volumes):
        server.set_sink_volumes(sink, calibration.volumes)
    return True
