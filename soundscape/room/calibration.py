"""From digital level to sound level: what a meter or a data sheet said, kept for each device."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from math import isfinite, log10
from pathlib import Path

from soundscape.errors import CalibrationError
from soundscape.output import arriving

NOMINAL_DB_A = 62.0
SOFT_CAP_DB_A = 70.0
HARD_CAP_DB_A = 75.0
"""At the ear, over time. Nominal is where a session begins; no volume leads above the soft cap,
and what cannot be brought below the hard cap must not be played."""

_METER_DB_A = (20.0, 110.0)
_SENSITIVITY_DB = (60.0, 140.0)
_OUTPUT_V = (0.01, 20.0)


class Method(StrEnum):
    """How a calibration came about."""

    MEASURED = "measured"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What one device makes of a digital level.

    Attributes
    ----------
    offset_db : float
        Sound level in dB(A) less the digital level: for a microphone in dBFS(A), for headphones
        in LUFS.
    method : Method
        Measured by a meter, or estimated from data.
    volumes : tuple[float, ...]
        The device's volume in the system at that time; empty where the system tells none.
    at : str
        When, as the machine's clock had it.
    """

    offset_db: float
    method: Method
    volumes: tuple[float, ...]
    at: str


@dataclass(frozen=True, slots=True)
class RoomNoise:
    """The last check of the room.

    Attributes
    ----------
    level_db_a, loudest_db_a : float
        Of the whole time, and of its loudest second.
    at : str
        When.
    """

    level_db_a: float
    loudest_db_a: float
    at: str


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What is known of a chair's room.

    Attributes
    ----------
    microphones, headphones : Mapping[str, Calibration]
        By the device's name.
    noise : RoomNoise | None
        The last check, two numbers and no sound.
    """

    microphones: Mapping[str, Calibration] = field(default_factory=dict)
    headphones: Mapping[str, Calibration] = field(default_factory=dict)
    noise: RoomNoise | None = None

    def with_microphone(self, name: str, calibration: Calibration) -> "RoomFacts":
        """Return the facts with a microphone's calibration, in place of an older one."""
        return replace(self, microphones={**self.microphones, name: calibration})

    def with_headphones(self, name: str, calibration: Calibration) -> "RoomFacts":
        """Return the facts with a pair of headphones' calibration, in place of an older one."""
        return replace(self, headphones={**self.headphones, name: calibration})


def measured_offset_db(meter_db_a: float, digital_db: float) -> float:
    """Return the offset that makes a digital level what a meter reads.

    Raises
    ------
    CalibrationError
        If no room and no headphones sound like that.
    """
    low, high = _METER_DB_A
    if not low <= meter_db_a <= high:
        raise CalibrationError(f"A meter reads {low:g} to {high:g} dB(A); look again.")
    return meter_db_a - digital_db


def estimated_offset_db(
    sensitivity_db: float, output_v: float, volumes: tuple[float, ...]
) -> float:
    """Return the offset of headphones, from LUFS to dB(A), by data alone.

    A sine at full scale in both channels is 0 LUFS, gives the device's highest voltage, and at
    1 kHz weighs the same in dB and dB(A). Data sheets err by some decibels, cables and resistors
    between take more away: an estimate errs to the loud side.

    Parameters
    ----------
    sensitivity_db : float
        Sound pressure level at 1 V, in dB.
    output_v : float
        What the device gives for a sine at full scale, in V (RMS), at full volume.
    volumes : tuple[float, ...]
        The device's volume in the system, on the sound server's cubic scale; empty for full.

    Raises
    ------
    CalibrationError
        If a number cannot be, or the device is silent.
    """
    loudest = max(volumes, default=1.0)
    for what, number, (low, high), unit in (
        ("A sensitivity", sensitivity_db, _SENSITIVITY_DB, "dB at 1 V"),
        ("A device's output", output_v, _OUTPUT_V, "V"),
    ):
        if not low <= number <= high:
            raise CalibrationError(f"{what} lies between {low:g} and {high:g} {unit}.")
    if loudest <= 0.0:
        raise CalibrationError("The headphones are silent in the system; set their volume first.")
    return sensitivity_db + 20.0 * log10(output_v) + 60.0 * log10(loudest)


def sensitivity_per_volt_db(per_milliwatt_db: float, impedance_ohm: float) -> float:
    """Return a sensitivity at 1 V of headphones whose data sheet gives it at 1 mW.

    At 1 V a resistance takes 1000 / R milliwatts.

    Raises
    ------
    CalibrationError
        If the impedance is not above 0.
    """
    if not impedance_ohm > 0.0:
        raise CalibrationError("An impedance is a number of ohms above 0.")
    return per_milliwatt_db + 10.0 * log10(1000.0 / impedance_ohm)


def read_room(path: Path) -> RoomFacts:
    """Return what is known of the room; nothing where the file is missing or damaged.

    Nothing known is always safe: what is not calibrated keeps the digital cap, and says so.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        noise = said["noise"]
        return RoomFacts(
            _calibrations(said["microphones"]),
            _calibrations(said["headphones"]),
            None if noise is None else RoomNoise(**noise),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return RoomFacts()


def write_room(path: Path, facts: RoomFacts) -> None:
    """Keep what is known of the room, whole or not at all."""
    with arriving(path) as whole:
        whole.write_text(json.dumps(asdict(facts), indent=1) + "\n", encoding="utf-8")


def _calibrations(said: Mapping[str, Mapping[str, object]]) -> dict[str, Calibration]:
    """Return calibrations as a file tells them.

    Raises
    ------
    ValueError
        If one is not what this program writes.
    """
    found = {}
    for name, each in said.items():
        offset_db = float(str(each["offset_db"]))
        volumes = tuple(float(volume) for volume in each["volumes"])  # type: ignore[attr-defined]
        if not isfinite(offset_db):
            raise ValueError(name)
        found[name] = Calibration(offset_db, Method(str(each["method"])), volumes, str(each["at"]))
    return found
