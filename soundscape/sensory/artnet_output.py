"""Lamps over Art-Net 4.

Its packet is written here: the two libraries there are print errors instead of raising them, or
bring an event loop and fades of their own, where eighteen bytes before the channels do.
"""

import struct
from collections.abc import Sequence

from soundscape.sensory.dmx import DmxLink, Protocol
from soundscape.sensory.fixtures import Fixture

ARTNET_PORT = 6454
_ID = b"Art-Net\0"
_OP_DMX = 0x5000
_VERSION = 14


def artnet_link(
    fixtures: Sequence[Fixture], host: str, interface: str, port: int = ARTNET_PORT
) -> DmxLink:
    """Return a link to the lamps of one node.

    Parameters
    ----------
    fixtures : Sequence[Fixture]
        Its lamps.
    host : str
        The node's address.
    interface : str
        This machine's address on the lamps' network; empty for the system's choice.
    port : int
        Where the node listens.
    """
    return DmxLink(fixtures, Protocol(artdmx, lambda _universe: host, port, interface))


def artdmx(universe: int, data: bytes, sequence: int) -> bytes:
    """Return an ArtDmx packet: Art-Net 4, release 1.4, "ArtDmx packet definition".

    The sequence runs from 1 to 255, as 0 would say that there is none; the physical port is 0.
    """
    number = 1 + (sequence - 1) % 255
    head = struct.pack("<8sH", _ID, _OP_DMX) + struct.pack(">HBB", _VERSION, number, 0)
    return head + struct.pack("<H", universe) + struct.pack(">H", len(data)) + data
