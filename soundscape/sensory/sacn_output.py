"""Lamps over sACN (ANSI E1.31): its packets are the ``sacn`` library's."""

import uuid
from collections.abc import Sequence

from sacn.messages.data_packet import DataPacket, calculate_multicast_addr

from soundscape.sensory.dmx import DmxLink, Protocol
from soundscape.sensory.fixtures import Fixture

SACN_PORT = 5568
MULTICAST = "multicast"
SOURCE_NAME = "Soundscape"


def sacn_link(
    fixtures: Sequence[Fixture], host: str, interface: str, identity: str, port: int = SACN_PORT
) -> DmxLink:
    """Return a link to the lamps of one node, or of all in a multicast group.

    Parameters
    ----------
    fixtures : Sequence[Fixture]
        Its lamps.
    host : str
        The node's address, or ``multicast``.
    interface : str
        This machine's address on the lamps' network; empty for the system's choice.
    identity : str
        Names this chair for good: a host that is started again is the same source to a node.
    port : int
        Where the node listens.
    """
    source = tuple(uuid.uuid5(uuid.NAMESPACE_OID, identity).bytes)

    def packet(universe: int, data: bytes, sequence: int) -> bytes:
        made = DataPacket(source, SOURCE_NAME, universe, tuple(data), sequence=sequence % 256)
        return bytes(made.getBytes())

    def host_of(universe: int) -> str:
        return calculate_multicast_addr(universe) if host == MULTICAST else host

    return DmxLink(fixtures, Protocol(packet, host_of, port, interface))
