"""The outputs of a room: each node, and the broker, with its lamps.

A protocol's module is imported only where a lamp needs it, as the host is to stay small.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from soundscape.sensory.fixtures import Fixture, Room, Via
from soundscape.sensory.output import Link, Output


@dataclass(frozen=True, slots=True)
class Terms:
    """What all outputs of a chair share.

    Attributes
    ----------
    identity : str
        Names this chair for good.
    scale : float
        Seconds of session in a second.
    """

    identity: str
    scale: float = 1.0


def outputs_of(room: Room, terms: Terms) -> tuple[Output, ...]:
    """Return the outputs of a room's lamps: one for each node, and one for the broker.

    What cannot be reached yet is tried again by its output; a broker's certificate that cannot
    be read is ``LightsLostError``.
    """
    found = []
    for (via, host), group in groupby(sorted(room.fixtures, key=_place), key=_place):
        fixtures = tuple(group)
        link = _LINKS[via](fixtures, room, terms)
        name = room.broker.host if room.broker is not None and via is Via.MQTT else host
        step_s = _LONGEST_STEP_S[via] * max(1.0, terms.scale)
        found.append(Output(f"{via} {name}", fixtures, link, longest_step_s=step_s))
    return tuple(found)


def _place(fixture: Fixture) -> tuple[Via, str]:
    return fixture.via, fixture.host


def _sacn(fixtures: Sequence[Fixture], room: Room, terms: Terms) -> Link:
    from soundscape.sensory.sacn_output import sacn_link  # noqa: PLC0415 -- see the module

    return sacn_link(fixtures, fixtures[0].host, room.interface, terms.identity)


def _artnet(fixtures: Sequence[Fixture], room: Room, _terms: Terms) -> Link:
    from soundscape.sensory.artnet_output import artnet_link  # noqa: PLC0415 -- see the module

    return artnet_link(fixtures, fixtures[0].host, room.interface)


def _mqtt(fixtures: Sequence[Fixture], room: Room, terms: Terms) -> Link:
    from soundscape.sensory.mqtt_output import MqttLink  # noqa: PLC0415 -- see the module

    assert room.broker is not None, "room_of sees to it"  # noqa: S101
    return MqttLink(fixtures, room.broker, terms.identity, terms.scale)


_LINKS: dict[Via, Callable[[Sequence[Fixture], Room, Terms], Link]] = {
    Via.SACN: _sacn,
    Via.ARTNET: _artnet,
    Via.MQTT: _mqtt,
}

_LONGEST_STEP_S = {Via.SACN: 0.1, Via.ARTNET: 0.1, Via.MQTT: 0.3}
"""After a stall a step is as large as this allows; lamps over MQTT fade through it themselves."""
