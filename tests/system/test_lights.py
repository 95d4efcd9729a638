"""The room's light, as real peers receive it, follows the session and disturbs it in nothing."""

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes.plans import data_folder
from fakes.scenes import silent_plan
from numpy.typing import NDArray
from rig.chair import PATIENCE_S, Chair
from rig.lamps import LOOPBACK, Bulb, Mosquitto, Olad, watched

from soundscape.clock import MachineClock
from soundscape.sensory.artnet_output import ARTNET_PORT
from soundscape.sensory.fixtures import LIGHTS_FILE
from soundscape.sensory.mqtt_output import FIRST_FADE_S
from soundscape.sensory.sacn_output import SACN_PORT
from soundscape.sensory.scene import Scenery
from soundscape.session.client import SessionClient, arm_free_chair, launch
from soundscape.session.files import Terms
from soundscape.session.offline import rehearsed
from soundscape.session.phases import Scene
from soundscape.session.plan_file import write_plan
from soundscape.session.scenery import END_LIGHT, scenery_of
from soundscape.units import Seconds, frames_in

pytestmark = pytest.mark.slow
SCALE = 20.0
LATE_S = 0.05
LOOKED_EVERY_S = 5.0
NEAR = 0.01
MOST = 0.95
"""On a busy machine some arrive late; the benchmark holds all of them to the plan."""
LIGHTS = ((0.4, 0.4), (0.4, 0.05), (0.05, 0.05), (0.05, 0.05), (0.05, 0.3), (0.3, 0.4))
TOPIC = "zigbee2mqtt/bulb/set"
DMX_LAMP = """
[[fixtures]]
name = "{via}"
kind = "dimmer"
via = "{via}"
host = "127.0.0.1"
universe = {universe}
address = 1
"""
BULB = f"""
[[fixtures]]
name = "bulb"
kind = "dimmer"
via = "mqtt"
topic = "{TOPIC}"
"""
EVENTS: list[dict[str, Any]] = [
    {"at_s": 20.0, "event": "soften"},
    {"at_s": 40.0, "event": "unsoften"},
    {"at_s": 100.0, "event": "pump_paused"},
    {"at_s": 130.0, "event": "pump_resumed"},
    {"at_s": 160.0, "event": "pump_stopped_early"},
    {"at_s": 230.0, "event": "stop"},
]


