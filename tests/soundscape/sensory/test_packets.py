"""Packets of lamps' protocols: as another reader of the standard takes them."""

import socket
import struct
from collections.abc import Iterator

import numpy as np
import pytest
from sacn.messages.data_packet import DataPacket

from soundscape.errors import LightsLostError
from soundscape.sensory.artnet_output import artdmx, artnet_link
from soundscape.sensory.dmx import DOUBT_S, KEEP_ALIVE_S, DmxLink
from soundscape.sensory.fixtures import Fixture, Kind, Via
from soundscape.sensory.sacn_output import sacn_link

LOOPBACK = "127.0.0.1"
LAMPS = (
    Fixture("a", Kind.DIMMER, Via.SACN, universe=1, address=3),
    Fixture("b", Kind.RGB, Via.SACN, universe=700, address=510),
)
LEVELS = np.array([0.5, 1.0, 0.25, 0.0])


@pytest.fixture
def node() -> Iterator[socket.socket]:
    """Yield a socket that receives on loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as node:
        node.bind((LOOPBACK, 0))
        node.settimeout(5.0)
        yield node


def received(node: socket.socket) -> bytes:
    return node.recv(2000)


def test_a_node_over_sacn_gets_each_universe_with_the_lamps_at_their_addresses(
    node: socket.socket,
) -> None:
    link = sacn_link(LAMPS, LOOPBACK, LOOPBACK, "chair", port=node.getsockname()[1])

    link.send(LEVELS, 0.0)

    packets = [DataPacket.make_data_packet(tuple(received(node))) for _ in range(2)]
    link.close()
    assert [packet.universe for packet in packets] == [1, 700]
    assert packets[0].dmxData == (0, 0, 128) + 509 * (0,)
    assert packets[1].dmxData == 509 * (0,) + (255, 64, 0)
    assert packets[0].priority == 100


def test_a_node_over_artnet_gets_what_the_standard_says(node: socket.socket) -> None:
    link = artnet_link(LAMPS[:1], LOOPBACK, "", port=node.getsockname()[1])

    link.send(LEVELS[:1], 0.0)

    packet = received(node)
    link.close()
    assert packet[:12] == b"Art-Net\0" + b"\x00\x50" + b"\x00\x0e"
    assert struct.unpack("<H", packet[14:16]) == (1,)
    assert struct.unpack(">H", packet[16:18]) == (512,)
    assert packet[18:] == bytes((0, 0, 128)) + bytes(509)


def test_the_sequence_of_artnet_never_says_that_there_is_none() -> None:
    numbers = [artdmx(0, bytes(512), sequence)[12] for sequence in range(1, 600)]

    assert min(numbers) == 1
    assert max(numbers) == 255
    assert numbers[254:257] == [255, 1, 2]


def test_what_stands_still_is_said_again_now_and_then(node: socket.socket) -> None:
    link = sacn_link(LAMPS[:1], LOOPBACK, "", "chair", port=node.getsockname()[1])

    for step in range(100):
        link.send(LEVELS[:1], step * KEEP_ALIVE_S / 19.5)

    sequences = [DataPacket.make_data_packet(tuple(received(node))).sequence for _ in range(5)]
    link.close()
    node.settimeout(0.0)
    with pytest.raises(BlockingIOError):
        node.recv(2000)
    assert sequences == [1, 2, 3, 4, 5]


def refused(link: DmxLink, begin_s: float) -> float | None:
    """Return when a link says that nobody is there; None if it does not for long."""
    for now_s in np.arange(begin_s, begin_s + 2.0 * DOUBT_S, 0.1):
        try:
            link.send(LEVELS[:1], float(now_s))
        except LightsLostError:
            return float(now_s)
    return None


def test_a_node_that_is_gone_is_noticed_again_and_again_until_it_is_back() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind((LOOPBACK, 0))
        port = gone.getsockname()[1]
    link = sacn_link(LAMPS[:1], LOOPBACK, "", "chair", port=port)

    first_s = refused(link, 0.0)
    second_s = refused(link, (first_s or 0.0) + 0.1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as back:
        back.bind((LOOPBACK, port))
        third_s = refused(link, (second_s or 0.0) + 0.1)
    link.close()

    assert first_s is not None
    assert second_s is not None
    assert second_s - first_s < DOUBT_S
    assert third_s is None
