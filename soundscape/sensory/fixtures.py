"""The room's lamps, as ``lights.toml`` in the data folder lists them."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import Any

from soundscape.errors import InvalidPlanError
from soundscape.fields import Fields, read_fields

LIGHTS_FILE = "lights.toml"
DMX_CHANNELS = 512
WHITES_K = (2200.0, 6500.0)
_PORTS = 65535
_UNIVERSES = {"sacn": (1, 63999), "artnet": (0, 32767)}


class Kind(StrEnum):
    """What a lamp can do."""

    DIMMER = "dimmer"
    TUNABLE = "tunable"
    RGB = "rgb"
    RGBW = "rgbw"


class Via(StrEnum):
    """How a lamp is reached."""

    SACN = "sacn"
    ARTNET = "artnet"
    MQTT = "mqtt"


CHANNELS = {Kind.DIMMER: 1, Kind.TUNABLE: 2, Kind.RGB: 3, Kind.RGBW: 4}


@dataclass(frozen=True, slots=True)
class Fixture:
    """One lamp.

    Attributes
    ----------
    name : str
        What staff call it.
    kind : Kind
        What it can do.
    via : Via
        How it is reached.
    host : str
        Of sACN and Art-Net: the node's address; ``multicast`` for sACN's groups.
    universe, address : int
        Of sACN and Art-Net: where its channels begin.
    topic : str
        Of MQTT: where its commands go, as ``zigbee2mqtt/ceiling/set``.
    brightness_steps : int
        Of MQTT: the brightness that is full.
    whites_k : tuple[float, float]
        Of a tunable lamp: its warmest and its coldest white.
    """

    name: str
    kind: Kind
    via: Via
    host: str = ""
    universe: int = 1
    address: int = 1
    topic: str = ""
    brightness_steps: int = 254
    whites_k: tuple[float, float] = WHITES_K

    @property
    def channels(self) -> range:
        """Its DMX channels, counted from 1."""
        return range(self.address, self.address + CHANNELS[self.kind])


@dataclass(frozen=True, slots=True)
class Broker:
    """The MQTT broker that lamps are reached through.

    Attributes
    ----------
    host, port : str, int
        Where it is.
    tls : bool
        The connection is encrypted and the broker has to prove who it is.
    ca_file : str
        The certificate it is proved by; empty for those that the system trusts.
    username, password : str
        Empty for none.
    """

    host: str
    port: int
    tls: bool
    ca_file: str = ""
    username: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """All lamps of a room.

    Attributes
    ----------
    fixtures : tuple[Fixture, ...]
        Each with a name of its own; none for a room whose light is left alone.
    broker : Broker | None
        Needed by lamps over MQTT.
    interface : str
        This machine's address on the lamps' network; empty for the system's choice.
    """

    fixtures: tuple[Fixture, ...] = ()
    broker: Broker | None = None
    interface: str = ""


def read_room(folder: Path) -> Room:
    """Return the lamps that a data folder lists; a room without lamps where it lists none.

    A fault raises ``InvalidPlanError`` naming the field.
    """
    path = folder / LIGHTS_FILE
    return room_of(read_fields(path)) if path.exists() else Room()


def room_of(fields: Fields) -> Room:
    """Return the lamps that some fields list.

    Raises
    ------
    InvalidPlanError
        Naming the first faulty field.
    """
    interface = fields.text("interface") if fields.has("interface") else ""
    broker = _broker(fields.table("mqtt")) if fields.has("mqtt") else None
    tables = fields.tables("fixtures") if fields.has("fixtures") else ()
    fixtures = tuple(_fixture(table) for table in tables)
    fields.finish()
    for index, (fixture, table) in enumerate(zip(fixtures, tables, strict=True)):
        if fixture.via is Via.MQTT and broker is None:
            raise InvalidPlanError(table.where("via"), "needs an [mqtt] table with the broker")
        if fixture.name in {earlier.name for earlier in fixtures[:index]}:
            raise InvalidPlanError(table.where("name"), "is another lamp's name already")
    for first, second in combinations(fixtures, 2):
        if _meet(first, second):
            where = tables[fixtures.index(second)].where("address")
            raise InvalidPlanError(where, f"meets the channels of '{first.name}'")
    return Room(fixtures, broker, interface)


def _meet(first: Fixture, second: Fixture) -> bool:
    if first.via is Via.MQTT or second.via is Via.MQTT:
        return False
    same = (first.via, first.host, first.universe) == (second.via, second.host, second.universe)
    return same and bool(set(first.channels) & set(second.channels))


def _fixture(fields: Fields) -> Fixture:
    name = fields.text("name")
    kind = Kind(fields.one_of("kind", Kind))
    via = Via(fields.one_of("via", Via))
    whites_k = fields.pair("whites_k", 1000.0, 20000.0) if fields.has("whites_k") else WHITES_K
    if not whites_k[0] < whites_k[1]:
        raise InvalidPlanError(fields.where("whites_k"), "must be the warmest, then the coldest")
    place = _on_mqtt(fields) if via is Via.MQTT else _on_dmx(fields, via, CHANNELS[kind])
    fields.finish()
    return Fixture(name, kind, via, whites_k=whites_k, **place)


def _on_mqtt(fields: Fields) -> dict[str, Any]:
    place: dict[str, Any] = {"topic": _topic(fields)}
    if fields.has("brightness_steps"):
        place["brightness_steps"] = fields.whole("brightness_steps", 1, 65535)
    return place


def _on_dmx(fields: Fields, via: Via, channels: int) -> dict[str, Any]:
    return {
        "host": _host(fields, via),
        "universe": fields.whole("universe", *_UNIVERSES[via]),
        "address": fields.whole("address", 1, DMX_CHANNELS + 1 - channels),
    }


def _host(fields: Fields, via: Via) -> str:
    host = fields.text("host")
    if host == "multicast" and via is not Via.SACN:
        why = "must be the node's address; only sACN has multicast"
        raise InvalidPlanError(fields.where("host"), why)
    return host


def _topic(fields: Fields) -> str:
    topic = fields.text("topic")
    if any(sign in topic for sign in "#+\0"):
        raise InvalidPlanError(fields.where("topic"), "must be one topic, without wildcards")
    return topic


def _broker(fields: Fields) -> Broker:
    tls = fields.flag("tls")
    port = fields.whole("port", 1, _PORTS) if fields.has("port") else (8883 if tls else 1883)
    optional = {
        key: fields.text(key) for key in ("ca_file", "username", "password") if fields.has(key)
    }
    broker = Broker(fields.text("host"), port, tls, **optional)
    fields.finish()
    return broker
