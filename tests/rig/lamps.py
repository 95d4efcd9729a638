"""Real peers for the lamps: OLA's olad and the mosquitto broker, and what they received."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from soundscape.clock import MachineClock
from soundscape.engine.ring import Field, Ring
from soundscape.engine.ring_file import open_ring
from soundscape.errors import EngineError
from soundscape.sensory.artnet_output import ARTNET_PORT
from soundscape.sensory.sacn_output import SACN_PORT
from soundscape.units import SESSION_RATE_HZ

LOOPBACK = "127.0.0.1"
ARTNET_PLUGIN, SACN_PLUGIN = 2, 11
OTHER_PLUGINS = (
    "dummy", "espnet", "gpio", "karate", "kinet", "milinst", "opendmx", "openpixelcontrol",
    "osc", "pathport", "renard", "sandnet", "shownet", "spi", "stageprofi", "usbdmx", "usbserial",
)  # fmt: skip
NOBODY = 65534
START_S = 20.0
LOOK_S = 0.05


def free_port() -> int:
    """Return a TCP port of loopback that nobody has."""
    with socket.create_server((LOOPBACK, 0)) as taken:
        return int(taken.getsockname()[1])


def is_free(port: int) -> bool:
    """Return whether nobody receives what is sent to a UDP port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        try:
            tried.bind(("", port))
        except OSError:
            return False
    return True


class Peer:
    """A program that is started, killed and started again.

    Parameters
    ----------
    folder : Path
        Its own, where anybody may write: these programs refuse to be root.
    command : list[str]
        What starts it.
    is_ready : Callable[[], bool]
        Whether it answers.
    """

    def __init__(self, folder: Path, command: list[str], is_ready: Callable[[], bool]) -> None:
        self._folder, self._command, self._is_ready = folder, command, is_ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and return once it answers."""
        own = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        with (self._folder / "peer.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, stdout=log, stderr=log, **own
            )  # type: ignore[call-overload]
        clock = MachineClock()
        begun_s = clock.now()
        while not self._is_ready():
            assert self._process.poll() is None, (self._folder / "peer.log").read_text()
            assert clock.now() - begun_s < START_S, "the peer does not start"
            clock.sleep(LOOK_S)

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._hang_up()

    def _hang_up(self) -> None:
        """Drop what is connected to it; nothing here."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()


class Olad(Peer):
    """OLA's daemon; universe 1 is sACN's, universe 2 is Art-Net's.

    Parameters
    ----------
    folder : Path
        An empty one.
    """

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o777)
        self._http, rpc = free_port(), free_port()
        self._connection: http.client.HTTPConnection | None = None
        for name in OTHER_PLUGINS:
            (folder / f"ola-{name}.conf").write_text("enabled = false\n")
        (folder / "ola-artnet.conf").write_text(f"enabled = true\nip = {LOOPBACK}\n")
        (folder / "ola-port.conf").write_text(
            f"{SACN_PLUGIN}-1-I-0 = 1\n{ARTNET_PLUGIN}-1-I-0 = 2\n"
        )
        for file in folder.iterdir():
            file.chmod(0o666)
        ports = ["-p", str(self._http), "-r", str(rpc), "-i", LOOPBACK]
        config = ["-c", str(folder), "--no-register-with-dns-sd"]
        super().__init__(folder, ["olad", *ports, *config], lambda: bool(self.universes()))

    def start(self) -> None:
        """Start it once no other node on this machine takes what is sent to its ports."""
        clock = MachineClock()
        begun_s = clock.now()
        while not (is_free(SACN_PORT) and is_free(ARTNET_PORT)):
            assert clock.now() - begun_s < START_S, "another node for lamps runs on this machine"
            clock.sleep(LOOK_S)
        super().start()

    def channels(self, universe: int) -> list[int]:
        """Return the channels of a universe, 0-255; none that nobody has sent yet."""
        return list(self._ask(f"/get_dmx?u={universe}").get("dmx", []))

    def universes(self) -> list[int]:
        """Return the universes there are; none while it does not answer."""
        try:
            listed = self._ask("/json/universe_plugin_list").get("universes", [])
        except (OSError, http.client.HTTPException):
            return []
        return [universe["id"] for universe in listed]

    def _ask(self, path: str) -> dict[str, Any]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(LOOPBACK, self._http, timeout=5.0)
        try:
            self._connection.request("GET", path)
            return dict(json.loads(self._connection.getresponse().read()))
        except (OSError, http.client.HTTPException):
            self._hang_up()
            raise

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Mosquitto(Peer):
    """An MQTT broker.

    Parameters
    ----------
    folder : Path
        An empty one.
    extra : str
        Further lines of its configuration.
    """

    def __init__(self, folder: Path, extra: str = "allow_anonymous true\n") -> None:
        folder.chmod(0o777)
        self.port = free_port()
        config = folder / "mosquitto.conf"
        config.write_text(f"listener {self.port} {LOOPBACK}\n{extra}")
        super().__init__(folder, ["mosquitto", "-c", str(config)], self._answers)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self.port), 1.0):
            return True
        return False


