"""A calibrated session begins at nominal, no volume leads above a cap."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.plans import data_folder, short_plan

from playlists.solver.trim import NOMINAL_LUFS
from soundscape.dsp.loudness import LoudnessMeter
from soundscape.engine.endpoints import NULL_DEVICE
from soundscape.folders import DataFolder
from soundscape.room.calibration import (
    HARD_CAP_DB_A,
    NOMINAL_DB_A,
    SOFT_CAP_DB_A,
    Calibration,
    Method,
    RoomFacts,
    read_room,
    write_room,
)
from soundscape.session.events import VOLUME_RANGE_LU
from soundscape.session.hearing import (
    PROGRAM_LUFS,
    Hearing,
    hearing_of,
    keep_estimate,
    keep_measured,
    lowered,
    prepared,
)
from soundscape.session.noise import play_level
from soundscape.units import Decibels


def calibrated(offset_db: float) -> Calibration:
    return Calibration(offset_db, Method.MEASURED, (), "2026-05-01T09:00:00+00:00")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """Return a chair without a sound server."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    return DataFolder(tmp_path)


@pytest.mark.parametrize("untrimmed_db_a", [62.1, 75.0, 90.0, 110.0])
def test_a_loud_device_is_lowered_to_nominal(untrimmed_db_a: float) -> None:
    hearing = hearing_of(calibrated(untrimmed_db_a - PROGRAM_LUFS))

    assert hearing.level_db_a == pytest.approx(NOMINAL_DB_A)
    assert hearing.trim_db == pytest.approx(NOMINAL_DB_A - untrimmed_db_a)


def test_a_soft_device_is_never_raised() -> None:
    hearing = hearing_of(calibrated(50.0 - PROGRAM_LUFS))

    assert hearing == Hearing(50.0, Decibels(0.0), Method.MEASURED)


def test_the_highest_volume_stays_below_the_soft_cap_and_the_loudest_seconds_below_the_hard() -> (
    None
):
    highest_db_a = NOMINAL_DB_A + VOLUME_RANGE_LU[1]

    assert highest_db_a <= SOFT_CAP_DB_A
    assert highest_db_a + 5.0 <= HARD_CAP_DB_A  # calm tracks' loudest 3 s are so much above


def test_plans_are_trimmed_to_what_the_calibration_takes_for_granted() -> None:
    assert PROGRAM_LUFS == NOMINAL_LUFS


def test_every_track_and_the_bed_are_lowered_alike(tmp_path: Path) -> None:
    plan = short_plan(data_folder(tmp_path))

    low = lowered(plan, Hearing(62.0, Decibels(-13.0), Method.MEASURED))

    for name, track in plan.tracks.items():
        assert low.tracks[name].gain_db == pytest.approx(track.gain_db - 13.0)
    assert replace(low, tracks=plan.tracks) == plan


def test_a_session_without_calibration_is_left_as_it_is(folder: DataFolder) -> None:
    plan = short_plan(data_folder(folder.root))

    assert prepared(folder, "usb") is None
    assert lowered(plan, None) is plan


def test_a_device_is_known_by_its_name_only(folder: DataFolder) -> None:
    write_room(folder.room, RoomFacts().with_headphones("usb", calibrated(101.0)))

    assert prepared(folder, "usb") == hearing_of(calibrated(101.0))
    assert prepared(folder, "another") is None
    assert prepared(folder, NULL_DEVICE) is None


def test_what_a_meter_read_is_kept_for_the_device(folder: DataFolder) -> None:
    hearing = keep_measured(folder, "usb", 71.0, FakeClock())

    kept = read_room(folder.room).headphones["usb"]
    assert kept.offset_db == pytest.approx(97.0)
    assert kept.method is Method.MEASURED
    assert hearing.trim_db == pytest.approx(-9.0)


def test_an_estimate_is_kept_as_an_estimate(folder: DataFolder) -> None:
    hearing = keep_estimate(folder, "usb", 103.0, 1.0, FakeClock())

    assert read_room(folder.room).headphones["usb"].method is Method.ESTIMATE
    assert hearing.trim_db == pytest.approx(62.0 - (103.0 - 26.0))


@pytest.mark.parametrize(("offset_db", "level_lufs"), [(101.0, -39.0), (80.0, -26.0)])
def test_the_noise_of_a_session_is_as_loud_as_the_session(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, offset_db: float, level_lufs: float
) -> None:
    meter = LoudnessMeter()
    monkeypatch.setattr(
        "soundscape.session.noise.play_trial", lambda _folder, sound, **_: meter.add(sound)
    )
    write_room(folder.room, RoomFacts().with_headphones("usb", calibrated(offset_db)))

    play_level(folder, "usb", FakeClock())

    assert meter.reading().integrated_lufs == pytest.approx(level_lufs, abs=0.5)
