"""Plays hours of session on a virtual sound card, and days of session without one.

``make benchmark-soak``, or ``python -m benchmarks.soak --hours 4``; ``--virtual-hours 72`` is
played without a card, as fast as the host can render. Either may be 0.
"""

import argparse
import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from fakes.plans import data_folder
from rig.chair import Chair
from rig.virtual_card import VirtualCard

from benchmarks.fades.ours import HOLDER, HOST
from benchmarks.fades.plans import ToneCue, stored_plan
from benchmarks.fades.recorder import SINK
from benchmarks.soak.gap_watch import GapWatch
from benchmarks.soak.report import page
from benchmarks.soak.watch import judged, looks
from soundscape.clock import Clock, MachineClock
from soundscape.session.client import SessionClient
from soundscape.units import SESSION_RATE_HZ, Seconds

DOCS = Path(__file__).parents[2] / "docs" / "benchmarks"
TONES = 20
TONE_S = 120.0
FADE_S = 4.0
FASTEST = 100.0
LOOK_S = 5.0


def main() -> None:
    """Play, and write the figures and the page."""
    options = _options()
    file = options.folder / "soak.json"
    figures = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    clock = MachineClock()
    if options.hours:
        figures["real"] = on_card(options.hours, clock)
    if options.virtual_hours:
        figures["virtual"] = without_card(options.virtual_hours, clock)
    options.folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (options.folder / "soak.md").write_text(page(figures), encoding="utf-8")
    print(json.dumps(figures, indent=1))


def on_card(hours: float, clock: Clock) -> dict[str, Any]:
    """Play a session in real time and listen to all of it."""
    with tempfile.TemporaryDirectory(prefix="ss-") as name:
        folder = Path(name)
        with VirtualCard(folder / "card") as card:
            chair = _chair(folder / "chair", hours, card.environment)
            with GapWatch(card, SINK) as listening:
                figures = _session(chair, ("--device", SINK), clock)
    counted = listening.counted
    longest_ms = 1000.0 * counted.longest_frames / SESSION_RATE_HZ
    return {"hours": hours, "gaps": counted.gaps, "longest_silence_ms": longest_ms, **figures}


def without_card(hours: float, clock: Clock) -> dict[str, Any]:
    """Play a session on the null output, whose time waits for the host."""
    with tempfile.TemporaryDirectory(prefix="ss-") as name:
        folder = Path(name)
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime)}
        chair = _chair(folder / "chair", hours, environment)
        return {"hours": hours, **_session(chair, ("--time-scale", str(FASTEST)), clock)}


def _session(chair: Chair, words: tuple[str, ...], clock: Clock) -> dict[str, Any]:
    """Run a session to its end, looked at every few seconds; leave nothing of it behind."""
    try:
        session = chair.run(*words)
        client = SessionClient(chair.runtime, "command")
        with contextlib.closing(client):
            seen = list(
                looks(
                    client,
                    lambda: (chair.processes(HOST)[0], chair.processes(HOLDER)[0]),
                    LOOK_S,
                    clock,
                )
            )
        status = chair.wait()
        ended = next(e for e in chair.entries(session) if e.event == "session_ended")
        load = {"machine_load": os.getloadavg()[2]}
        return {"status": status, **load, **judged(seen), **ended.facts}
    finally:
        chair.end()


def _chair(root: Path, hours: float, environment: dict[str, str]) -> Chair:
    """Return a chair with some tones, after which its bed sounds to the end."""
    data = data_folder(root)
    tones = [
        ToneCue(300.0 + 10.0 * number, Seconds(TONE_S), Seconds(FADE_S)) for number in range(TONES)
    ]
    return Chair(data, stored_plan(data, tones, Seconds(3600.0 * hours), ".flac"), environment)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=4.0, help="in real time, on a card")
    parser.add_argument("--virtual-hours", type=float, default=24.0, help="without a card")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where figures and page go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
