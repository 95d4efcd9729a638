"""Where sound can go: the headphones and speakers of this machine, by names that stay.

PortAudio lists one device for all of PulseAudio or PipeWire. The server itself tells the sinks
behind it: a name that is the same after every restart, a title for people, and what kind of
thing it is, as far as its driver says.
"""

from dataclasses import dataclass
from importlib import import_module

from soundscape.engine.refuge import REFUGE, STAND_IN
from soundscape.engine.sound_server import ServerSink, connected

HANDS_FREE = (
    "They are in hands-free mode, which sounds like a telephone; set them to music (A2DP)."
)
LOW_BATTERY_PERCENT = 50
"""Two hours and a half of a session, with something in hand."""

_WORN = ("headphone", "headset", "earpiece", "hands-free")
_LOUD = ("speaker", "internal", "hdmi", "displayport", "hifi", "tv", "car")
_CALL_PROFILES = ("headset", "handsfree", "hands-free", "hfp", "hsp")


@dataclass(frozen=True, slots=True)
class Sink:
    """One place where sound can go.

    Attributes
    ----------
    name : str
        What a session takes as its ``device``; stays the same over restarts.
    title : str
        What people call it.
    is_headphones : bool | None
        Whether it is worn on the head; None where nobody says.
    has_loudspeaker : bool
        The same card can switch to a loudspeaker when the plug is pulled.
    bus : str
        How it is connected: ``usb``, ``bluetooth``, ``pci``; empty where nobody says.
    battery_percent : int | None
        What is left, where the server tells.
    why_not : str
        Why no session may use it, in one sentence; empty if one may.
    """

    name: str
    title: str
    is_headphones: bool | None = None
    has_loudspeaker: bool = False
    bus: str = ""
    battery_percent: int | None = None
    why_not: str = ""


def list_sinks() -> tuple[Sink, ...]:
    """Return what is plugged in now; nothing where there is no sound at all."""
    server = connected()
    if server is not None:
        with server:
            return sinks_among(server.sinks())
    # Only here: to import it opens PortAudio, which asks every driver of the machine.
    try:
        device = import_module("soundscape.engine.device")
    except OSError:  # PortAudio itself is not installed
        return ()
    return tuple(Sink(name, name) for name in device.output_names())


def sinks_among(told: tuple[ServerSink, ...]) -> tuple[Sink, ...]:
    """Return what people may choose among what a server tells."""
    return tuple(_sink(sink) for sink in told if sink.name not in {REFUGE, STAND_IN})


def why_not(sink: ServerSink) -> str:
    """Return why no session may use a sink, in one sentence; empty if one may."""
    properties = sink.properties
    keys = ("bluetooth.protocol", "api.bluez5.profile", "device.profile.name")
    profiles = [properties.get(key, "").lower() for key in keys]
    if _bus(sink) == "bluetooth":
        profiles.append(sink.name.rpartition(".")[2].lower())  # bluez_sink.ADDRESS.a2dp_sink
    calls = (word in profile for profile in profiles for word in _CALL_PROFILES)
    return HANDS_FREE if any(calls) else ""


def warning(sink: Sink) -> str:
    """Return in one sentence why a sink should not be relied on; empty if it may."""
    if sink.why_not:
        return sink.why_not
    if sink.is_headphones is False:
        return "It is a loudspeaker; choose headphones."
    if sink.has_loudspeaker:
        return "It turns to a loudspeaker when unplugged; take a device without one."
    if sink.battery_percent is not None and sink.battery_percent < LOW_BATTERY_PERCENT:
        return f"Its battery is at {sink.battery_percent} %; charge it."
    return ""


def is_worn(sink: ServerSink) -> bool | None:
    """Return whether a sink is worn on the head; None where nobody says.

    The socket in use says more than the card: a card within the machine has a socket for
    headphones beside its loudspeaker.
    """
    for said in (sink.port, sink.properties.get("device.form_factor", "")):
        if any(word in said.lower() for word in _WORN):
            return True
        if any(word in said.lower() for word in _LOUD):
            return False
    return None


def _sink(sink: ServerSink) -> Sink:
    others = [port for port in sink.ports if port != sink.port]
    return Sink(
        name=sink.name,
        title=sink.title.strip() or sink.name,
        is_headphones=is_worn(sink),
        has_loudspeaker=any(word in port.lower() for port in others for word in _LOUD),
        bus=_bus(sink),
        battery_percent=_battery_percent(sink),
        why_not=why_not(sink),
    )


def _bus(sink: ServerSink) -> str:
    properties = sink.properties
    is_bluez = sink.name.startswith("bluez") or properties.get("device.api") == "bluez5"
    return "bluetooth" if is_bluez else properties.get("device.bus", "")


def _battery_percent(sink: ServerSink) -> int | None:
    """Return what PulseAudio 15 and later copies from BlueZ, as ``70%``."""
    said = sink.properties.get("bluetooth.battery", "").removesuffix("%")
    return int(said) if said.isascii() and said.isdigit() else None
