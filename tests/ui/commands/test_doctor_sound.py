"""What the doctor says of the headphones that staff chose."""

from pathlib import Path

import pytest
from fakes.plans import data_folder, make_short_bed

from soundscape.engine.sinks import HANDS_FREE, Sink
from soundscape.room.calibration import Calibration, Method, RoomFacts, write_room
from soundscape.settings import write_settings
from ui.commands.doctor_sound import described, fault_of, level, safe_bed

GOOD = Sink("usb", "USB", is_headphones=True, bus="usb")


def test_headphones_without_a_fault_have_none() -> None:
    assert fault_of("usb", "USB", (Sink("pci", "Built-in"), GOOD)) == ""


@pytest.mark.parametrize(
    ("sink", "said"),
    [
        (Sink("pci", "Built-in"), "is not there"),
        (Sink("usb", "USB", why_not=HANDS_FREE), "hands-free"),
        (Sink("usb", "USB", is_headphones=False), "loudspeaker"),
        (Sink("usb", "USB", is_headphones=True, has_loudspeaker=True), "when unplugged"),
        (Sink("usb", "USB", battery_percent=20), "20 %"),
    ],
)
def test_a_fault_is_told_in_one_sentence(sink: Sink, said: str) -> None:
    assert said in fault_of("usb", "USB", (sink,))


def test_a_sink_is_told_with_all_that_is_known() -> None:
    bluetooth = Sink("b", "Calm", is_headphones=True, bus="bluetooth", battery_percent=70)

    assert described(bluetooth) == "Calm [b] (headphones, bluetooth, battery 70 %)"
    assert described(Sink("x", "X")) == "X [x]"


def test_a_safe_bed_that_is_damaged_is_found(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    before = safe_bed(folder)
    make_short_bed(folder)
    whole = safe_bed(folder)
    path = folder.starter / "bed.flac"
    samples = path.read_bytes()

    path.write_bytes(samples[:50_000] + bytes(2_000) + samples[52_000:])
    damaged = safe_bed(folder)

    assert "first plan" in before.detail
    assert (whole.ok, whole.detail) == (True, "25 s, whole")
    assert not damaged.ok
    assert str(path) in damaged.detail


def test_how_loud_a_session_is_is_told_with_how_that_is_known(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    folder.root.mkdir(parents=True, exist_ok=True)
    write_settings(folder.settings, {"device": "usb", "device_title": "USB"})
    unknown = level(folder)

    calibration = Calibration(100.0, Method.ESTIMATE, (), "2025-01-01")
    write_room(folder.room, RoomFacts(headphones={"usb": calibration}))
    known = level(folder)

    assert "not calibrated" in unknown.detail
    assert known.detail == "62 dB(A) at the ear at volume 0 (estimate)"
