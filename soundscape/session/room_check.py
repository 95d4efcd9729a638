"""How loud the room is before a session, by which microphone, and what that means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isclose

from soundscape.clock import Clock
from soundscape.engine.ring_file import RING_FILE
from soundscape.engine.sound_server import ServerSource, connected
from soundscape.errors import MicrophoneError
from soundscape.folders import DataFolder
from soundscape.room.calibration import (
    Calibration,
    Method,
    RoomNoise,
    measured_offset_db,
    read_room,
    write_room,
)
from soundscape.room.listening import NOT_CALIBRATED, heard, room_sentence
from soundscape.room.noise import Reading
from soundscape.session.client import running_session

UNNAMED = "system default"
_SAME_VOLUME = 0.01


@dataclass(frozen=True, slots=True)
class RoomCheck:
    """What a check of the room found.

    Attributes
    ----------
    microphone : str
        Its name.
    reading : Reading
        The levels in dBFS(A).
    level_db_a, loudest_db_a : float | None
        The levels in dB(A); None where the microphone is not calibrated.
    sentence : str
        What it means.
    """

    microphone: str
    reading: Reading
    level_db_a: float | None
    loudest_db_a: float | None
    sentence: str


def check_room(
    folder: DataFolder, microphone: str | None, *, seconds: float, clock: Clock
) -> RoomCheck:
    """Listen for some seconds, keep the level where one is known, and say what it means.

    A running session, or a microphone that gives nothing, is refused with ``MicrophoneError``.

    Parameters
    ----------
    folder : DataFolder
        The chair's data; two numbers are kept there.
    microphone : str | None
        The source's name; None for the system's choice.
    seconds : float
        How long to listen.
    clock : Clock
        Labels the check.
    """
    name, volumes, reading = listen(folder, microphone, seconds)
    facts = read_room(folder.room)
    offset_db = _valid_offset_db(facts.microphones.get(name), volumes)
    if offset_db is None:
        return RoomCheck(name, reading, None, None, NOT_CALIBRATED)
    level_db_a, loudest_db_a = reading.level_db + offset_db, reading.loudest_db + offset_db
    noise = RoomNoise(round(level_db_a, 1), round(loudest_db_a, 1), clock.wall_time())
    write_room(folder.room, replace(facts, noise=noise))
    sentence = room_sentence(level_db_a, loudest_db_a)
    return RoomCheck(name, reading, level_db_a, loudest_db_a, sentence)


def calibrate_microphone(
    folder: DataFolder,
    microphone: str | None,
    *,
    meter_db_a: float,
    seconds: float,
    clock: Clock,
) -> RoomCheck:
    """Listen while a meter beside the microphone reads a level, and keep what that makes of it.

    What ``check_room`` refuses is refused, and a reading that cannot be with
    ``CalibrationError``.

    Parameters
    ----------
    folder : DataFolder
        The chair's data.
    microphone : str | None
        The source's name; None for the system's choice.
    meter_db_a : float
        What the meter reads, in dB(A).
    seconds : float
        How long to listen.
    clock : Clock
        Labels the calibration.
    """
    measured_offset_db(meter_db_a, 0.0)  # refuse before listening
    name, volumes, reading = listen(folder, microphone, seconds)
    offset_db = measured_offset_db(meter_db_a, reading.level_db)
    calibration = Calibration(offset_db, Method.MEASURED, volumes, clock.wall_time())
    write_room(folder.room, read_room(folder.room).with_microphone(name, calibration))
    sentence = f"Calibrated: {reading.level_db:.1f} dBFS(A) is {meter_db_a:.1f} dB(A)."
    return RoomCheck(name, reading, meter_db_a, reading.loudest_db + offset_db, sentence)


def listen(
    folder: DataFolder, microphone: str | None, seconds: float
) -> tuple[str, tuple[float, ...], Reading]:
    """Return the microphone's name, its volume in the system, and how loud it is there.

    Raises
    ------
    MicrophoneError
        If a session runs, or there is no such microphone, or it is muted.
    """
    if running_session(folder):
        raise MicrophoneError("A session is running; the microphone stays closed until its end.")
    source = _source(microphone)
    name = source.name if source else microphone
    reading = heard(name, seconds=seconds, ends_with=folder.runtime / RING_FILE)
    return name or UNNAMED, source.volumes if source else (), reading


def _source(microphone: str | None) -> ServerSource | None:
    """Return the microphone as the sound server knows it; None where there is no server.

    Raises
    ------
    MicrophoneError
        If the server does not know it, or it is muted.
    """
    server = connected()
    if server is None:
        return None
    with server:
        source = server.source(microphone)
    if source is None:
        named = f"microphone '{microphone}'" if microphone else "microphone"
        raise MicrophoneError(f"There is no {named}; plug one in, or choose another.")
    if source.is_muted or not any(source.volumes):
        raise MicrophoneError(f"'{source.title}' is muted; switch it on.")
    return source


def _valid_offset_db(calibration: Calibration | None, volumes: Sequence[float]) -> float | None:
    """Return a calibration's offset, if the microphone's volume is still what it was."""
    if calibration is None or len(calibration.volumes) != len(volumes):
        return None
    pairs = zip(calibration.volumes, volumes, strict=True)
    if not all(isclose(then, now, abs_tol=_SAME_VOLUME) for then, now in pairs):
        return None
    return calibration.offset_db
