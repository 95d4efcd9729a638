"""Runs the crossfade job on every player that is installed and writes what was found.

``make benchmark-fades``, or ``python -m benchmarks.fades --rounds 10``; ``--long 30`` plays a
session of thirty minutes instead and adds it to the page.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rig.virtual_card import VirtualCard

from benchmarks.fades import ours, peers
from benchmarks.fades.desk_start import touch_to_sound_s
from benchmarks.fades.job import formula
from benchmarks.fades.long import long_run
from benchmarks.fades.measures import HEARD_S, measured
from benchmarks.fades.processes import Use, cores_loaded
from benchmarks.fades.recorder import Recorder
from benchmarks.fades.report import page
from soundscape.clock import Clock, MachineClock

DOCS = Path(__file__).parents[2] / "docs" / "benchmarks"
OURS = "Soundscape"
UNLOADED = "No core kept busy"


def main() -> None:
    """Measure, and write the figures and the page."""
    options = _options()
    file = options.folder / "fades.json"
    figures = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    clock = MachineClock()
    with tempfile.TemporaryDirectory(prefix="ss-") as name:
        if options.long:
            figures["long"] = long_run(Path(name), options.long, options.cores, clock)
        else:
            figures |= measured_players(Path(name), options.rounds, options.cores, clock)
    options.folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if "runs" in figures:
        (options.folder / "fades.md").write_text(page(figures), encoding="utf-8")
    print(json.dumps(figures.get("long") if options.long else figures["ours"], indent=1))


def measured_players(folder: Path, rounds: int, cores: int, clock: Clock) -> dict[str, Any]:
    """Let every player do the job some times, with the cores idle and then kept busy."""
    tones = peers.written_tones(folder)
    runs, own = list(_references(tones)), []
    with (
        VirtualCard(folder / "card") as card,
        ours.chair_of_tones(folder / "chair", card) as chair,
    ):
        file = folder / "job.raw"
        for load, busy in ((UNLOADED, 0), (f"{cores} cores kept busy", cores)):
            for _ in range(rounds):
                with cores_loaded(busy), Recorder(card, file, clock) as recorder:
                    done = ours.played(chair, recorder, clock)
                runs.append(_row(OURS, load, recorder.samples(), _sum(done.host, done.holder)))
                with cores_loaded(busy), Recorder(card, file, clock) as recorder:
                    desk_start_s = touch_to_sound_s(chair, recorder, clock)
                own.append({"load": load, "desk_start_s": desk_start_s, **asdict(done)})
                for peer in _present(tones):
                    with cores_loaded(busy), Recorder(card, file, clock) as recorder:
                        use = peers.played(peer, card, clock)
                    runs.append(_row(peer.name, load, recorder.samples(), use))
    return {"machine": _machine(), "runs": runs, "ours": own}


def _present(tones: peers.Tones) -> Iterator[peers.Peer]:
    for peer in peers.peers(tones):
        if peer.lacks:
            sys.stderr.write(f"{peer.name} is left out: {peer.lacks}\n")
        else:
            yield peer


def _references(tones: peers.Tones) -> Iterator[dict[str, Any]]:
    """Yield what is made without a card: the law as arithmetic has it, and ffmpeg's."""
    law = formula(HEARD_S).astype(np.float32)
    yield _row("the law", "Without a card", np.column_stack([law, law]), None)
    yield _row("ffmpeg acrossfade", "Without a card", peers.ffmpeg_reference(tones), None)


def _row(player: str, load: str, recorded: NDArray[np.float32], use: Use | None) -> dict[str, Any]:
    nothing = {"cpu_percent": None, "memory_mb": None}
    return {
        "player": player,
        "load": load,
        "machine_load": os.getloadavg()[0],
        **asdict(measured(recorded)),
        **(nothing if use is None else asdict(use)),
    }


def _sum(host: Use, holder: Use) -> Use:
    return Use(host.cpu_percent + holder.cpu_percent, host.memory_mb + holder.memory_mb)


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, PulseAudio null sink"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.fades", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each player plays")
    parser.add_argument("--cores", type=int, default=os.cpu_count(), help="how many to keep busy")
    parser.add_argument("--long", type=float, default=0.0, metavar="MINUTES")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where figures and page go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
