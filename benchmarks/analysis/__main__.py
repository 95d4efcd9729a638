"""Measure this project beside its peers, on the same files, and write the report.

``make benchmark-analysis`` sets up what this needs and runs it. ``--report-only`` writes the
page and the plot again from the numbers of the last run.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.analysis import summary
from benchmarks.analysis.drive import Run, UnstartableToolError, run_tool
from benchmarks.analysis.materials import Clip, click_songs, music, rendered_scores
from benchmarks.analysis.page import page
from benchmarks.analysis.panels import panels
from benchmarks.analysis.peers import PEERS
from benchmarks.analysis.results import Results, load, save
from soundscape.clock import MachineClock

_ROOT = Path(__file__).parents[2]
_PAGES = _ROOT / "docs" / "benchmarks"
_WARM_UP_S, _WARM_UP_RATE_HZ = 20, 44_100
_WORKED_ON = 12
_EVERYTHING = ("score", "song", "music")
_KINDS = dict.fromkeys(summary.TEMPO_TOOLS, _EVERYTHING)


def main() -> None:
    """Run, or only report."""
    asked = _arguments()
    numbers = asked.out / "analysis.json"
    asked.out.mkdir(parents=True, exist_ok=True)
    if not asked.report_only:
        tracks = music(asked.music, most=asked.tracks)
        clips = [*rendered_scores(asked.scores), *click_songs(), *tracks]
        save(_measured(clips, asked), numbers)
    results = load(numbers)
    (asked.out / "analysis.md").write_text(page(results), encoding="utf-8")
    plot = [asked.peers, "-m", "benchmarks.analysis.plot", asked.out / "analysis.svg"]
    subprocess.run(plot, cwd=_ROOT, check=True, input=json.dumps(panels(results)), text=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scores", type=Path, help="folder of benchmarks.tempo.render")
    parser.add_argument("--music", type=Path, action="append", default=[], help="more music")
    parser.add_argument("--tracks", type=int, default=40, help="tracks of music, at most")
    parser.add_argument("--peers", type=Path, default=_ROOT / ".venv-peers/bin/python")
    parser.add_argument("--tools", nargs="+", default=list(_commands(Path())), help="only these")
    parser.add_argument("--out", type=Path, default=_PAGES)
    parser.add_argument("--report-only", action="store_true")
    asked = parser.parse_args()
    asked.out = asked.out.resolve()
    if asked.scores is None and not asked.report_only:
        parser.error("say --scores FOLDER; benchmarks.tempo.render fills one")
    return asked


def _commands(peers: Path) -> dict[str, list[str]]:
    """Return how each tool is started, in the order in which they run."""
    ours = [sys.executable, "-m", "benchmarks.analysis.ours"]
    theirs = {name: [str(peers), "-m", "benchmarks.analysis.peers", name] for name in PEERS}
    return {
        summary.OURS: [*ours, "--without-voice"],
        summary.OURS_WITH_VOICE: ours,
        **theirs,
    }


def _measured(clips: Sequence[Clip], asked: argparse.Namespace) -> Results:
    """Let every tool measure its clips, each tool alone.

    Raises
    ------
    UnstartableToolError
        If it is the project itself; a peer is left out.
    """
    machine = _machine()
    runs: dict[str, Run] = {}
    with tempfile.TemporaryDirectory() as folder:
        warm_up = _warm_up(Path(folder))
        for tool, command in _commands(asked.peers).items():
            kinds = _KINDS.get(tool, ("music",))
            files = {clip.name: clip.path for clip in clips if clip.kind in kinds}
            if tool not in asked.tools or not files:
                continue
            print(f"{tool}: {len(files)} files", flush=True)
            try:
                runs[tool] = run_tool(command, warm_up, files)
            except UnstartableToolError as error:
                if tool not in PEERS:
                    raise
                print(f"left out: {error}", flush=True)
    longest = sorted(clips, key=lambda clip: (clip.kind == "music", clip.duration_s))
    walls_s = dict(_walls_s([clip.path for clip in longest[-_WORKED_ON:]]))
    return Results(machine, tuple(clips), runs, walls_s)


def _walls_s(paths: Sequence[Path]) -> Iterator[tuple[str, float]]:
    """Yield how long the program's own command takes with one worker, and with two."""
    clock = MachineClock()
    for workers in ("1", "2"):
        print(f"workers: {workers}", flush=True)
        before_s = clock.now()
        command = [sys.executable, "-m", "soundscape", "analyze", "--workers", workers, *paths]
        # A refused file, which makes it exit with 1, takes its time as well.
        subprocess.run(command, cwd=_ROOT, stdout=subprocess.DEVNULL, check=False)
        yield workers, clock.now() - before_s


def _warm_up(folder: Path) -> Path:
    """Write clicks at 100 BPM: at their first sound the tools load what they load late."""
    path = folder / "clicks.wav"
    moments = np.arange(_WARM_UP_S * _WARM_UP_RATE_HZ)
    since_click_s = moments % (_WARM_UP_RATE_HZ * 60 // 100) / _WARM_UP_RATE_HZ
    clicks = 0.5 * np.exp(-since_click_s * 50) * np.sin(2 * np.pi * 880 * since_click_s)
    soundfile.write(path, np.column_stack([clicks, clicks]), _WARM_UP_RATE_HZ)
    return path


def _machine() -> dict[str, str]:
    """Return what ran this, and how busy it was."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = {line.partition(":")[2].strip() for line in lines if line.startswith("model name")}
    return {
        "processor": ", ".join(sorted(models)),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[1]:.1f}",
        "day": MachineClock().wall_time()[:10],
    }


if __name__ == "__main__":
    main()