@dataclass
class Seen:
    """What a node received, and when in the session.

    Attributes
    ----------
    levels : dict[int, list[tuple[float, float, float]]]
        For each universe, its first channel (0-1) and the seconds of the session between which
        it was looked at.
    moments : list[tuple[float, float]]
        Seconds of the machine's clock, and what was heard then, in seconds of the session.
    """

    levels: dict[int, list[tuple[float, float, float]]]
    moments: list[tuple[float, float]] = field(default_factory=list)


def heard_s(ring: Ring) -> float:
    """Return the second of the session that is heard."""
    late = ring.get(Field.LATENCY) if ring.get(Field.PLAYING) else 0
    return float(ring.get(Field.POSITION) - late) / SESSION_RATE_HZ


@contextlib.contextmanager
def watched(olad: Olad, ring_file: Path, universes: tuple[int, ...]) -> Iterator[Seen]:
    """Look at the first channel of some universes all the while that a session plays."""
    seen = Seen({universe: [] for universe in universes})
    over, clock = threading.Event(), MachineClock()

    def look() -> None:
        ring: Ring | None = None
        while not over.wait(LOOK_S / 5.0):
            with contextlib.suppress(EngineError, OSError):
                ring = ring or open_ring(ring_file.resolve())
            if ring is None or not ring.get(Field.PLAYING):
                continue
            seen.moments.append((clock.now(), heard_s(ring)))
            for universe in universes:
                before_s = heard_s(ring)
                channels = olad.channels(universe)
                if channels:
                    seen.levels[universe].append((channels[0] / 255.0, before_s, heard_s(ring)))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


class Bulb:
    """A lamp over MQTT that does as it is told: it fades straight, as long as a message says.

    Parameters
    ----------
    port : int
        The broker's.
    topic : str
        Where its commands come.
    steps : int
        Its full brightness.
    ca_file : str
        Who vouches for the broker; empty where nothing is encrypted.
    """

    def __init__(self, port: int, topic: str, steps: int = 254, *, ca_file: str = "") -> None:
        self.told: list[tuple[float, dict[str, Any]]] = []
        self._steps = steps
        self._clock = MachineClock()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2)
        self._client.on_connect = lambda client, *_: client.subscribe(topic)
        self._client.on_message = self._take
        self._client.reconnect_delay_set(1, 1)
        if ca_file:
            self._client.tls_set(ca_certs=ca_file)
        self._client.connect(LOOPBACK, port)
        self._client.loop_start()

    def _take(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        self.told.append((self._clock.now(), json.loads(message.payload)))

    def say(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Publish anything, as a lamp that is broken might."""
        self._client.publish(topic, payload, retain=retain)

    def level(self, at_s: float) -> float:
        """Return its level (0-1) at a time of the machine's clock."""
        level, target, begun_s, fade_s = 0.0, 0.0, 0.0, 0.0
        for told_s, state in [*self.told, (at_s, {})]:
            share = min(1.0, (told_s - begun_s) / fade_s) if fade_s > 0.0 else 1.0
            level += (target - level) * share
            if told_s >= at_s:
                break
            begun_s, fade_s = told_s, float(state.get("transition", 0.0))
            target = state.get("brightness", 0) / self._steps if state["state"] == "ON" else 0.0
        return level

    def close(self) -> None:
        """Leave the broker."""
        self._client.disconnect()
        self._client.loop_stop()
