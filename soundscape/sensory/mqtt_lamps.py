"""Finding lamps over MQTT: what Home Assistant's discovery and Zigbee2MQTT leave at the broker.

What is there comes from strangers; whatever is not a whole lamp is passed over.
"""

import contextlib
import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

import paho.mqtt.client as mqtt

from soundscape.errors import LightsLostError
from soundscape.sensory.fixtures import Broker, Fixture, Kind, Via
from soundscape.sensory.mqtt_output import client_of

DISCOVERY = "homeassistant/light/#"
BRIDGE = "zigbee2mqtt/bridge/devices"
LISTEN_S = 3.0
MAX_MESSAGE_BYTES = 4 << 20
MAX_MESSAGES = 10_000
_COLD_MIRED = 153
_WARM_MIRED = 500
_MIREDS = (50.0, 1000.0)
_STEPS = (1.0, 65535.0)
_USUAL_STEPS = 255
"""Home Assistant's, where a lamp does not say."""


def lamps_at(broker: Broker, identity: str) -> tuple[Fixture, ...]:
    """Return the lamps that a broker knows of.

    Raises
    ------
    LightsLostError
        If it cannot be reached, or cannot prove who it is.
    """
    found: dict[str, bytes] = {}
    answered = threading.Event()
    client = client_of(broker, f"{identity}-find")

    def subscribe(client: mqtt.Client, *_rest: object) -> None:
        client.subscribe([(DISCOVERY, 0), (BRIDGE, 0)])
        answered.set()

    def take(_client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        if len(message.payload) <= MAX_MESSAGE_BYTES and len(found) < MAX_MESSAGES:
            found[message.topic] = bytes(message.payload)

    client.on_connect, client.on_message = subscribe, take
    try:
        client.connect(broker.host, broker.port)
    except ssl.SSLError as error:
        why = "cannot prove who it is, or speaks no TLS; see ca_file in lights.toml"
        raise LightsLostError(f"The broker at {broker.host} {why}.") from error
    except (OSError, ValueError) as error:
        raise LightsLostError(f"No broker answers at {broker.host}:{broker.port}.") from error
    client.loop_start()
    is_there = answered.wait(LISTEN_S)
    threading.Event().wait(LISTEN_S if is_there else 0.0)
    client.disconnect()
    client.loop_stop()
    if not is_there:
        raise LightsLostError("The broker does not let us in; check its user and password.")
    return lamps_in(found)


def lamps_in(messages: Mapping[str, bytes]) -> tuple[Fixture, ...]:
    """Return the lamps that some retained messages describe, by topic, each topic once."""
    lamps: dict[str, Fixture] = {}
    for topic, payload in sorted(messages.items()):
        with contextlib.suppress(ValueError, RecursionError):
            data = json.loads(payload)
            found = _bridged(data) if topic == BRIDGE else _discovered(data)
            lamps |= {lamp.topic: lamp for lamp in found if lamp.topic not in lamps}
    return tuple(lamps.values())


def _discovered(data: object) -> Iterator[Fixture]:
    """Yield the lamp of a discovery message, as Home Assistant's MQTT light describes it."""
    said = _table(data)
    topic = said.get("command_topic", said.get("cmd_t"))
    modes = _list(said.get("supported_color_modes", said.get("sup_clrm")))
    kind = _kind({mode for mode in modes if isinstance(mode, str)})
    if said.get("schema") != "json" or kind is None or not _is_topic(topic):
        return
    device = _table(said.get("device", said.get("dev")))
    names = (said.get("name"), device.get("name"), topic)
    yield Fixture(
        next(each for each in names if isinstance(each, str) and each.strip()),
        kind,
        Via.MQTT,
        topic=str(topic),
        brightness_steps=_steps(said.get("brightness_scale", said.get("bri_scl"))),
        whites_k=_whites(
            said.get("min_mireds", said.get("min_mirs")),
            said.get("max_mireds", said.get("max_mirs")),
        ),
    )


def _bridged(data: object) -> Iterator[Fixture]:
    """Yield the lamps in Zigbee2MQTT's list of devices."""
    for device in map(_table, _list(data)):
        name = device.get("friendly_name")
        exposes = map(_table, _list(_table(device.get("definition")).get("exposes")))
        light = next((each for each in exposes if each.get("type") == "light"), {})
        features = {str(f.get("name")): f for f in map(_table, _list(light.get("features")))}
        kind = _kind({mode for feature, mode in _BRIDGED.items() if feature in features})
        topic = f"zigbee2mqtt/{name}/set"
        if kind is not None and isinstance(name, str) and _is_topic(topic):
            warmth = _table(features.get("color_temp"))
            whites_k = _whites(warmth.get("value_min"), warmth.get("value_max"))
            yield Fixture(name, kind, Via.MQTT, topic=topic, whites_k=whites_k)


_BRIDGED = {
    "brightness": "brightness",
    "color_temp": "color_temp",
    "color_xy": "rgb",
    "color_hs": "rgb",
}


def _kind(modes: set[str]) -> Kind | None:
    """Return what a lamp can do; the white of its own is better than one mixed of colors."""
    if "color_temp" in modes:
        return Kind.TUNABLE
    if modes & {"rgb", "hs", "xy", "rgbw", "rgbww"}:
        return Kind.RGB
    return Kind.DIMMER if "brightness" in modes else None


def _whites(cold_mired: object, warm_mired: object) -> tuple[float, float]:
    low = cold_mired if _is_between(cold_mired, _MIREDS) else _COLD_MIRED
    high = warm_mired if _is_between(warm_mired, _MIREDS) else _WARM_MIRED
    return (1e6 / high, 1e6 / low) if low < high else (1e6 / _WARM_MIRED, 1e6 / _COLD_MIRED)


def _steps(value: object) -> int:
    return round(value) if _is_between(value, _STEPS) else _USUAL_STEPS


def _is_between(value: object, bounds: tuple[float, float]) -> TypeGuard[float]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and bounds[0] <= float(str(value)) <= bounds[1]


def _is_topic(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not set(value) & set("#+\0")


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
