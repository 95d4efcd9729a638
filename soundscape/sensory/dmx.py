"""A link that sends universes of DMX channels over the network, in one protocol or another.

It only sends. A node that has gone is noticed where the network says so: by the refusal that
a machine without its program answers with, or by an address that nobody has any more.
"""

import contextlib
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soundscape.errors import LightsLostError
from soundscape.sensory.fixtures import DMX_CHANNELS, Fixture

KEEP_ALIVE_S = 0.8
"""What does not change is said again so often: ANSI E1.31-2018 6.6.1 asks for 0.8-1 s."""

DOUBT_S = 0.8
"""What is sent to nobody is refused only when more is sent: after a failure nothing is spared."""

_FULL = 255


@dataclass(frozen=True, slots=True)
class Protocol:
    """How universes are told.

    Attributes
    ----------
    packet : Callable[[int, bytes, int], bytes]
        Makes a packet of a universe, its 512 channels, and a sequence number that counts on.
    host_of : Callable[[int], str]
        Where packets of a universe go.
    port : int
        The protocol's.
    interface : str
        This machine's address on the lamps' network; empty for the system's choice.
    """

    packet: Callable[[int, bytes, int], bytes]
    host_of: Callable[[int], str]
    port: int
    interface: str


class DmxLink:
    """Sends the universes of some fixtures, on change and else now and then.

    Parameters
    ----------
    fixtures : Sequence[Fixture]
        Whose channels the levels are, in this order.
    protocol : Protocol
        How they are told.
    """

    lead_s = 0.0
    trusted_after_s = DOUBT_S

    def __init__(self, fixtures: Sequence[Fixture], protocol: Protocol) -> None:
        self._fixtures = tuple(fixtures)
        self._protocol = protocol
        self._sockets: dict[int, socket.socket] = {}
        self._sent: dict[int, tuple[bytes, float]] = {}
        self._sequence = 0
        self._doubted_s = -DOUBT_S

    def send(self, levels: NDArray[np.float64], now_s: float) -> None:
        """Tell each universe that has changed, or was not told for a while.

        Parameters
        ----------
        levels : NDArray[np.float64], shape (channels,)
            0-1.
        now_s : float
            On a clock that never goes back.

        Raises
        ------
        LightsLostError
            If the network says that nobody took it.
        """
        for universe, data in self._universes(levels).items():
            last, told_s = self._sent.get(universe, (b"", 0.0))
            is_well = now_s - self._doubted_s > DOUBT_S
            if is_well and data == last and now_s - told_s < KEEP_ALIVE_S:
                continue
            self._sequence += 1
            try:
                self._socket(universe).send(self._protocol.packet(universe, data, self._sequence))
            except OSError as error:
                self._doubted_s = now_s
                self.close()
                raise LightsLostError("The lamps cannot be reached.") from error
            self._sent[universe] = data, now_s

    def close(self) -> None:
        """Close what is open."""
        for each in self._sockets.values():
            each.close()
        self._sockets.clear()

    def _universes(self, levels: NDArray[np.float64]) -> dict[int, bytes]:
        values = iter(np.rint(levels * _FULL).astype(int).tolist())
        universes: dict[int, bytearray] = {}
        for fixture in self._fixtures:
            data = universes.setdefault(fixture.universe, bytearray(DMX_CHANNELS))
            for channel in fixture.channels:
                data[channel - 1] = next(values)
        return {universe: bytes(data) for universe, data in universes.items()}

    def _socket(self, universe: int) -> socket.socket:
        """Return a socket to where a universe goes; being connected, it hears refusals."""
        if universe not in self._sockets:
            made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            with contextlib.ExitStack() as undo:
                undo.callback(made.close)
                if self._protocol.interface:
                    made.bind((self._protocol.interface, 0))
                made.connect((self._protocol.host_of(universe), self._protocol.port))
                made.settimeout(0.0)
                undo.pop_all()
            self._sockets[universe] = made
        return self._sockets[universe]
