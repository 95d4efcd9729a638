"""``soundscape calibrate``: what a digital level is in dB(A) at the ear, for each sound device."""

import argparse
import json
import sys
from dataclasses import asdict

from soundscape.clock import MachineClock
from soundscape.errors import CalibrationError
from soundscape.folders import DataFolder, data_folder
from soundscape.room.calibration import (
    estimated_offset_db,
    measured_offset_db,
    read_room,
    sensitivity_per_volt_db,
)
from soundscape.room.headphones import known_headphones, sensitivity_of
from soundscape.session.exposure import exposure_percent
from soundscape.session.files import read_armed
from soundscape.session.hearing import (
    hearing_of,
    keep_estimate,
    keep_measured,
)
from soundscape.session.journal import read_journal
from soundscape.session.noise import play_noise
from ui.commands.actions import take_global_options

SUMMARY = "calibrate headphones: play a noise, type in what a meter reads, or estimate from data"

_LISTED = (
    "Not calibrated: sessions keep the digital cap, and nobody knows the level at the ear. Put a "
    "meter's microphone into an ear cup, run 'soundscape calibrate play', then 'soundscape "
    "calibrate measured READING'."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    show = steps.add_parser("show", help="what is calibrated")
    play = steps.add_parser("play", help="play twelve seconds of steady noise for the meter")
    measured = steps.add_parser("measured", help="type in what the meter read")
    measured.add_argument("reading", type=float, metavar="DB", help="in dB(A), at the ear")
    estimate = steps.add_parser("estimate", help="estimate from data, without a meter")
    given = estimate.add_mutually_exclusive_group(required=True)
    given.add_argument("--headphones", metavar="NAME", help="a model; 'show' lists those known")
    given.add_argument("--sensitivity", type=float, metavar="DB", help="dB at 1 V")
    given.add_argument("--per-milliwatt", type=float, metavar="DB", help="dB at 1 mW")
    estimate.add_argument("--impedance", type=float, metavar="OHM", help="with --per-milliwatt")
    estimate.add_argument(
        "--output-v",
        type=float,
        default=1.0,
        metavar="V",
        help="what the device gives at full scale, RMS (default: 1, as many do)",
    )
    exposure = steps.add_parser("exposure", help="what a session took of a week's safe listening")
    exposure.add_argument(
        "session", metavar="SESSION", help="the identifier that 'soundscape run' printed"
    )
    for step in (play, measured, estimate):
        step.add_argument(
            "--device", metavar="NAME", help="the headphones (default: the system's)"
        )
    take_global_options(show, play, measured, estimate, exposure)


def run(options: argparse.Namespace) -> int:
    """Do one step."""
    folder = data_folder(options.data_dir)
    facts, text = _STEPS[options.step](folder, options)
    sys.stdout.write((json.dumps({"ok": True, **facts}) if options.json else text) + "\n")
    return 0


_Said = tuple[dict[str, object], str]


def _show(folder: DataFolder, _options: argparse.Namespace) -> _Said:
    known = [asdict(model) for model in known_headphones()]
    devices: dict[str, object] = {}
    lines = []
    for name, calibration in read_room(folder.room).headphones.items():
        hearing = hearing_of(calibration)
        devices[name] = asdict(hearing) | {"at": calibration.at}
        lines.append(
            f"{name}: {hearing.level_db_a:.1f} dB(A) at the ear ({hearing.method}, "
            f"{calibration.at[:10]})"
        )
    models = "Known models: " + "; ".join(str(model["name"]) for model in known) + "."
    return {"devices": devices, "known": known}, "\n".join([*(lines or [_LISTED]), models])


def _play(folder: DataFolder, options: argparse.Namespace) -> _Said:
    play_noise(folder, options.device, MachineClock())
    return {}, "Now type in what the meter read: soundscape calibrate measured READING"


def _measured(folder: DataFolder, options: argparse.Namespace) -> _Said:
    measured_offset_db(options.reading, 0.0)  # refuse before anything is asked of the device
    hearing = keep_measured(folder, options.device, options.reading, MachineClock())
    return asdict(hearing), f"Sessions will have {hearing.level_db_a:.1f} dB(A) at the ear."


def _estimate(folder: DataFolder, options: argparse.Namespace) -> _Said:
    sensitivity_db = _sensitivity_db(options)
    estimated_offset_db(sensitivity_db, options.output_v, ())
    hearing = keep_estimate(
        folder, options.device, sensitivity_db, options.output_v, MachineClock()
    )
    text = f"Sessions will have about {hearing.level_db_a:.0f} dB(A) at the ear, by an estimate."
    return asdict(hearing), text


def _sensitivity_db(options: argparse.Namespace) -> float:
    """Return the sensitivity at 1 V that the options tell.

    Raises
    ------
    CalibrationError
        If the impedance is wanting.
    """
    if options.headphones is not None:
        return sensitivity_of(options.headphones)
    if options.sensitivity is not None:
        return float(options.sensitivity)
    if options.impedance is None:
        raise CalibrationError("Give --impedance with --per-milliwatt.")
    return sensitivity_per_volt_db(options.per_milliwatt, options.impedance)


def _exposure(folder: DataFolder, options: argparse.Namespace) -> _Said:
    armed = read_armed(folder, options.session)
    percent = exposure_percent(armed, read_journal(armed.folder))
    method = armed.terms.ear_method
    facts: dict[str, object] = {"exposure_percent": percent, "method": method or None}
    if percent is None:
        return facts, "Not known: the headphones of this session were not calibrated."
    text = f"{percent:.2f} % of a week's safe listening (H.870, 75 dB(A) for 40 h); "
    return facts, text + f"level {method}."


_STEPS = {
    "show": _show,
    "play": _play,
    "measured": _measured,
    "estimate": _estimate,
    "exposure": _exposure,
}
