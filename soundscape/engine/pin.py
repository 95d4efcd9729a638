"""What a session holds on to: which sink, which of its sockets, how loud.

It is settled when the session begins, and lies in a file beside the ring, so that it outlives
each of the processes: whoever opens the sound card again opens the same.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from soundscape.engine.sound_server import ServerSink  # its library takes long to load

PIN_FILE = "pin.json"
TOLERANCE = 0.01
"""A change of volume up to here is rounding by the card: Bluetooth knows 127 steps."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Where and how loud a session is heard.

    Attributes
    ----------
    sink : str
        The sink's name.
    port : str
        The socket of its card, empty where it has none.
    volumes : tuple[float, ...]
        The sink's volumes when the session began, one a channel, on the server's scale.
    before : str
        The server's default sink before the session.
    """

    sink: str
    port: str
    volumes: tuple[float, ...]
    before: str

    def volumes_for(self, sink: "ServerSink") -> tuple[float, ...]:
        """Return the volumes for a sink, which may have come back with other channels."""
        if len(sink.volumes) == len(self.volumes):
            return self.volumes
        return (sum(self.volumes) / len(self.volumes),) * len(sink.volumes)

    def is_kept_by(self, sink: "ServerSink") -> bool:
        """Return whether a sink is as loud as it should be."""
        return not sink.is_muted and is_near(sink.volumes, self.volumes_for(sink))


def is_near(volumes: Sequence[float], wanted: Sequence[float]) -> bool:
    """Return whether volumes are the same but for rounding."""
    return all(abs(a - b) <= TOLERANCE for a, b in zip(volumes, wanted, strict=True))


def write_pin(folder: Path, pin: Pin) -> None:
    """Lay a pin into the chair's private folder."""
    (folder / PIN_FILE).write_text(json.dumps(asdict(pin)), encoding="utf-8")


def pin_facts(folder: Path) -> dict[str, object]:
    """Return what the record says of a session's pin; nothing where there is no sound server."""
    pin = read_pin(folder)
    if pin is None:
        return {}
    percent = [round(100.0 * volume) for volume in pin.volumes]
    return {"sink": pin.sink, "socket": pin.port, "volume_percent": percent}


def read_pin(folder: Path) -> Pin | None:
    """Return the pin of the session; None if it has none yet."""
    try:
        data = json.loads((folder / PIN_FILE).read_text(encoding="utf-8"))
        return Pin(data["sink"], data["port"], tuple(data["volumes"]), data["before"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
