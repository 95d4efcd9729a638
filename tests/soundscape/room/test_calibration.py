"""Calibrations come from a meter or from data, are kept whole, and are not believed if damaged."""

from pathlib import Path

import pytest

from soundscape.errors import CalibrationError
from soundscape.room.calibration import (
    HARD_CAP_DB_A,
    NOMINAL_DB_A,
    SOFT_CAP_DB_A,
    Calibration,
    Method,
    RoomFacts,
    RoomNoise,
    estimated_offset_db,
    measured_offset_db,
    read_room,
    sensitivity_per_volt_db,
    write_room,
)

MEASURED = Calibration(88.0, Method.MEASURED, (0.5, 0.5), "2026-05-01T09:00:00+00:00")


def test_an_offset_makes_the_digital_level_what_the_meter_reads() -> None:
    assert -26.0 + measured_offset_db(64.0, -26.0) == pytest.approx(64.0)


@pytest.mark.parametrize("reading_db_a", [0.0, 19.9, 110.1, float("nan"), float("inf")])
def test_a_reading_that_cannot_be_is_refused(reading_db_a: float) -> None:
    with pytest.raises(CalibrationError, match="look again"):
        measured_offset_db(reading_db_a, -26.0)


def test_an_estimate_follows_sensitivity_voltage_and_volume() -> None:
    plain = estimated_offset_db(103.0, 1.0, ())

    assert plain == pytest.approx(103.0)
    assert estimated_offset_db(103.0, 2.0, ()) == pytest.approx(plain + 6.02, abs=0.01)
    assert estimated_offset_db(103.0, 1.0, (0.5, 0.5)) == pytest.approx(plain - 18.06, abs=0.01)


def test_an_estimate_hears_the_louder_side() -> None:
    assert estimated_offset_db(100.0, 1.0, (0.2, 0.8)) == estimated_offset_db(100.0, 1.0, (0.8,))


@pytest.mark.parametrize(
    ("sensitivity_db", "output_v", "volumes", "said"),
    [
        (20.0, 1.0, (), "sensitivity"),
        (103.0, 0.0, (), "output"),
        (103.0, float("nan"), (), "output"),
        (103.0, 1.0, (0.0, 0.0), "silent"),
    ],
)
def test_data_that_cannot_be_are_refused(
    sensitivity_db: float, output_v: float, volumes: tuple[float, ...], said: str
) -> None:
    with pytest.raises(CalibrationError, match=said):
        estimated_offset_db(sensitivity_db, output_v, volumes)


def test_a_sensitivity_at_a_milliwatt_becomes_one_at_a_volt() -> None:
    # 1 V at 1000 ohm is 1 mW; at 32 ohm it is 31.25 mW, 14.95 dB more.
    assert sensitivity_per_volt_db(91.0, 1_000.0) == pytest.approx(91.0)
    assert sensitivity_per_volt_db(91.0, 32.0) == pytest.approx(105.95, abs=0.01)
    with pytest.raises(CalibrationError, match="ohms"):
        sensitivity_per_volt_db(91.0, 0.0)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    facts = (
        RoomFacts(noise=RoomNoise(34.2, 41.0, "2026-05-01T09:00:00+00:00"))
        .with_microphone("desk", MEASURED)
        .with_headphones("usb", MEASURED)
    )

    write_room(tmp_path / "new" / "room.json", facts)

    assert read_room(tmp_path / "new" / "room.json") == facts
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["room.json"]


def test_a_device_keeps_only_its_last_calibration() -> None:
    later = Calibration(80.0, Method.ESTIMATE, (), "2026-06-01T09:00:00+00:00")

    facts = RoomFacts().with_headphones("usb", MEASURED).with_headphones("usb", later)

    assert facts.headphones == {"usb": later}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"microphones": {}, "headphones": {"usb": {}}, "noise": null}',
        (
            '{"microphones": {}, "headphones": {"usb": {"offset_db": NaN, "method": "measured",'
            ' "volumes": [], "at": ""}}, "noise": null}'
        ),
        (
            '{"microphones": {}, "headphones": {"usb": {"offset_db": 1, "method": "guessed",'
            ' "volumes": [], "at": ""}}, "noise": null}'
        ),
    ],
)
def test_a_damaged_file_calibrates_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "room.json"
    path.write_text(text, encoding="utf-8")

    assert read_room(path) == RoomFacts()


def test_the_caps_are_in_order() -> None:
    assert NOMINAL_DB_A < SOFT_CAP_DB_A < HARD_CAP_DB_A
