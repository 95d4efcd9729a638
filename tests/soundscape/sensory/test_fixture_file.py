"""Listing lamps: the file stays as people wrote it, and nothing wrong gets in."""

import stat
from pathlib import Path

import pytest

from soundscape.errors import InvalidPlanError
from soundscape.sensory.fixture_file import add_fixture, remove_fixture
from soundscape.sensory.fixtures import LIGHTS_FILE, Fixture, Kind, Via, read_room

CEILING = Fixture("ceiling", Kind.DIMMER, Via.SACN, host="10.0.0.2", universe=3, address=7)
WALL = Fixture("wall", Kind.TUNABLE, Via.ARTNET, host="10.0.0.3", universe=0, address=1)
BULB = Fixture("bulb", Kind.RGB, Via.MQTT, topic="z/bulb/set", brightness_steps=255)


def test_what_is_listed_is_read_back(tmp_path: Path) -> None:
    (tmp_path / LIGHTS_FILE).write_text('[mqtt]\nhost = "broker"\ntls = true\n')

    for lamp in (CEILING, WALL, BULB):
        add_fixture(tmp_path, lamp)

    assert read_room(tmp_path).fixtures == (CEILING, WALL, BULB)
    assert stat.S_IMODE((tmp_path / LIGHTS_FILE).stat().st_mode) == 0o600


def test_comments_stay_and_a_removed_lamp_goes(tmp_path: Path) -> None:
    add_fixture(tmp_path, CEILING)
    file = tmp_path / LIGHTS_FILE
    file.write_text("# The node is above the door.\n" + file.read_text())
    add_fixture(tmp_path, WALL)

    room = remove_fixture(tmp_path, "ceiling")

    assert room.fixtures == read_room(tmp_path).fixtures == (WALL,)
    assert file.read_text().startswith("# The node is above the door.\n")


def test_a_lamp_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    add_fixture(tmp_path, CEILING)
    before = (tmp_path / LIGHTS_FILE).read_text()

    with pytest.raises(InvalidPlanError, match="another lamp's name"):
        add_fixture(tmp_path, CEILING)
    with pytest.raises(InvalidPlanError, match="no lamp called 'door'"):
        remove_fixture(tmp_path, "door")

    assert (tmp_path / LIGHTS_FILE).read_text() == before


def test_the_last_lamp_can_go(tmp_path: Path) -> None:
    add_fixture(tmp_path, CEILING)

    assert remove_fixture(tmp_path, "ceiling").fixtures == read_room(tmp_path).fixtures == ()