@pytest.fixture
def open_path() -> Iterator[Path]:
    """Yield a folder that programs of another user reach too."""
    with tempfile.TemporaryDirectory(prefix="ss-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def lit_chair(tmp_path: Path, open_path: Path) -> Iterator[Chair]:
    """Yield a chair without a sound card, whose plan has no music."""
    run = open_path / "run"
    run.mkdir(mode=0o700)
    folder = data_folder(tmp_path)
    plan_file = folder.root / "plan.json"
    write_plan(
        plan_file, silent_plan([Scene((0.1, 0.0), p, Seconds(20.0)) for p in LIGHTS], 60.0), {}
    )
    chair = Chair(folder, plan_file, {**os.environ, "XDG_RUNTIME_DIR": str(run)})
    yield chair
    chair.end()


@pytest.fixture
def olad(open_path: Path) -> Iterator[Olad]:
    folder = open_path / "ola"
    folder.mkdir()
    with Olad(folder) as olad:
        yield olad


@pytest.fixture
def broker(open_path: Path) -> Iterator[Mosquitto]:
    folder = open_path / "mqtt"
    folder.mkdir()
    with Mosquitto(folder) as broker:
        yield broker


def at_broker(broker: Mosquitto) -> str:
    return f'[mqtt]\nhost = "{LOOPBACK}"\nport = {broker.port}\ntls = false\n'


def list_lamps(chair: Chair, text: str) -> None:
    (chair.folder.root / LIGHTS_FILE).write_text(text, encoding="utf-8")


def wanted(chair: Chair) -> Scenery:
    """Return the light that the plan and its events want."""
    return scenery_of(rehearsed(chair.plan, chair.script(EVENTS)))


def errors(scenery: Scenery, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far levels are from any that was wanted while they may have been sent.

    Parameters
    ----------
    scenery : Scenery
        The light that is wanted.
    rows : NDArray[np.float64], shape (times, 3)
        As ``Seen`` keeps them.

    Returns
    -------
    NDArray[np.float64], shape (times,)
        0 where a level fits.
    """
    found = []
    for level, before_s, after_s in rows:
        late_s = LATE_S * SCALE
        window_s = np.linspace(before_s - late_s, after_s + late_s, 20)
        levels = [scenery.at(frames_in(each)).light for each in window_s]
        found.append(max(0.0, min(levels) - level, level - max(levels)))
    return np.array(found)


@pytest.mark.alone  # twenty times as fast as life: late is late twenty times over
def test_the_light_that_nodes_and_lamps_receive_follows_the_plan_and_its_events(
    lit_chair: Chair, olad: Olad, broker: Mosquitto
) -> None:
    sacn, artnet = (DMX_LAMP.format(via=v, universe=u) for u, v in ((1, "sacn"), (2, "artnet")))
    list_lamps(lit_chair, at_broker(broker) + sacn + artnet + BULB)
    with (
        contextlib.closing(Bulb(broker.port, TOPIC)) as bulb,
        watched(olad, lit_chair.runtime / "ring", (1, 2)) as seen,
    ):
        session = lit_chair.run("--time-scale", str(SCALE), "--lights", events=EVENTS)
        bulb.say("zigbee2mqtt/bulb", b"\xff{not json")
        assert lit_chair.wait() == 0

        assert bulb.told[-1][1]["brightness"] / 254 == pytest.approx(END_LIGHT, abs=NEAR)

    light = wanted(lit_chair)
    first_s = FIRST_FADE_S + SCALE * LATE_S
    lamp = [(bulb.level(t), s, s) for t, s in seen.moments if s > first_s]
    for rows in map(np.array, (seen.levels[1], seen.levels[2], lamp)):
        assert np.diff(rows[:, 1]).max() < LOOKED_EVERY_S
        assert np.quantile(errors(light, rows), MOST) <= NEAR
    begun = [entry for entry in lit_chair.entries(session) if entry.event == "phase"]
    for entry in begun:
        assert entry.facts["light"] == pytest.approx(light.at(entry.frame).light, abs=1e-4)
    for at_s in (10.0, 45.0, 150.0, 232.0):
        told = light.at(frames_in(at_s))
        assert lit_chair.at(session, at_s)["light"] == pytest.approx(told.light, abs=1e-4)


@pytest.mark.paired
def test_peers_that_die_and_come_back_have_their_light_again_within_five_seconds(
    lit_chair: Chair, olad: Olad, broker: Mosquitto, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", lit_chair.environment["XDG_RUNTIME_DIR"])
    list_lamps(lit_chair, at_broker(broker) + DMX_LAMP.format(via="sacn", universe=1) + BULB)
    clock = MachineClock()
    terms = Terms(device="null", scale=1.0, attended=True)
    armed = arm_free_chair(lit_chair.folder, lit_chair.plan_file, (), terms, clock)
    keeper = launch(lit_chair.folder, armed, clock)
    client = SessionClient(lit_chair.runtime, "desk")
    bulb = Bulb(broker.port, TOPIC)
    lit_chair.until(lambda: bool(olad.channels(1)) and bool(bulb.told))

    olad.kill()
    broker.kill()
    client.send("soften")
    lit_chair.until(lambda: told_lost(client.status()) == 2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for port in (SACN_PORT, ARTNET_PORT):
            stranger.sendto(b"\xff" * 700, (LOOPBACK, port))
    olad.start()
    broker.start()
    back_s = clock.now()
    lit_chair.until(lambda: are_right(olad, bulb, client.status()))
    late_s = clock.now() - back_s
    client.send("stop_fast")
    keeper.wait(PATIENCE_S)
    for each in (client, bulb):
        each.close()

    entries = lit_chair.entries(armed.session)
    names, ended = [entry.event for entry in entries], entries[-1]
    assert late_s <= 5.0
    assert (names.count("lights_lost"), names.count("lights_back")) == (2, 2)
    assert (ended.facts["underruns"], ended.facts["dry_s"], ended.facts["bed_s"]) == (0, 0.0, 0.0)


def told_lost(status: dict[str, Any]) -> int:
    """Return of how many links the desk is told that they are lost."""
    said = sum("keep their light" in each["text"] for each in status["notices"])
    return said if status["lights_link"] == "lost" else 0


def are_right(olad: Olad, bulb: Bulb, status: dict[str, Any]) -> bool:
    """Return whether both have the light that the session says."""
    level, light = bulb.told[-1][1].get("brightness", 0) / 254, status["lights"]
    shown = [*(channel / 255 for channel in olad.channels(1)[:1]), level]
    is_near = len(shown) == 2 and max(abs(each - light) for each in shown) <= NEAR
    return is_near and status["lights_link"] == "ok"


def test_lamps_that_cannot_be_listed_are_told_and_cost_nothing_else(lit_chair: Chair) -> None:
    list_lamps(lit_chair, DMX_LAMP.format(via="sacn", universe=0))

    lit_chair.run("--time-scale", str(SCALE), "--lights", events=[{"at_s": 5, "event": "stop"}])

    assert lit_chair.wait() == 0
