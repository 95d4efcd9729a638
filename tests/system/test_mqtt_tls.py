"""Lamps behind a broker that speaks TLS: lit and found if it proves who it is, else left alone."""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rig.certificates import Certificates, certificates_for
from rig.lamps import LOOPBACK, Bulb, Mosquitto

from soundscape.clock import MachineClock
from soundscape.errors import LightsLostError
from soundscape.sensory.fixtures import LIGHTS_FILE, Broker, Fixture, Kind, Room, Via
from soundscape.sensory.links import Terms, outputs_of
from soundscape.sensory.mixing import Light
from soundscape.sensory.mqtt_lamps import lamps_at
from soundscape.sensory.output import LinkState, Output
from ui.commands.main import main

pytestmark = pytest.mark.slow
TOPIC = "zigbee2mqtt/bulb/set"
BULB = Fixture("bulb", Kind.DIMMER, Via.MQTT, topic=TOPIC)
CONFIG = {
    "name": "Bulb",
    "schema": "json",
    "command_topic": TOPIC,
    "brightness": True,
    "brightness_scale": 254,
    "supported_color_modes": ["brightness"],
}
LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""paho-mqtt leaves the socket of a handshake that failed to the garbage collector."""

LOOKS = 60
LOOK_S = 0.05


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield a folder that programs of another user reach too."""
    with tempfile.TemporaryDirectory(prefix="ss-") as name:
        Path(name).chmod(0o755)
        (Path(name) / "mqtt").mkdir()
        yield Path(name)


@pytest.fixture
def own(folder: Path) -> Certificates:
    """Return an authority and what it says of the broker."""
    return certificates_for(LOOPBACK, folder / "own")


@pytest.fixture
def broker(folder: Path, own: Certificates) -> Iterator[Mosquitto]:
    """Yield a broker that speaks nothing but TLS."""
    lines = f"allow_anonymous true\ncertfile {own.file}\nkeyfile {own.key_file}\n"
    with Mosquitto(folder / "mqtt", lines) as broker:
        yield broker


def lit(output: Output, bulb: Bulb) -> bool:
    """Ask a lamp for light for some seconds; return whether it was told."""
    clock = MachineClock()
    for _ in range(LOOKS):
        output.show([Light(0.5, 2700.0)], clock.now())
        if bulb.told:
            return True
        clock.sleep(LOOK_S)
    return False


def output_to(broker: Mosquitto, ca_file: Path) -> Output:
    room = Room((BULB,), Broker(LOOPBACK, broker.port, tls=True, ca_file=str(ca_file)))
    (output,) = outputs_of(room, Terms("test"))
    return output


def test_a_lamp_behind_a_broker_that_proves_who_it_is_is_lit(
    broker: Mosquitto, own: Certificates
) -> None:
    bulb = Bulb(broker.port, TOPIC, ca_file=str(own.ca_file))
    output = output_to(broker, own.ca_file)

    with contextlib.closing(bulb), contextlib.closing(output):
        assert lit(output, bulb)
        assert output.state is LinkState.OK
        assert bulb.told[0][1]["state"] == "ON"


@LEFT_OPEN
def test_a_broker_that_somebody_else_vouches_for_gets_nothing(
    broker: Mosquitto, own: Certificates, folder: Path
) -> None:
    stranger = certificates_for(LOOPBACK, folder / "stranger")
    bulb = Bulb(broker.port, TOPIC, ca_file=str(own.ca_file))
    output = output_to(broker, stranger.ca_file)

    with contextlib.closing(bulb), contextlib.closing(output):
        assert not lit(output, bulb)
        assert output.state is LinkState.LOST
    with pytest.raises(LightsLostError, match="cannot prove who it is"):
        lamps_at(Broker(LOOPBACK, broker.port, tls=True, ca_file=str(stranger.ca_file)), "test")


def test_lamps_are_found_at_a_broker_that_speaks_tls(
    broker: Mosquitto, own: Certificates, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / LIGHTS_FILE).write_text(
        f'[mqtt]\nhost = "{LOOPBACK}"\nport = {broker.port}\ntls = true\n'
        f'ca_file = "{own.ca_file}"\n',
        encoding="utf-8",
    )
    with contextlib.closing(Bulb(broker.port, TOPIC, ca_file=str(own.ca_file))) as bridge:
        config = json.dumps(CONFIG).encode()
        bridge.say("homeassistant/light/0x01/light/config", config, retain=True)
        bridge.say("homeassistant/light/0x02/light/config", b"{not a lamp", retain=True)
        status = main(["lights", "discover", "--data-dir", str(folder), "--json"])

    (found,) = json.loads(capsys.readouterr().out)
    assert status == 0
    assert (found["name"], found["kind"], found["topic"]) == ("Bulb", "dimmer", TOPIC)
    assert found["brightness_steps"] == 254


@LEFT_OPEN
def test_a_broker_without_tls_is_not_spoken_to_in_the_clear(
    folder: Path, own: Certificates
) -> None:
    with Mosquitto(folder / "mqtt") as plain:
        bulb = Bulb(plain.port, TOPIC)
        output = output_to(plain, own.ca_file)
        with contextlib.closing(bulb), contextlib.closing(output):
            assert not lit(output, bulb)
            assert output.state is LinkState.LOST
