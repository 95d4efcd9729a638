"""The room is not listened to while a session runs, and a number is believed only if it may be."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import FakeClock

from soundscape.errors import CalibrationError, MicrophoneError
from soundscape.folders import DataFolder
from soundscape.session.room_check import calibrate_microphone, check_room
from soundscape.wire import Server, address_of


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """Yield a chair on which a session answers."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = DataFolder(tmp_path / "data")
    folder.runtime.mkdir(mode=0o700)
    server = Server(
        address_of(folder.runtime, "host"), lambda _: {"session": "s", "state": "running"}
    )
    yield folder
    server.close()


def test_the_microphone_stays_closed_while_a_session_runs(running: DataFolder) -> None:
    with pytest.raises(MicrophoneError, match="stays closed"):
        check_room(running, None, seconds=1.0, clock=FakeClock())


def test_no_microphone_is_calibrated_while_a_session_runs(running: DataFolder) -> None:
    with pytest.raises(MicrophoneError, match="stays closed"):
        calibrate_microphone(running, None, meter_db_a=60.0, seconds=1.0, clock=FakeClock())


def test_a_reading_that_cannot_be_is_refused_before_anybody_listens(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError):
        calibrate_microphone(
            DataFolder(tmp_path), None, meter_db_a=400.0, seconds=1.0, clock=FakeClock()
        )

    assert not DataFolder(tmp_path).room.exists()
