"""A sink that leads nowhere and is the server's default while a session holds the sound card.

When a sink vanishes the server moves what was heard there to its default, at full level. So the
default must be nowhere: nothing that falls off the headphones is heard, not for one sample. The
default that was there before is kept as a property of the sink itself; whoever finds the sink
after a crash can put it back.
"""

from typing import Protocol

from soundscape.engine.sound_server import ServerSink
from soundscape.errors import DeviceLostError

REFUGE = "soundscape_nowhere"
BEFORE = "soundscape.before"
STAND_IN = "auto_null"
"""What servers make up as a default where no card is left."""

_TITLE = "Soundscape session: sound of other programs is off"


class Server(Protocol):
    """What is needed of the sound server."""

    def sink(self, name: str) -> ServerSink | None:
        """Return a sink by its name."""

    def default_sink(self) -> str:
        """Return the default's name."""

    def set_default_sink(self, name: str) -> None:
        """Set the default."""

    def make_null_sink(self, name: str, properties: dict[str, str]) -> None:
        """Make a sink that leads nowhere."""

    def remove_sink(self, sink: ServerSink) -> None:
        """Take it away."""


def take_refuge(server: Server, *, before: str) -> None:
    """See to it that the server's default leads nowhere; again and again, if need be.

    Parameters
    ----------
    server : Server
        The sound server.
    before : str
        What the default was before the session, to be put back after it.
    """
    if server.sink(REFUGE) is None:
        server.make_null_sink(REFUGE, {"device.description": _TITLE, BEFORE: before})
    if server.default_sink() != REFUGE:
        server.set_default_sink(REFUGE)


def default_before(server: Server) -> str:
    """Return the default sink's name; while there is a refuge, what it was before."""
    refuge = server.sink(REFUGE)
    if refuge is not None:
        return refuge.properties.get(BEFORE, "")
    return server.default_sink()


def leave_refuge(server: Server) -> bool:
    """Put the default back as it was before the session; return whether there was a refuge.

    Where staff have chosen another default meanwhile, or the old one is gone, the server's own
    choice stands.
    """
    refuge = server.sink(REFUGE)
    if refuge is None:
        return False
    before = refuge.properties.get(BEFORE, "")
    if server.default_sink() == REFUGE and server.sink(before) is not None:
        server.set_default_sink(before)
    try:
        server.remove_sink(refuge)
    except DeviceLostError:
        return server.sink(REFUGE) is None  # another process was quicker
    return True
