"""Plays a 40-minute infusion's light to olad and mosquitto, and writes how exactly it arrives.

``make benchmark-lights``, or ``python -m benchmarks.lights --scale 20`` with ``PYTHONPATH=tests``.
"""

import argparse
import contextlib
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from fakes.plans import data_folder
from fakes.scenes import silent_plan
from numpy.typing import NDArray
from rig.chair import Chair
from rig.lamps import LOOPBACK, Bulb, Mosquitto, Olad, watched

from playlists.routes import load_routes
from soundscape.sensory.fixtures import LIGHTS_FILE
from soundscape.sensory.mqtt_output import FIRST_FADE_S
from soundscape.sensory.scene import Scenery
from soundscape.session.offline import rehearsed
from soundscape.session.plan import SessionPlan
from soundscape.session.plan_file import write_plan
from soundscape.session.scenery import scenery_of
from soundscape.units import Seconds, frames_in

DOCS = Path(__file__).parents[2] / "docs" / "benchmarks"
DELIVERY_S = Seconds(2400.0)
TOPIC = "zigbee2mqtt/bulb/set"
LATE_S = 0.05
GRID_S = 0.02
PATIENCE_S = 3600.0
EVENTS: list[dict[str, Any]] = [
    {"at_s": 120.0, "event": "dose_start"},
    {"at_s": 420.0, "event": "soften"},
    {"at_s": 600.0, "event": "unsoften"},
    {"at_s": 900.0, "event": "pump_paused"},
    {"at_s": 1200.0, "event": "pump_resumed"},
    {"at_s": 1500.0, "event": "pump_stopped_early"},
    {"at_s": 2640.0, "event": "stop"},
]
"""Forty minutes from the dose that have everything, in which the lights come up again."""

LAMPS = """
[mqtt]
host = "{host}"
port = {port}
tls = false

[[fixtures]]
name = "sacn"
kind = "dimmer"
via = "sacn"
host = "{host}"
universe = 1
address = 1

[[fixtures]]
name = "artnet"
kind = "dimmer"
via = "artnet"
host = "{host}"
universe = 2
address = 1

[[fixtures]]
name = "bulb"
kind = "dimmer"
via = "mqtt"
topic = "{topic}"
"""


COLUMNS = (
    "peer",
    "looks",
    "longest between two, s of session",
    "farthest from the plan, %",
    "the same without the 50 ms, %",
    "99 of 100 within, %",
)


def main() -> None:
    """Play, and write the figures and the page."""
    parser = argparse.ArgumentParser(prog="benchmarks.lights")
    parser.add_argument("--scale", type=float, default=20.0)
    parser.add_argument("--folder", type=Path, default=DOCS)
    options = parser.parse_args()
    figures = {"scale": options.scale, "peers": measured(options.scale)}
    options.folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, indent=1)
    (options.folder / "lights.json").write_text(text + "\n", encoding="utf-8")
    (options.folder / "lights.md").write_text(page(figures), encoding="utf-8")
    print(text)


def measured(scale: float) -> dict[str, dict[str, float]]:
    """Return, for each peer, how what it received compares with the plan.

    Raises
    ------
    SystemExit
        If the session does not end in order.
    """
    with contextlib.ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ss-")))
        root.chmod(0o755)
        for name in ("ola", "mqtt", "run"):
            (root / name).mkdir(mode=0o700)
        olad = stack.enter_context(Olad(root / "ola"))
        broker = stack.enter_context(Mosquitto(root / "mqtt"))
        chair = _chair(root, LAMPS.format(host=LOOPBACK, port=broker.port, topic=TOPIC))
        stack.callback(chair.end)
        bulb = stack.enter_context(contextlib.closing(Bulb(broker.port, TOPIC)))
        with watched(olad, chair.runtime / "ring", (1, 2)) as seen:
            chair.run("--time-scale", str(scale), "--lights", events=EVENTS)
            if chair.started[-1].wait(PATIENCE_S) != 0:
                raise SystemExit("The session did not end in order.")
        light = scenery_of(rehearsed(chair.plan, chair.script(EVENTS)))
        first_s = FIRST_FADE_S + scale * LATE_S
        lamp = [(bulb.level(t), s, s) for t, s in seen.moments if s > first_s]
    rows = {"sACN, olad": seen.levels[1], "Art-Net, olad": seen.levels[2], "MQTT, mosquitto": lamp}
    return {name: _compared(light, np.array(each), scale) for name, each in rows.items()}


def page(figures: dict[str, Any]) -> str:
    """Return the figures for people."""
    lines = [
        "# The light as it arrives",
        "",
        "The light of an intravenous session with everything in it: a dose, softening and back, a",
        "pause of the pump, an early stop of it, the light that comes up again, and a stop. The",
        "real processes send it to OLA's `olad` over sACN and Art-Net, and to `mosquitto`, whose",
        f"lamp is imagined to fade as it is told. The session runs {figures['scale']:g} times as",
        "fast as life. A level fits where the plan has it within 50 ms of the machine's time.",
        "`make benchmark-lights` repeats this and writes this page.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, found in figures["peers"].items():
        shares = [100.0 * found[k] for k in ("farthest", "farthest_at_once", "most_at_once")]
        cells = " | ".join(f"{share:.2f}" for share in shares)
        lines.append(f"| {name} | {found['looks']} | {found['longest_gap_s']:.2f} | {cells} |")
    lines += ["", "A channel of eight bits alone is up to 0.2 % from its level.", ""]
    return "\n".join(lines)


def _chair(root: Path, lamps: str) -> Chair:
    folder = data_folder(root)
    plan_file = folder.root / "plan.json"
    write_plan(plan_file, _plan(), {})
    (folder.root / LIGHTS_FILE).write_text(lamps, encoding="utf-8")
    return Chair(folder, plan_file, {**os.environ, "XDG_RUNTIME_DIR": str(root / "run")})


def _plan() -> SessionPlan:
    phases = load_routes()["iv"].phases
    empty = silent_plan([phase.scene for phase in phases], 60.0)
    return replace(empty, phases=phases, delivery_s=DELIVERY_S)


def _compared(light: Scenery, rows: NDArray[np.float64], scale: float) -> dict[str, float]:
    times_s = np.arange(-scale, rows[-1, 2] + scale, GRID_S)
    wanted = np.array([light.at(frames_in(at_s)).light for at_s in times_s])
    apart, at_once = (_apart(times_s, wanted, rows, late_s) for late_s in (scale * LATE_S, 0.0))
    return {
        "looks": len(rows),
        "longest_gap_s": float(np.diff(rows[:, 1]).max()),
        "farthest": float(apart.max()),
        "farthest_at_once": float(at_once.max()),
        "most_at_once": float(np.quantile(at_once, 0.99)),
    }


def _apart(
    times_s: NDArray[np.float64],
    wanted: NDArray[np.float64],
    rows: NDArray[np.float64],
    late_s: float,
) -> NDArray[np.float64]:
    """Return how far each level is from all that the plan has while it may have been sent."""
    first = np.searchsorted(times_s, rows[:, 1] - late_s - GRID_S)
    last = np.searchsorted(times_s, rows[:, 2] + late_s + GRID_S)
    found = []
    for level, begin, end in zip(rows[:, 0], first, last, strict=True):
        levels = wanted[begin : end + 1]
        found.append(max(0.0, levels.min() - level, level - levels.max()))
    return np.array(found)


if __name__ == "__main__":
    main()
