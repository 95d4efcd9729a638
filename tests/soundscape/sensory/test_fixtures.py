"""The list of lamps: what is right is read, and what is wrong is named."""

from pathlib import Path

import pytest

from soundscape.errors import InvalidPlanError
from soundscape.sensory.fixtures import LIGHTS_FILE, Kind, Via, read_room
from soundscape.sensory.mixing import Light, channels_of

DIMMER = '[[fixtures]]\nname = "{}"\nkind = "{}"\nvia = "sacn"\nhost = "10.0.0.2"\n'
PLACE = "universe = {}\naddress = {}\n"
BULB = '[[fixtures]]\nname = "bulb"\nkind = "tunable"\nvia = "mqtt"\ntopic = "{}"\n'
BROKER = '[mqtt]\nhost = "broker"\ntls = true\n'


def lamp(name: str = "ceiling", kind: str = "dimmer", universe: int = 1, address: int = 1) -> str:
    return DIMMER.format(name, kind) + PLACE.format(universe, address)


def written(folder: Path, text: str) -> Path:
    (folder / LIGHTS_FILE).write_text(text, encoding="utf-8")
    return folder


def test_a_room_without_a_list_has_no_lamps(tmp_path: Path) -> None:
    assert read_room(tmp_path).fixtures == ()


def test_lamps_are_read_as_they_are_listed(tmp_path: Path) -> None:
    text = 'interface = "10.0.0.1"\n' + BROKER + lamp(address=512) + BULB.format("z/bulb/set")

    room = read_room(written(tmp_path, text))

    ceiling, bulb = room.fixtures
    assert (ceiling.kind, ceiling.via, ceiling.host) == (Kind.DIMMER, Via.SACN, "10.0.0.2")
    assert list(ceiling.channels) == [512]
    assert (bulb.via, bulb.topic, bulb.brightness_steps) == (Via.MQTT, "z/bulb/set", 254)
    assert room.broker is not None
    assert (room.broker.host, room.broker.port, room.broker.tls) == ("broker", 8883, True)
    assert room.interface == "10.0.0.1"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (lamp(address=513), r"fixtures\[0\]\.address: must lie between 1 and 512"),
        (lamp(kind="rgbw", address=510), r"fixtures\[0\]\.address"),
        (lamp(universe=0), r"fixtures\[0\]\.universe"),
        (lamp(kind="strobe"), r"fixtures\[0\]\.kind: must be one of dimmer"),
        (lamp() + lamp(address=9), r"fixtures\[1\]\.name"),
        (lamp(kind="rgb") + lamp("desk", address=3), r"fixtures\[1\]\.address: meets .*ceiling"),
        (BULB.format("z/bulb/set"), r"fixtures\[0\]\.via: needs an \[mqtt\] table"),
        (BROKER + BULB.format("z/+/set"), r"fixtures\[0\]\.topic: must be one topic"),
        (lamp() + 'colour = "red"\n', r"fixtures\[0\]\.colour: is not a field known here"),
        (lamp().replace("sacn", "artnet").replace("10.0.0.2", "multicast"), r"\.host"),
        (lamp().replace("address = 1", "address = 1.5"), r"address: must be a whole number"),
        ("fixtures = 3\n", "fixtures: must be a list"),
        ("mqtt = 3\n", "mqtt: must be a table"),
        ("[[fixtures\n", "is not valid TOML"),
    ],
)
def test_a_fault_is_named_by_its_field(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(InvalidPlanError, match=where):
        read_room(written(tmp_path, text))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_lamp_gives_no_more_light_than_is_asked(tmp_path: Path, kind: Kind) -> None:
    (fixture,) = read_room(written(tmp_path, lamp(kind=str(kind)))).fixtures

    bright = channels_of(fixture, Light(0.8, 2700.0))
    dark = channels_of(fixture, Light(0.0, 2700.0))

    assert len(bright) == len(dark) == len(fixture.channels)
    assert 0.0 <= min(bright) <= max(bright) <= 0.8 + 1e-9
    assert set(dark) == {0.0}
