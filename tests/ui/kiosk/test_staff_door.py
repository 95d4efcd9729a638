"""Any PIN of the clinic's people leaves the patient's screen; guessing has to wait."""

from pathlib import Path

import pytest
from fakes.clinic import PINS, staff_a_clinic
from fakes.clock import FakeClock

from soundscape.clinic.roles import Role
from soundscape.folders import DataFolder
from ui.kiosk.lock import hashed_pin
from ui.kiosk.staff_door import StaffDoor

WRONG = "111119"
NURSES_PIN = PINS[Role.STAFF]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setenv("SOUNDSCAPE_KEY_FILE", str(tmp_path / "soundscape.key"))
    return DataFolder(tmp_path / "data")


def test_without_people_the_pin_in_the_settings_opens(folder: DataFolder) -> None:
    folder.root.mkdir()
    assert not StaffDoor(folder, FakeClock()).asks
    folder.settings.write_text(f'staff_pin = "{hashed_pin("2580")}"\n', "utf-8")
    door = StaffDoor(folder, FakeClock())

    assert door.asks
    assert not door.opens(WRONG)
    assert door.opens("2580")


def test_with_people_their_pins_open_and_the_settings_no_longer_does(folder: DataFolder) -> None:
    staff_a_clinic(folder.root)
    folder.settings.write_text(f'staff_pin = "{hashed_pin("2580")}"\n', "utf-8")
    door = StaffDoor(folder, FakeClock(1000.0))

    assert door.asks
    assert not door.opens("2580")
    assert [door.opens(pin) for pin in PINS.values()] == [True] * len(PINS)


def test_a_restart_does_not_end_the_wait(folder: DataFolder) -> None:
    staff_a_clinic(folder.root)
    clock = FakeClock(1000.0)
    for _ in range(5):
        assert not StaffDoor(folder, clock).opens(WRONG)
    door = StaffDoor(folder, clock)

    assert not door.opens(NURSES_PIN)
    waited = [door.waits]
    clock.advance(30.0)
    waited.append(door.waits)

    assert waited == [True, False]
    assert door.opens(NURSES_PIN)


def test_records_whose_key_is_gone_lock_nobody_in(folder: DataFolder, tmp_path: Path) -> None:
    staff_a_clinic(folder.root)
    (tmp_path / "soundscape.key").unlink()

    assert not StaffDoor(folder, FakeClock()).asks
