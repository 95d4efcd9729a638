"""The exposure of a session is that of the level at the ear, over its seconds."""

from pathlib import Path

import pytest
from fakes.plans import data_folder, short_plan

from soundscape.folders import DataFolder
from soundscape.room.exposure import allowance_percent
from soundscape.session.exposure import exposure_percent
from soundscape.session.files import Armed, Terms
from soundscape.session.journal import Entry
from soundscape.units import Frames, frames_in


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a chair."""
    return DataFolder(tmp_path)


def heard(folder: DataFolder, events: list[Entry], *, ear_db_a: float | None) -> float | None:
    """Return the exposure of a minute in which something was told."""
    terms = Terms("usb", 1.0, attended=True, ear_db_a=ear_db_a, ear_method="measured")
    armed = Armed("s", folder.root, short_plan(data_folder(folder.root)), (), terms)
    begun = Entry(1, Frames(0), "", "session_started", {})
    ended = Entry(9, frames_in(60.0), "", "session_ended", {})
    return exposure_percent(armed, [begun, *events, ended])


def test_exposure_is_that_of_the_level_at_the_ear(folder: DataFolder) -> None:
    percent = heard(folder, [], ear_db_a=62.0)

    # The first seconds fade in, a crossfade holds two tracks: within 0.1 point in any case.
    assert percent == pytest.approx(allowance_percent([(62.0, 1.0 / 60.0)]), rel=0.25)
    assert percent == pytest.approx(allowance_percent([(62.0, 1.0 / 60.0)]), abs=0.1)


def test_ten_decibels_more_are_ten_times_the_exposure(folder: DataFolder) -> None:
    low, high = heard(folder, [], ear_db_a=60.0), heard(folder, [], ear_db_a=70.0)

    assert low is not None
    assert high == pytest.approx(10.0 * low)


def test_a_lower_volume_takes_less(folder: DataFolder) -> None:
    facts = {"lane": "volume", "length_s": 0.1, "target_db": -20.0}
    lower = heard(folder, [Entry(2, frames_in(1.0), "", "level", facts)], ear_db_a=70.0)
    plain = heard(folder, [], ear_db_a=70.0)

    assert lower is not None
    assert plain is not None
    assert lower < 0.05 * plain


def test_exposure_is_not_known_without_calibration(folder: DataFolder) -> None:
    assert heard(folder, [], ear_db_a=None) is None
