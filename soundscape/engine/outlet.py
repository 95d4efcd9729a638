"""The sound card with all that sees to it that nothing is heard elsewhere or louder.

Opening it settles the session's pin, or follows it; makes the server's default lead nowhere;
and begins the watch once the card takes samples. Without a sound server it is the card alone.
"""

import os
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from soundscape.engine.output_block import OutputBlock
from soundscape.engine.pin import Pin, read_pin, write_pin
from soundscape.engine.refuge import Server, default_before, leave_refuge, take_refuge
from soundscape.engine.ring import Field, Ring
from soundscape.engine.sink_watch import Alarms, SinkWatch
from soundscape.engine.sinks import why_not
from soundscape.engine.sound_server import ServerSink, SoundServer, connected
from soundscape.errors import DeviceLostError

if TYPE_CHECKING:
    from soundscape.engine.device import CardOutput

FLOW_BLOCKS = 13
"""More than PortAudio asks for beforehand, whether the card plays or not."""

FLOW_S = 0.8
LOOK_S = 0.02


class Outlet:
    """An open sound card under guard.

    Parameters
    ----------
    block : OutputBlock
        What fills the blocks.
    ring : Ring
        Where the counters go.
    folder : Path
        The chair's private folder, with the pin.
    device : str | None
        The sink's name, or elsewhere the device's; None for the system's choice.
    """

    def __init__(
        self, block: OutputBlock, ring: Ring, folder: Path, *, device: str | None
    ) -> None:
        self._block = block
        self._ring = ring
        self._folder = folder
        self._device = device
        self._card: CardOutput | None = None
        self._watch: SinkWatch | None = None
        self._lock = threading.Lock()

    @property
    def is_alive(self) -> bool:
        """True while blocks are taken and nothing speaks against it."""
        return self._card is not None and self._card.is_alive and not self._block.is_cut

    def start(self) -> None:
        """Open the card and begin to take blocks.

        Raises
        ------
        DeviceLostError
            If that cannot be now.
        """
        server = connected()
        try:
            pin = self._pinned(server)
            self._open_card(pin)
        except DeviceLostError:
            self.close()
            if server is not None:
                server.close()
            raise
        if server is not None and pin is not None:
            self._watch = SinkWatch(server, pin, Alarms(self._cut, self._note_volume))
            self._watch.start()

    def close(self) -> None:
        """Take no more."""
        if self._watch is not None:
            self._watch.close()
        with self._lock:
            if self._card is not None:
                self._card.close()

    def _open_card(self, pin: Pin | None) -> None:
        # Only here: to import it opens PortAudio, which waits for the sound server.
        device = import_module("soundscape.engine.device")
        name = self._device if pin is None else device.SERVER
        self._ring.set(Field.CUT, 0)
        self._card = device.CardOutput(self._block, self._ring, device=name)
        self._begin(self._card)

    def _begin(self, card: "CardOutput") -> None:
        """Start the card and return once it really takes blocks.

        Raises
        ------
        DeviceLostError
            If it does not, as one that sleeps.
        """
        before = self._ring.get(Field.BLOCKS)
        card.start()
        waiting = threading.Event()
        for _ in range(round(FLOW_S / LOOK_S)):
            if self._ring.get(Field.BLOCKS) >= before + FLOW_BLOCKS:
                card.is_flowing = True
                return
            waiting.wait(LOOK_S)
        raise DeviceLostError("The headphones take no sound at the moment; wait, or wake them.")

    def _cut(self) -> None:
        self._block.cut()  # first: what is asked for from now on is silence
        with self._lock:
            if self._card is not None:
                self._card.abort()

    def _note_volume(self) -> None:
        self._ring.set(Field.VOLUME_CHANGES, self._ring.get(Field.VOLUME_CHANGES) + 1)

    def _pinned(self, server: SoundServer | None) -> Pin | None:
        """Return the session's pin, with the server made ready; None where there is no server.

        Raises
        ------
        DeviceLostError
            If there was a server when the session began.
        """
        pin = read_pin(self._folder)
        if server is None:
            if pin is not None:
                raise DeviceLostError("The sound server is gone; wait until it is back.")
            return None
        if pin is None:
            pin = new_pin(server, self._device)
            write_pin(self._folder, pin)
        sink = acceptable(server, pin)
        take_refuge(server, before=pin.before)
        if not pin.is_kept_by(sink):
            server.set_sink_volumes(sink, pin.volumes_for(sink))
        # PortAudio's one device for the server leads where its environment says. PipeWire heeds
        # the property: a stream whose sink is gone ends, and goes nowhere else.
        os.environ["PULSE_SINK"] = pin.sink
        os.environ["PULSE_PROP"] = "node.dont-reconnect=true"
        return pin


def new_pin(server: Server, device: str | None) -> Pin:
    """Return what a session that begins now holds on to.

    Raises
    ------
    DeviceLostError
        If its sink is not there, or nothing of it could be heard.
    """
    before = default_before(server)
    name = device or before
    sink = server.sink(name)
    if sink is None:
        raise DeviceLostError(f"The headphones '{name}' are not there; check the plug.")
    if sink.is_muted or not any(sink.volumes):
        raise DeviceLostError(f"'{sink.title}' is muted; set the volume, then begin.")
    return Pin(sink.name, sink.port, sink.volumes, before)


def acceptable(server: Server, pin: Pin) -> ServerSink:
    """Return the sink of a pin.

    Raises
    ------
    DeviceLostError
        If it is not there, or must not be heard as it is now.
    """
    sink = server.sink(pin.sink)
    if sink is None:
        raise DeviceLostError(f"The headphones '{pin.sink}' are not there; check the plug.")
    if why_not(sink):
        raise DeviceLostError(f"'{sink.title}' cannot be used. {why_not(sink)}")
    if sink.port != pin.port:
        raise DeviceLostError(f"'{sink.title}' has switched to another socket; check the plug.")
    return sink


def is_back(folder: Path, device: str | None) -> bool:
    """Return whether what a session is heard on is there and may be heard.

    Parameters
    ----------
    folder : Path
        The chair's private folder, with the pin.
    device : str | None
        The device's name, where there is no sound server; None for the system's choice.
    """
    pin, server = read_pin(folder), connected()
    if pin is None and server is None and device is not None:
        return device in import_module("soundscape.engine.device").output_names()
    if pin is None or server is None:
        return pin is None
    with server:
        try:
            acceptable(server, pin)
        except DeviceLostError:
            return False
    return True


def restore_default() -> bool:
    """Put the server's default back after a session, also one that broke off.

    Returns
    -------
    bool
        True if there was anything to put back.
    """
    server = connected()
    if server is None:
        return False
    with server:
        try:
            return leave_refuge(server)
        except DeviceLostError:
            return False
